"""A hundred thousand requests of three libraries over many years, made in seconds and always the same.

Their titles are in Azerbaijani, Kazakh, Russian and English; one in nineteen is still under way.
"""

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import asyncpg

from bot.database import database
from models.operations import libraries
from models.operations.libraries import NewAgreement
from models.rules import lifecycle, searching
from models.rules.fold import fold
from models.rules.lifecycle import Standing
from models.rules.vocabulary import Language, Service, Side, Stage
from tests.desk import Desk, library

COUNT = 100_000
ANL, NLRK, NLU = 1, 2, 3
NAMES = {ANL: "ANL", NLRK: "NLRK", NLU: "NLU"}
PAIRS = ((ANL, NLRK), (NLRK, ANL), (ANL, NLRK), (NLRK, ANL), (NLU, NLRK))
"""Who asks whom, in turns."""

START = datetime(2016, 1, 1, 6, tzinfo=UTC)
NOW = START + timedelta(minutes=50 * COUNT)
TODAY = NOW.date()

AUTHORS = (
    "Nizami Gəncəvi", "Мұхтар Әуезов", "Низами Гянджеви", "Mukhtar Auezov", "Abay Qunanbayev",
    "Абай Құнанбайұлы", "Абай Кунанбаев", "Mirzə Cəlil", "Ыбырай Алтынсарин", "Чингиз Айтматов",
    "İsmayıl Şıxlı", "Ғабит Мүсірепов", "Самед Вургун", "Üzeyir Hacıbəyli", "Шоқан Уәлиханов",
    "Лев Гумилёв", "Xurşidbanu Natəvan", "Сәкен Сейфуллин",
)  # fmt: skip
SUBJECTS = (
    "tarixi", "ədəbiyyatı", "dili", "musiqisi", "coğrafiyası", "тарихы", "әдебиеті", "тілі", "музыкасы",
    "өнері", "история", "литература", "язык", "экономика", "культура", "history", "literature", "language",
    "law", "music",
)  # fmt: skip
PLACES = (
    "Azərbaycan", "Bakı", "Gəncə", "Şəki", "Naxçıvan", "Қазақстан", "Алматы", "Түркістан", "Жетісу",
    "Маңғыстау", "Баку", "Шемаха", "Кавказ", "Каспий", "Степь", "Caspian", "Turkestan", "Silk Road",
    "Eurasia", "Caucasus",
)  # fmt: skip
KINDS = (
    "Məqalələr",
    "Seçilmiş əsərlər",
    "Мақалалар",
    "Таңдамалы шығармалар",
    "Очерки",
    "Избранное",
    "Essays",
    "Works",
)
OPEN = (
    Stage.SENT, Stage.RECEIVED, Stage.SEARCHING, Stage.WILL_SUPPLY, Stage.CONDITIONAL, Stage.SHIPPED,
    Stage.ON_LOAN, Stage.ON_LOAN, Stage.RETURNING, Stage.DELIVERED, Stage.UNFILLED,
)  # fmt: skip
ENDED = (Stage.DONE, Stage.DONE, Stage.DONE, Stage.CLOSED, Stage.CANCELLED)

COLUMNS = (
    "id", "number", "agreement_id", "requesting_id", "supplying_id", "service", "stage", "flags",
    "waits_for", "group_requesting", "group_supplying", "version", "title", "values", "search_key", "terms",
    "dispatch", "urgent", "until", "due", "named_due", "turn_since", "stage_since", "created_at",
    "updated_at", "ended_at",
)  # fmt: skip


KEY = COLUMNS.index("search_key")


@dataclass(frozen=True, slots=True)
class Generated:
    """The rows of four tables, in the order of their columns."""

    requests: Sequence[tuple[Any, ...]]
    keys: Sequence[tuple[int, str]]
    terms: Sequence[tuple[str, str]]


SYLLABLES = (
    "ба",
    "ді",
    "Gü",
    "мар",
    "жан",
    "lər",
    "со",
    "қай",
    "ти",
    "рұ",
    "ən",
    "шыл",
    "ve",
    "той",
    "хан",
    "zə",
    "по",
    "ғи",
)
ENDINGS = ("ов", "zadə", "ұлы", "ский", "bəyli", "ев", "қызы", "man")


