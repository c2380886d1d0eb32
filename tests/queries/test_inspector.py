"""A look behind the scenes: what it shows has words on the page."""

from bot.sandbox.live_stage import SHOWN
from handlers.text.page import words
from models.queries import inspector
from models.rules.vocabulary import Language
from tests.desk import Desk


async def test_what_lies_behind_has_words_for_its_tables_columns_and_codes(desk: Desk) -> None:
    await desk.files()
    known = words(Language.EN).keys()
    found = await inspector.look(desk.now)

    assert {f"rows_{name}" for name in SHOWN} <= known
    rows = {name: found[name] for name in ("requests", "outbox", "waiting")}
    assert all(rows.values())
    columns = {column for several in rows.values() for row in several for column in row}
    assert {column for column in columns if f"column_{column}" not in known} == {"id"}
    coded = {f"value_{name}_{row[name]}" for row in rows["requests"] for name in ("service", "stage")}
    coded |= {f"value_{name}_{row[name]}" for row in rows["outbox"] for name in ("channel", "status")}
    coded |= {f"value_queue_{row['queue']}" for row in rows["waiting"]}
    assert coded <= known
