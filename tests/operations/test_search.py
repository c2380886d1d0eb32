"""Finding what was written, from the moment it was written; and what was asked before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.operations import drafts, libraries, lists, search, traces
from models.operations.libraries import NewAgreement
from models.queries import search as finding
from models.queries.lists import ListChoice, last_choice
from models.queries.search import Found
from models.rules.errors import AlreadyAsked, NotPossibleNow
from models.rules.narrowing import Narrowing
from models.rules.vocabulary import Act, Filter, Group, Language, Reason, Service, Stage, Via
from models.tables import Draft, Request, RequestKey, Search, Term
from tests.desk import BOOK, MORNING, Desk, library

TODAY = MORNING.date()
EPIC: dict[str, Any] = {"title": "Абай жолы", "author": "Әуезов М.", "our_number": "АБ-17"}


async def found(desk: Desk, who: str, words: str) -> list[int]:
    return [line.id for line in (await finding.find(await desk.view(who), words, TODAY)).lines]


async def test_a_request_is_found_by_both_sides_in_any_spelling(desk: Desk) -> None:
    request = (await desk.files(values=EPIC)).request

    for who in ("leyla", "gulnar"):
        for words in ("Абай", "abay joly", "Auezov", "ӘУЕЗОВ", "anl 0001"):
            assert await found(desk, who, words) == [request], words


async def test_a_comment_is_found_as_soon_as_it_stands(desk: Desk) -> None:
    request = (await desk.files()).request
    assert await found(desk, "leyla", "переплёт") == []

    await desk.act(request, Act.COMMENT, "gulnar", note="Переплёт повреждён")
    await desk.act(request, Act.NO, "gulnar", reason=Reason.NOT_HELD, note="Sabah Şəkidən soruşun")

    for words in ("переплет", "pereplyot", "Qorqud переплёт", "sheki"):
        assert await found(desk, "leyla", words) == [request], words


async def test_a_refused_act_leaves_no_words(desk: Desk) -> None:
    request = (await desk.files()).request

    with pytest.raises(NotPossibleNow):
        await desk.act(request, Act.RECEIVE, "leyla", note="привидение")

    assert await found(desk, "leyla", "привидение") == []
    assert not await Term.exists(word__startswith="prividani")


async def test_a_register_number_is_for_the_own_library_alone(desk: Desk) -> None:
    request = (await desk.files(values=EPIC)).request

    own = await finding.find(await desk.view("leyla"), "аб 17", TODAY)

    assert (own.how, [line.id for line in own.lines]) == (Found.EXACTLY, [request])
    assert await found(desk, "gulnar", "АБ-17") == []
    assert "17" not in (await Request.get(id=request)).search_key.split()


async def test_a_readers_reference_is_found_by_nobody(desk: Desk) -> None:
    await desk.files(values=EPIC, reader="Мамедова 4711")

    for who in ("leyla", "gulnar"):
        assert await found(desk, who, "Мамедова") == await found(desk, who, "4711") == []
    assert not await Term.exists(word__startswith="mamadov")


async def test_nobody_finds_what_is_none_of_their_librarys(desk: Desk) -> None:
    number = (await desk.files(values=EPIC | {"isbn": "5-02-013850-9"})).number
    third = await libraries.add_library(library("NLU", "Asia/Tashkent", Language.RU), desk.now)
    await desk.person("timur", third)
    await desk.person("operator", None, role="admin")

    for who in ("timur", "operator"):
        for words in (number, "5-02-013850-9", "Абай", "Абаи жоли"):
            assert await found(desk, who, words) == [], words


@pytest.mark.parametrize("words", ["ISBN 978-5-02-013850-6", "5020138509", "АБ-17", "anl-2026-1"])
async def test_what_names_a_request_finds_it_alone(desk: Desk, words: str) -> None:
    request = (await desk.files(values=EPIC | {"isbn": "5-02-013850-9"})).request
    await desk.files(values=BOOK)

    view = await finding.find(await desk.view("leyla"), words, TODAY)

    assert (view.how, [line.id for line in view.lines], view.more) == (Found.EXACTLY, [request], False)


async def test_a_word_that_nobody_wrote_gives_way_to_the_nearest(desk: Desk) -> None:
    request = (await desk.files(values=EPIC)).request
    await desk.files(values=BOOK)

    view = await finding.find(await desk.view("gulnar"), "Abai Auesow", TODAY)

    assert (view.how, [line.id for line in view.lines]) == (Found.NEARLY, [request])
    assert await found(desk, "gulnar", "Абай Кыркут") == []


@pytest.mark.parametrize(
    "words", ["", "?!", '" OR "', "a:b*", "'; DROP TABLE request; --", "q1", "NEAR(a b)", "\0"]
)
async def test_nothing_typed_is_more_than_words(desk: Desk, words: str) -> None:
    await desk.files(values=EPIC)

    assert await found(desk, "leyla", words) == []


async def test_what_is_found_comes_newest_first_ten_at_a_time(desk: Desk) -> None:
    numbers = [(await desk.files(values=EPIC)).request for _ in range(12)]
    person = await desk.view("leyla")

    first = await finding.find(person, "Абай", TODAY)
    second = await finding.find(person, "Абай", TODAY, page=1)

    assert [line.id for line in (*first.lines, *second.lines)] == numbers[::-1]
    assert (len(first.lines), first.more, second.more) == (10, True, False)
    assert (await finding.find(person, "Абай", TODAY, page=2)).lines == ()


async def test_another_recipe_makes_the_keys_anew_once(desk: Desk) -> None:
    request = (await desk.files(values=EPIC)).request
    await desk.act(request, Act.COMMENT, "gulnar", note="Переплёт")
    whole = await Request.get(id=request).values("search_key")
    keys = await RequestKey.all().order_by("value").values_list("value", flat=True)
    await Request.all().update(search_key="made otherwise")
    await RequestKey.all().delete()
    await Term.all().delete()
    await traces.learn(search.RECIPE, "0")

    made = await search.reindex()

    assert (made, await search.reindex()) == (1, 0)
    assert await Request.get(id=request).values("search_key") == whole
    assert await RequestKey.all().order_by("value").values_list("value", flat=True) == keys
    assert await found(desk, "leyla", "Auezof pereplot") == [request]
    assert await found(desk, "leyla", "made otherwise") == []


async def test_an_empty_desk_learns_its_recipe_at_the_first_start(desk: Desk) -> None:
    await traces.learn(search.RECIPE, "")

    assert await search.reindex() == 0
    assert await traces.known(search.RECIPE) is not None


async def test_a_search_is_remembered_for_its_author_for_a_month(desk: Desk) -> None:
    leyla, gulnar = desk.people["leyla"], desk.people["gulnar"]
    number = await search.remember(leyla, "Абай " * 100, desk.now)

    assert await finding.words_of_search(number, gulnar) is None
    assert (await finding.words_of_search(number, leyla) or "").startswith("Абай Абай")
    await search.remember(leyla, "Низами", desk.now + timedelta(days=31))
    assert await finding.words_of_search(number, leyla) is None
    assert await Search.all().count() == 1


async def test_the_list_left_opens_again(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    choice = ListChoice(
        filter=Filter.DONE, narrowing=Narrowing(partner=2, service=Service.COPY, group=Group.FINISHED), page=3
    )

    assert await last_choice(leyla) == ListChoice()
    await lists.remember(leyla, replace(choice, page=0))
    await lists.remember(leyla, choice)

    assert await last_choice(leyla) == choice
    assert await last_choice(desk.people["gulnar"]) == ListChoice()


async def test_the_groups_of_both_sides_follow_every_act_and_its_undoing(desk: Desk) -> None:
    request = (await desk.files()).request

    async def groups() -> tuple[Group, Group]:
        row = await Request.get(id=request)
        return row.group_requesting, row.group_supplying

    assert await groups() == (Group.SENT, Group.SENT)
    await desk.act(request, Act.NO, "gulnar", reason=Reason.NOT_HELD)
    assert await groups() == (Group.YOUR_TURN, Group.IN_WORK)
    await desk.act(request, Act.UNDO, "gulnar")
    assert await groups() == (Group.SENT, Group.SENT)


async def drafted(desk: Desk, values: dict[str, Any], **more: Any) -> int:
    given = {"supplying": desk.almaty} | more
    return await drafts.start(desk.people["leyla"], Service.LOAN, desk.now, values=values, **given)


async def sent(desk: Desk, draft: int, **more: Any) -> int:
    key = f"draft:{draft}"
    author = desk.people["leyla"]
    outcome = await drafts.submit(
        draft, author=author, via=Via.TELEGRAM, key=key, now=desk.now, **({"unless_asked": True} | more)
    )
    return outcome.request


async def test_what_was_asked_is_told_before_it_is_asked_again(desk: Desk) -> None:
    first = await desk.files(values=EPIC)
    draft = await drafted(desk, {"title": "ABAY JOLY", "author": "Auezov, Mukhtar"})

    with pytest.raises(AlreadyAsked) as told:
        await sent(desk, draft)

    assert told.value == AlreadyAsked(
        request=first.request, number=first.number, on="2026-03-02", stage=Stage.SENT, service=Service.LOAN
    )
    assert await Draft.exists(id=draft)
    assert await Request.all().count() == 1
    again = await sent(desk, draft, unless_asked=False)
    assert await sent(desk, draft) == again != first.request


async def test_the_newest_of_the_same_is_told(desk: Desk) -> None:
    await desk.files(values=EPIC)
    newest = (await desk.files(values=EPIC)).request

    with pytest.raises(AlreadyAsked) as told:
        await sent(desk, await drafted(desk, EPIC))

    assert told.value.request == newest


async def test_what_ended_within_a_year_is_told_and_older_is_not(desk: Desk) -> None:
    request = (await desk.files(values=EPIC)).request
    await desk.act(request, Act.CANCEL, "leyla")
    draft = await drafted(desk, EPIC)

    desk.now += timedelta(days=365)
    with pytest.raises(AlreadyAsked):
        await sent(desk, draft)
    desk.now += timedelta(minutes=1)
    assert await sent(desk, draft)


async def test_what_is_open_is_told_however_long(desk: Desk) -> None:
    await desk.lent()
    desk.now += timedelta(days=4000)

    with pytest.raises(AlreadyAsked):
        await sent(desk, await drafted(desk, BOOK))


async def test_another_library_may_be_asked_for_the_same(desk: Desk) -> None:
    await desk.files(values=EPIC)
    third = await libraries.add_library(library("NLU", "Asia/Tashkent", Language.RU), desk.now)
    await libraries.add_agreement(NewAgreement(parties=("ANL", "NLU"), signed_on=desk.now.date()), desk.now)

    assert await sent(desk, await drafted(desk, EPIC, supplying=third))


async def test_the_partner_may_ask_us_for_what_we_asked_them(desk: Desk) -> None:
    await desk.files(values=EPIC)
    author = desk.people["gulnar"]
    draft = await drafts.start(author, Service.LOAN, desk.now, values=EPIC, supplying=desk.baku)

    assert await drafts.submit(
        draft, author=author, via=Via.TELEGRAM, key="theirs", now=desk.now, unless_asked=True
    )


async def test_who_sends_again_in_place_of_another_knows_of_it(desk: Desk) -> None:
    request = await desk.unfilled()

    assert await sent(desk, await drafted(desk, BOOK, previous=request))
