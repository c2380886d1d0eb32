"""Who takes part."""

import asyncio

import pytest

from models.operations import libraries
from models.operations.libraries import AlreadyThere, NewAgreement, OneParty, UnknownLibrary
from models.queries import parties
from models.queries.agreement_list import agreements
from models.rules.vocabulary import Language
from models.tables import Agreement, Library
from tests.desk import Desk, library

UZBEK = library("NLU", "Asia/Tashkent", Language.RU)


async def test_a_library_is_added_once_even_at_once(desk: Desk) -> None:
    results = await asyncio.gather(
        *(libraries.add_library(UZBEK, desk.now) for _ in range(3)), return_exceptions=True
    )

    assert sum(isinstance(one, AlreadyThere) for one in results) == 2
    assert await Library.filter(code="NLU").count() == 1
    assert await libraries.library_number("NLU") in results


async def test_a_library_is_changed_by_its_code(desk: Desk) -> None:
    await libraries.edit_library(
        "ANL", names={"en": "Baku"}, email="ill@anl.example", domains=["anl.example"]
    )

    view = await parties.library(desk.baku)
    assert (view.email, view.domains, view.zone) == ("ill@anl.example", ("anl.example",), "Asia/Baku")
    assert (view.names["en"], view.names["az"]) == ("Baku", "ANL az")
    for unknown in (
        libraries.edit_library("XYZ", names={}, email="a@b.example"),
        libraries.library_number("XYZ"),
    ):
        with pytest.raises(UnknownLibrary):
            await unknown


async def test_an_agreement_joins_two_known_libraries(desk: Desk) -> None:
    [view] = await agreements()
    assert (view.parties, view.term, view.renewal, view.notice) == (("ANL", "NLRK"), "5y", "5y", "3m")

    for parties_, refusal in ((("ANL", "XYZ"), UnknownLibrary), (("ANL", "ANL"), OneParty)):
        with pytest.raises(refusal):
            await libraries.add_agreement(NewAgreement(parties=parties_, signed_on=desk.now.date()), desk.now)
    assert len(await agreements()) == 1


async def test_partners_are_those_of_agreements_that_have_not_ended(desk: Desk) -> None:
    uzbek = await libraries.add_library(UZBEK, desk.now)
    number = await libraries.add_agreement(
        NewAgreement(parties=("NLU", "ANL"), signed_on=desk.now.date()), desk.now
    )
    assert [one.code for one in await parties.partners_of(desk.baku)] == ["NLRK", "NLU"]
    assert await parties.agreement_between(desk.baku, uzbek) == number

    await Agreement.filter(id=number).update(ended_on=desk.now.date())

    assert [one.code for one in await parties.partners_of(desk.baku)] == ["NLRK"]
    assert await parties.agreement_between(desk.baku, uzbek) is None
    assert await parties.agreement_between(desk.baku, desk.baku) is None


async def test_the_newest_agreement_of_a_pair_counts(desk: Desk) -> None:
    newer = await libraries.add_agreement(
        NewAgreement(parties=("NLRK", "ANL"), signed_on=desk.now.date()), desk.now
    )

    assert await parties.agreement_between(desk.baku, desk.almaty) == newer
    assert [one.code for one in await parties.partners_of(desk.baku)] == ["NLRK"]


async def test_who_was_a_partner_stays_a_counterpart_as_long_as_there_are_requests(desk: Desk) -> None:
    await libraries.add_library(UZBEK, desk.now)
    number = await libraries.add_agreement(
        NewAgreement(parties=("NLU", "ANL"), signed_on=desk.now.date()), desk.now
    )
    await desk.files()
    await Agreement.all().update(ended_on=desk.now.date())

    assert [one.code for one in await parties.counterparts_of(desk.baku)] == ["NLRK"]

    await Agreement.filter(id=number).update(ended_on=None)
    assert [one.code for one in await parties.counterparts_of(desk.baku)] == ["NLU", "NLRK"]
