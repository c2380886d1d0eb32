"""People and libraries as others see them; who is shown a mail that was kept aside."""

import pytest

from models.operations import libraries, people, traces
from models.operations.libraries import NewAgreement
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.vocabulary import Channel, Language, Role
from tests.desk import MORNING, Desk, library


def ids(found: list[PersonView]) -> list[int]:
    return [one.id for one in found]


async def test_who_writes_is_found_by_account_and_by_address(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, email="Rauf@anl.example")
    box = await desk.person("box", desk.baku, email="ILL@anl.example", is_mailbox=True)
    two = await desk.person("two", desk.baku, email="ill@anl.example")
    await desk.person("left", desk.baku, email="rauf@anl.example", left_at=MORNING)

    assert ids(await parties.people_at("rauf@ANL.example")) == [rauf]
    assert ids(await parties.people_at("ill@anl.example")) == [two, box]
    assert await parties.people_at("x@y.example") == []
    found = await parties.person_in_chat(1001)
    assert found is not None
    assert found.id == desk.people["leyla"]
    assert await parties.person_in_chat(1002) is None


async def test_an_underscore_in_an_address_is_a_letter(desk: Desk) -> None:
    await desk.person("rauf", desk.baku, email="a_b@anl.example")

    assert await parties.people_at("axb@anl.example") == []
    assert len(await parties.people_at("A_B@anl.example")) == 1
    assert await parties.people_at("%@anl.example") == []


async def test_who_left_is_on_no_list(desk: Desk) -> None:
    await people.remove(desk.people["leyla"], desk.now)

    assert ids(await parties.members_of(desk.baku, desk.almaty)) == [desk.people["gulnar"]]
    assert ids(await parties.everybody()) == [desk.people["gulnar"]]
    assert await parties.person(desk.people["leyla"]) is None


async def test_a_person_is_reached_where_they_can_be(desk: Desk) -> None:
    await desk.person(
        "rauf", desk.baku, chat=1002, email="r@anl.example", chat_closed_at=MORNING, mail_bad_at=MORNING
    )

    rauf, leyla = await desk.view("rauf"), await desk.view("leyla")

    assert (rauf.chat, rauf.email, rauf.telegram) == (None, None, 1002)
    assert leyla.address(Channel.CHAT) == "1001"


async def third(desk: Desk) -> int:
    number = await libraries.add_library(library("NLU", "Asia/Tashkent", Language.RU), desk.now)
    await libraries.add_agreement(NewAgreement(parties=("NLU", "ANL"), signed_on=desk.now.date()), desk.now)
    return number


async def test_a_kept_mail_of_somebody_known_is_shown_to_their_coordinators(desk: Desk) -> None:
    boss = await desk.person("boss", desk.baku, role=Role.COORDINATOR)
    await desk.person("other", desk.almaty, role=Role.COORDINATOR)
    await desk.person("operator", None, role=Role.ADMIN)

    assert ids(await parties.watchers(None, await desk.view("leyla"))) == [boss]


async def test_a_kept_mail_about_a_request_is_shown_to_both_its_libraries(desk: Desk) -> None:
    request = (await desk.files()).request
    boss = await desk.person("boss", desk.baku, role=Role.COORDINATOR)
    other = await desk.person("other", desk.almaty, role=Role.COORDINATOR)
    await desk.person("stranger", await third(desk), role=Role.COORDINATOR)

    assert ids(await parties.watchers(request, None)) == [boss, other]


@pytest.mark.parametrize("about", ["nothing", "a request that is not there", "a library without one"])
async def test_else_the_operators_see_it(desk: Desk, about: str) -> None:
    operator = await desk.person("operator", None, role=Role.ADMIN)
    await desk.person("boss", desk.almaty, role=Role.COORDINATOR)
    request = 99 if about == "a request that is not there" else None
    person = await desk.view("leyla") if about == "a library without one" else None

    assert ids(await parties.watchers(request, person)) == [operator]


async def test_else_the_home_library_sees_it(desk: Desk) -> None:
    first = await desk.person("first", desk.baku, role=Role.COORDINATOR)
    named = await desk.person("named", desk.almaty, role=Role.COORDINATOR)

    assert ids(await parties.watchers(None, None)) == [first]

    await traces.learn("home_library", "NLRK")
    assert ids(await parties.watchers(None, None)) == [named]

    await traces.learn("home_library", "XYZ")
    assert await parties.watchers(None, None) == []