# Asked for again and again while one request is made.
@lru_cache(maxsize=1)
def parts_of(number: int) -> tuple[str, ...]:
    """The words of the title: place, subject, somebody's name, kind of book, and the number itself."""
    many = len(SYLLABLES)
    name = "".join(SYLLABLES[number // step % many] for step in (1, many, many * many))
    return (
        PLACES[number // len(SUBJECTS) % len(PLACES)],
        SUBJECTS[number % len(SUBJECTS)],
        name + ENDINGS[number % len(ENDINGS)],
        KINDS[number // 400 % len(KINDS)],
        str(number),
    )


@lru_cache(maxsize=1)
def values_of(number: int) -> dict[str, Any]:
    """What the request asks for; no two titles are the same."""
    values = {"title": " ".join(parts_of(number)), "author": AUTHORS[number % len(AUTHORS)]}
    return values | ({"isbn": _isbn(number)} if number % 4 == 0 else {})


def _isbn(number: int) -> str:
    digits = f"9786{number:08d}"
    return f"{digits}{-sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(digits)) % 10}"


def standing_of(number: int) -> Standing:
    """Where the request stands: one in nineteen is under way."""
    service = Service.COPY if number % 3 == 0 else Service.LOAN
    is_open = number % 19 == 7
    stages = OPEN if is_open else ENDED
    return Standing(stage=stages[number // 19 % len(stages)], service=service)


def request(number: int) -> tuple[Any, ...]:
    """A row of the table."""
    requesting, supplying = PAIRS[number % len(PAIRS)]
    values, standing = values_of(number), standing_of(number)
    created = START + timedelta(minutes=50 * number)
    moved = min(NOW, created + timedelta(days=3))
    due = TODAY + timedelta(days=number % 60 - 20) if standing.stage is Stage.ON_LOAN else None
    ended = moved if standing.stage in lifecycle.FINAL else None
    kept = json.dumps(values, ensure_ascii=False)
    return (
        number, number_of(number), 1, requesting, supplying, standing.service.value, standing.stage.value,
        "[]", *seen_as(standing), 3, values["title"], kept, key_of(number), "{}", "{}", number % 100 == 7,
        None, due, False, moved, moved, created, moved, ended,
    )  # fmt: skip


@lru_cache(maxsize=1)
def number_of(number: int) -> str:
    """The request's number: counted on through the years, which is no matter here."""
    created = START + timedelta(minutes=50 * number)
    return f"{NAMES[PAIRS[number % len(PAIRS)][0]]}-{created.year}-{number:04d}"


@cache
def seen_as(standing: Standing) -> tuple[str | None, str, str]:
    """What the row keeps for the lists."""
    waits_for = lifecycle.waits_for(standing)
    requesting, supplying = (lifecycle.group(standing, side).value for side in Side)
    return str(waits_for) if waits_for else None, requesting, supplying


folded = cache(fold)
"""A hundred thousand titles of a few thousand words: each is folded once."""


def key_of(number: int) -> str:
    """What `search_key` makes of the request, faster."""
    values = values_of(number)
    written = (*number_of(number).split("-"), *parts_of(number), values["author"], values.get("isbn", ""))
    words = (word for part in written for word in (part if part.isdigit() else folded(part)).split())
    return " ".join(dict.fromkeys([*map(searching.party, PAIRS[number % len(PAIRS)]), *words]))


@cache
def generated() -> Generated:
    """All of them; a second time the same rows."""
    requests: list[tuple[Any, ...]] = []
    keys: list[tuple[int, str]] = []
    words: set[str] = set()
    for number in range(1, COUNT + 1):
        requests.append(request(number))
        keys += ((number, key) for key in keys_of(number))
        words.update(requests[-1][KEY].split())
    terms = [
        (word, gram) for word in searching.terms(" ".join(sorted(words))) for gram in searching.grams(word)
    ]
    return Generated(requests, keys, terms)


def keys_of(number: int) -> list[str]:
    """What `identifiers` and `duplicates.keys` make of it, faster."""
    title = " ".join(part if part.isdigit() else folded(part) for part in parts_of(number))
    isbn = values_of(number).get("isbn")
    return [*([f"isbn:{isbn}"] if isbn else []), f"title:{title}"]


async def founded(url: str) -> None:
    """The three libraries, an agreement, and somebody of ANL: number 1."""
    async with database(url):
        for code in NAMES.values():
            await libraries.add_library(library(code, "Asia/Baku", Language.EN), START)
        agreement = NewAgreement(parties=("ANL", "NLRK"), signed_on=START.date())
        await libraries.add_agreement(agreement, START)
        await Desk(now=START).person("aygun", ANL)


def tables() -> dict[str, tuple[Sequence[str], Sequence[Sequence[Any]]]]:
    """Columns and rows by table, parents first."""
    made = generated()
    return {
        "request": (COLUMNS, made.requests),
        "request_key": (("request_id", "value"), made.keys),
        "term": (("word", "gram"), made.terms),
    }


def fill_file(path: Path) -> None:
    """Write all of it into a migrated file, and index it after."""
    asyncio.run(founded(f"sqlite://{path}"))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(IN_HASTE)
        later = connection.execute(FILE_INDEXES).fetchall()
        for kind, name, _ in later:
            connection.execute(DROP.format(kind=kind, name=name))
        for table, (columns, rows) in tables().items():
            places = ", ".join("?" * len(columns))
            connection.executemany(INSERT.format(table=table, names=_quoted(columns), places=places), rows)
        connection.execute("INSERT INTO request_search (request_search) VALUES ('rebuild')")
        for *_, created in later:
            connection.execute(created)
        connection.execute("ANALYZE")
        connection.commit()


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


async def fill_server(url: str) -> None:
    """Write all of it into a migrated database, and index it after."""
    await founded(url)
    connection = await asyncpg.connect(url)
    try:
        with suppress(asyncpg.InsufficientPrivilegeError):
            await connection.execute("SET session_replication_role = replica")  # the rows refer rightly
        await connection.execute("SET maintenance_work_mem = '256MB'")
        later = await connection.fetch(SERVER_INDEXES)
        for row in later:
            await connection.execute(DROP.format(kind="index", name=row["name"]))
        for table, (columns, rows) in tables().items():
            await connection.copy_records_to_table(table, records=rows, columns=list(columns))
        for row in later:
            await connection.execute(row["created"])
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


IN_HASTE = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -200000"
FILE_INDEXES = """
SELECT type, name, sql FROM sqlite_master
WHERE tbl_name IN ('request', 'request_key', 'term') AND type IN ('index', 'trigger') AND sql <> ''
"""
SERVER_INDEXES = """
SELECT indexname AS name, indexdef AS created FROM pg_indexes
WHERE tablename IN ('request', 'request_key', 'term') AND indexdef LIKE 'CREATE INDEX%'
"""
DROP = 'DROP {kind} "{name}"'
INSERT = "INSERT INTO {table} ({names}) VALUES ({places})"
