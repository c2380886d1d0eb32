"""What the tests of gap lists do again and again."""

from datetime import timedelta
from itertools import count
from typing import Any

from models.operations.gaps import exchanges, keeping
from models.operations.gaps.exchanges import Exchanged, ExchangeIntent
from models.queries import gaps
from models.queries.gaps import ItemView
from models.rules.vocabulary import ExchangeAct, GapList, Holding, Via
from tests.desk import Desk

ABAI: dict[str, Any] = {"title": "Абай жолы", "author": "Әуезов М. О.", "year": 1977}
CSV = (
    "Автор;Заглавие;Год;ISBN\n"
    "Әуезов М.;Абай жолы;1977;\n"
    "Есенберлин І.;Көшпенділер;1976;978-5-17-090831-8\n"
    "Kim;Yanlış nömrə;2001;978-5-17-090831-9\n"
    "Äuezov M.;Abai joly;1977;\n"
).encode()
"""Four rows: two documents, a wrong check digit, and the first document once more."""
_keys = count(1)


async def line(desk: Desk, who: str, values: dict[str, Any], holding: Holding = Holding.MISSING) -> int:
    """A line on the list of somebody's library."""
    return (await keeping.add(desk.people[who], holding, values, now=desk.now)).item


async def does(desk: Desk, who: str, act: ExchangeAct, *, key: str = "", **more: Any) -> Exchanged:
    """One act by tap, a minute after the one before."""
    desk.now += timedelta(minutes=1)
    intent = ExchangeIntent(
        act=act, actor=desk.people[who], via=Via.TELEGRAM, key=key or f"gap:{next(_keys)}", **more
    )
    return await exchanges.act(intent, desk.now)


async def seen(desk: Desk, who: str, number: int) -> ItemView:
    """A line as somebody sees it."""
    view = await gaps.item(number, await desk.view(who))
    assert view is not None
    return view


async def listed(desk: Desk, who: str, chosen: GapList, **more: Any) -> list[ItemView]:
    """The lines of a list's first page."""
    return list((await gaps.page_of(await desk.view(who), chosen, **more)).lines)
