"""Each library's own register number: kept, found and seen by that library alone."""

import pytest

from models.operations.numbers import LONGEST, set_own_number
from models.queries import requests as reads
from models.queries import search
from models.rules.errors import UnknownRequest
from models.rules.vocabulary import Side
from models.tables import OwnNumber
from tests.desk import Desk


async def _seen(desk: Desk, request: int) -> dict[str, str | None]:
    views = {who: await reads.card(request, await desk.view(who), desk.now) for who in ("leyla", "gulnar")}
    return {who: view.own_number if view else None for who, view in views.items()}


async def _finds(desk: Desk, who: str, words: str) -> list[str]:
    found = await search.find(await desk.view(who), words, desk.now.date())
    return [line.number for line in found.lines]


async def test_supplying_library_has_a_number_of_its_own(desk: Desk) -> None:
    request = (await desk.files()).request
    await set_own_number(request, desk.people["leyla"], " ANL  17-B ")
    await set_own_number(request, desk.people["gulnar"], "ҚҰК-2026/5")

    assert await _seen(desk, request) == {"leyla": "ANL 17-B", "gulnar": "ҚҰК-2026/5"}
    assert await _finds(desk, "gulnar", "ҚҰК-2026/5") == ["ANL-2026-0001"]
    assert await _finds(desk, "leyla", "ҚҰК-2026/5") == []


async def test_new_number_replaces_the_old_one_and_nothing_removes_it(desk: Desk) -> None:
    request = (await desk.files()).request
    gulnar = desk.people["gulnar"]
    await set_own_number(request, gulnar, "5")
    await set_own_number(request, gulnar, "x" * (LONGEST + 9))
    assert await OwnNumber.all().values_list("side", "number") == [(Side.SUPPLYING, "x" * LONGEST)]

    await set_own_number(request, gulnar, "")
    assert await OwnNumber.all().count() == 0
    assert await _finds(desk, "gulnar", "x" * LONGEST) == []


async def test_nobody_numbers_a_request_of_others(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.person("stranger", None)

    for number in (request, request + 1):
        with pytest.raises(UnknownRequest):
            await set_own_number(number, desk.people["stranger"], "1")
