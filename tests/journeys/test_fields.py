"""Every field that the review offers can be typed, and what it cannot hold is said in a sentence."""

import pytest

from handlers.text import forms, labels
from handlers.text.refusals import FIELD_PROBLEMS
from models.rules import form
from models.rules.citation import DoubtKind, ProblemKind
from models.rules.vocabulary import Act, Purpose, Service
from tests.journeys.props import ARTICLE, BOOK
from tests.journeys.stage import Story

GOOD = {
    "year": "1977",
    "pages": "12-40",
    "issue_date": "08.03.1936",
    "needed_by": "14.01.2027",
    "isbn": "978-5-17-080115-2",
    "issn": "0042-8779",
    "doi": "10.1000/182",
    "url": "https://example.org/a",
    "volume": "2",
    "quantity": "2",
}
BAD = {
    "year": "last year",
    "pages": "all of them",
    "issue_date": "some day",
    "needed_by": "01.01.2020",
    "isbn": "978-5-17-080115-3",
    "issn": "1234-5678",
    "doi": "doi",
    "url": "a page",
    "purpose": "curiosity",
    "note": "x" * 3000,
}


TYPED = {service: [name for name in names if name != "also"] for service, names in form.EDITABLE.items()}
"""What else would be acceptable is chosen by buttons alone."""


@pytest.mark.parametrize("service", Service)
async def test_every_field_of_the_review_can_be_typed(chats: Story, service: Service) -> None:
    baku = chats.baku
    await baku.pastes(ARTICLE if service is Service.COPY else BOOK)
    if service is Service.ACQUISITION:
        await baku.presses(forms.NOW_ACQUIRED)
    for name in TYPED[service]:
        await baku.presses(labels.EDIT)
        await baku.presses(baku.voice.named(labels.FIELDS[name]))
        if name == "purpose":
            await baku.presses(labels.PURPOSES[Purpose.STUDY])
        else:
            await baku.types(GOOD.get(name, f"something about {name}"))
        assert baku.voice.label(labels.SEND) in baku.buttons, name
    await baku.presses(labels.SEND)

    for name in set(TYPED[service]) - {form.READER, "our_number", "purpose", *GOOD}:
        assert f"something about {name}" in chats.almaty.reads
    assert await chats.acts("ANL-2026-0001") == [Act.SUBMIT]


async def test_field_that_cannot_hold_it_says_why_and_asks_again(chats: Story) -> None:
    baku = chats.baku
    await baku.pastes(ARTICLE)
    for name, value in BAD.items():
        await baku.presses(labels.EDIT)
        await baku.presses(baku.voice.named(labels.FIELDS[name]))
        asked = baku.reads
        await baku.types(value)
        assert baku.reads != asked, name
        assert baku.voice.label(labels.BACK) in baku.buttons, name
        await baku.presses(labels.BACK)
        assert baku.voice.label(labels.SEND) in baku.buttons, name


@pytest.mark.parametrize("kind", [*ProblemKind, *DoubtKind])
def test_every_problem_of_a_field_has_a_sentence(kind: str) -> None:
    assert kind in FIELD_PROBLEMS


async def test_line_edits_a_field_from_the_review(chats: Story) -> None:
    baku = chats.baku
    await baku.pastes(ARTICLE)
    await baku.types("səhifələr: 14-15")
    assert "14–15" in baku.reads


async def test_slip_with_the_readers_name_keeps_it_at_home(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes("Автор: Ауэзов\nНазвание: Путь Абая\nЧитатель: Иванов, билет 4455\nГод: 1977")
    assert "4455" in baku.reads
    await baku.types("Oxucu: 7788")
    assert "7788" in baku.reads
    await baku.presses(labels.SEND)
    assert "Ауэзов" in almaty.reads
    assert not {"4455", "7788", "Иванов"} & set("".join(almaty.everything).replace(",", " ").split())
