"""Notices recorded and withdrawn, changes proposed and agreed: by whom, with what effect, told to whom."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from models.operations import agreement_terms, amendments, renewals, terminations
from models.operations.agreements import AgreementIntent
from models.operations.amendments import Change
from models.operations.terminations import NewNotice
from models.queries import agreements
from models.queries.agreements import AgreementFacts
from models.rules.errors import (
    NoSuchAgreement,
    NotAllowed,
    OtherSidesWord,
    ProposalOpen,
    Refusal,
    SettledMeanwhile,
    TermRefused,
)
from models.rules.term import terms
from models.rules.vocabulary import (
    AgreementAct,
    AmendmentState,
    Channel,
    NoticeKind,
    RenewalStep,
    Role,
    Via,
)
from models.tables import (
    Agreement,
    AgreementAmendment,
    AgreementEvent,
    AgreementReminder,
    Notice,
    TerminationNotice,
)
from tests.desk import Desk

EIGHTH = date(2028, 8, 8)
HALF_PAST_ELEVEN = datetime(2028, 8, 8, 18, 30, tzinfo=UTC)
"""In Almaty."""


@pytest.fixture
async def team(desk: Desk) -> Desk:
    await desk.person("rashad", desk.baku, chat=1002, email="r@anl.example", role=Role.COORDINATOR)
    await desk.person("dana", desk.almaty, chat=2002, email="d@nlrk.example", role=Role.COORDINATOR)
    return desk


def intent(desk: Desk, who: str, key: str) -> AgreementIntent:
    return AgreementIntent(agreement=1, actor=desk.people[who], via=Via.TELEGRAM, key=key)


async def record(desk: Desk, day: date = EIGHTH, now: datetime = HALF_PAST_ELEVEN, key: str = "1") -> int:
    """Baku's notice, recorded by its coordinator."""
    new = NewNotice(given_by=desk.baku, received_on=day)
    return await terminations.record_notice(intent(desk, "rashad", key), new, now)


async def known(now: datetime) -> AgreementFacts:
    found = await agreements.facts(1, now)
    assert found is not None
    return found


async def test_a_notice_on_the_last_day_ends_the_agreement_with_its_term(team: Desk) -> None:
    await record(team)

    facts = await known(HALF_PAST_ELEVEN)
    assert facts.end(HALF_PAST_ELEVEN) == date(2028, 11, 8)
    assert facts.edition == 2
    event = await AgreementEvent.get()
    assert (event.act, event.details["ends"], event.actor_id) == (
        AgreementAct.RECORD_NOTICE,
        "2028-11-08",
        team.people["rashad"],
    )


async def test_half_an_hour_later_it_is_late_and_the_agreement_renews_until_it_ends(team: Desk) -> None:
    later = HALF_PAST_ELEVEN + timedelta(minutes=30)
    await record(team, date(2028, 8, 9), later)

    facts = await known(later)
    assert facts.end(later) == date(2028, 11, 9)
    assert facts.standing(later).in_force


async def test_the_next_day_of_almaty_is_the_future_until_it_is_midnight_there(team: Desk) -> None:
    with pytest.raises(TermRefused) as refused:
        await record(team, date(2028, 8, 9), HALF_PAST_ELEVEN)

    assert refused.value == TermRefused(kind="in_the_future", day="2028-08-08")
    assert await TerminationNotice.all().count() == 0
    assert await AgreementEvent.all().count() == 0


async def test_both_sides_are_told_at_once_and_who_did_it_by_mail_alone(team: Desk) -> None:
    await record(team)

    rows = await Notice.filter(kind=NoticeKind.AGREEMENT_NEWS).order_by("id")
    assert [(row.channel, row.target) for row in rows] == [
        (Channel.MAIL, "r@anl.example"),
        (Channel.CHAT, "2002"),
        (Channel.MAIL, "d@nlrk.example"),
    ]
    assert {row.next_at for row in rows} == {HALF_PAST_ELEVEN}


async def test_the_same_tap_again_records_nothing_more(team: Desk) -> None:
    first = await record(team)
    assert await record(team, now=HALF_PAST_ELEVEN + timedelta(minutes=1)) == first

    assert await TerminationNotice.all().count() == 1
    assert await Notice.filter(kind=NoticeKind.AGREEMENT_NEWS).count() == 3


@pytest.mark.parametrize(
    ("received", "now", "kind"),
    [
        (date(2013, 11, 7), HALF_PAST_ELEVEN, "before_signing"),
        (date(2028, 8, 10), HALF_PAST_ELEVEN, "in_the_future"),
    ],
)
async def test_a_notice_that_cannot_be_is_refused(
    team: Desk, received: date, now: datetime, kind: str
) -> None:
    with pytest.raises(TermRefused) as refused:
        await record(team, received, now)

    assert refused.value.kind == kind


async def test_a_second_notice_after_the_end_is_refused(team: Desk) -> None:
    await record(team)
    after = datetime(2028, 11, 20, 6, tzinfo=UTC)
    await renewals.plan(after)

    with pytest.raises(TermRefused) as refused:
        await record(team, date(2028, 11, 15), after, key="2")
    assert refused.value == TermRefused(kind="after_the_end", day="2028-11-08")
    assert (await Agreement.get()).ended_on == date(2028, 11, 8)


async def test_only_a_coordinator_of_a_party_records(team: Desk) -> None:
    await team.person("stranger", None, role=Role.COORDINATOR)
    new = NewNotice(given_by=team.baku, received_on=EIGHTH)
    refused: dict[str, type[Refusal]] = {"leyla": NotAllowed, "stranger": NoSuchAgreement}
    for who, why in refused.items():
        with pytest.raises(why):
            await terminations.record_notice(intent(team, who, who), new, HALF_PAST_ELEVEN)


async def test_once_a_notice_runs_the_ladder_stops_and_the_end_is_counted_down(team: Desk) -> None:
    morning = datetime(2028, 7, 9, 5, tzinfo=UTC)
    while morning < datetime(2028, 11, 20, tzinfo=UTC):
        if morning.date() == date(2028, 7, 20):
            await record(team, date(2028, 7, 20), morning)
        await renewals.plan(morning)
        morning += timedelta(days=1)

    rows = await AgreementReminder.filter(person_id=team.people["dana"], day__gt=date(2028, 7, 20))
    assert [row.step for row in rows] == [
        RenewalStep.ENDS_60,
        RenewalStep.ENDS_30,
        RenewalStep.ENDS_14,
        RenewalStep.ENDS_7,
        RenewalStep.ENDS_1,
        RenewalStep.ENDED,
    ]
    assert {row.anchor for row in rows} == {date(2028, 10, 20)}


# Withdrawal


async def _asked(team: Desk) -> int:
    await record(team)
    [notice] = (await known(HALF_PAST_ELEVEN)).notices
    await terminations.ask_withdrawal(intent(team, "rashad", "2"), notice.id, HALF_PAST_ELEVEN)
    return notice.id


async def test_a_notice_is_withdrawn_only_with_the_other_sides_consent(team: Desk) -> None:
    notice = await _asked(team)
    with pytest.raises(OtherSidesWord):
        await terminations.answer_withdrawal(
            intent(team, "rashad", "3"), notice, HALF_PAST_ELEVEN, consents=True
        )
    assert (await known(HALF_PAST_ELEVEN)).end(HALF_PAST_ELEVEN) == date(2028, 11, 8)

    await terminations.answer_withdrawal(intent(team, "dana", "3"), notice, HALF_PAST_ELEVEN, consents=True)
    facts = await known(HALF_PAST_ELEVEN)
    assert facts.end(HALF_PAST_ELEVEN) is None
    assert facts.standing(HALF_PAST_ELEVEN).last_day == date(2028, 11, 8)
    assert facts.standing(datetime(2028, 12, 1, tzinfo=UTC)).in_force
    assert facts.edition == 3


async def test_a_refused_withdrawal_leaves_the_notice_and_may_be_asked_again(team: Desk) -> None:
    notice = await _asked(team)
    await terminations.answer_withdrawal(intent(team, "dana", "3"), notice, HALF_PAST_ELEVEN, consents=False)

    assert (await known(HALF_PAST_ELEVEN)).end(HALF_PAST_ELEVEN) == date(2028, 11, 8)
    await terminations.ask_withdrawal(intent(team, "rashad", "4"), notice, HALF_PAST_ELEVEN)


async def test_who_did_not_give_it_cannot_ask_and_nobody_asks_twice(team: Desk) -> None:
    notice = await _asked(team)
    with pytest.raises(OtherSidesWord):
        await terminations.ask_withdrawal(intent(team, "dana", "3"), notice, HALF_PAST_ELEVEN)
    with pytest.raises(SettledMeanwhile):
        await terminations.ask_withdrawal(intent(team, "rashad", "4"), notice, HALF_PAST_ELEVEN)


async def test_after_the_end_nothing_is_withdrawn(team: Desk) -> None:
    notice = await _asked(team)
    after = datetime(2028, 11, 9, 6, tzinfo=UTC)

    with pytest.raises(TermRefused) as refused:
        await terminations.answer_withdrawal(intent(team, "dana", "3"), notice, after, consents=True)
    assert refused.value.kind == "after_the_end"


# Amendments


MORNING = datetime(2026, 3, 2, 6, tzinfo=UTC)


async def _proposed(team: Desk, change: Change) -> int:
    await amendments.propose(intent(team, "rashad", "propose"), change, MORNING)
    return (await AgreementAmendment.get()).id


async def test_a_change_holds_once_the_other_side_has_consented(team: Desk) -> None:
    amendment = await _proposed(team, Change(last_day=date(2027, 2, 28)))
    assert (await known(MORNING)).standing(MORNING).last_day == date(2028, 11, 8)
    with pytest.raises(OtherSidesWord):
        await amendments.consent(intent(team, "rashad", "2"), amendment, MORNING)

    await amendments.consent(intent(team, "dana", "2"), amendment, MORNING)
    standing = (await known(MORNING)).standing(MORNING)
    assert (standing.last_day, standing.deadline) == (date(2027, 2, 28), date(2026, 11, 30))


async def test_an_agreed_change_plans_anew(team: Desk) -> None:
    amendment = await _proposed(team, Change(last_day=date(2027, 2, 28)))
    await amendments.consent(intent(team, "dana", "2"), amendment, MORNING)
    morning = MORNING
    while morning < datetime(2026, 12, 10, tzinfo=UTC):
        await renewals.plan(morning)
        morning += timedelta(days=1)

    rows = await AgreementReminder.filter(person_id=team.people["dana"]).order_by("day")
    assert [row.step.value for row in rows] == [
        "6_months",
        "90_days",
        "30_days",
        "14_days",
        "7_days",
        "1_day",
        "last_day",
        "window_closed",
    ]
    assert rows[-2].day == date(2026, 11, 30)


async def test_an_agreement_that_is_not_to_be_renewed_ends_with_its_term(team: Desk) -> None:
    amendment = await _proposed(team, Change(settings={"renewal": "none"}))
    await amendments.consent(intent(team, "dana", "2"), amendment, MORNING)

    facts = await known(MORNING)
    assert facts.standing(datetime(2028, 11, 8, 6, tzinfo=UTC)).in_force
    assert not facts.standing(datetime(2028, 11, 9, 6, tzinfo=UTC)).in_force


async def test_another_notice_period_moves_the_deadline(team: Desk) -> None:
    amendment = await _proposed(team, Change(settings={"notice": "180d"}))
    assert (await known(MORNING)).standing(MORNING).deadline == date(2028, 8, 8)

    await amendments.consent(intent(team, "dana", "2"), amendment, MORNING)
    standing = (await known(MORNING)).standing(MORNING)
    assert (standing.last_day, standing.deadline) == (date(2028, 11, 8), date(2028, 5, 12))


async def test_another_renewal_period_leaves_the_running_term_and_shortens_the_next(team: Desk) -> None:
    amendment = await _proposed(team, Change(settings={"renewal": "3y"}))
    await amendments.consent(intent(team, "dana", "2"), amendment, MORNING)

    facts = await known(MORNING)
    days = [(one.number, one.last_day) for one in islice(terms(facts.duration), 5)]
    assert days == [
        (1, date(2018, 11, 8)),
        (2, date(2023, 11, 8)),
        (3, date(2028, 11, 8)),
        (4, date(2031, 11, 8)),
        (5, date(2034, 11, 8)),
    ]


@pytest.mark.parametrize("settings", [{"notice": "soon"}, {"renewal": "3 years"}, {"renewal": "99999y"}])
async def test_a_period_that_is_none_is_refused(team: Desk, settings: dict[str, str]) -> None:
    with pytest.raises(TermRefused):
        await _proposed(team, Change(settings=settings))


async def test_a_proposal_is_declined_or_taken_back(team: Desk) -> None:
    amendment = await _proposed(team, Change(last_day=date(2027, 2, 28)))
    await amendments.turn_down(intent(team, "dana", "2"), amendment, MORNING)
    assert (await AgreementAmendment.get()).state is AmendmentState.DECLINED
    with pytest.raises(SettledMeanwhile):
        await amendments.consent(intent(team, "dana", "3"), amendment, MORNING)

    await amendments.propose(intent(team, "dana", "4"), Change(last_day=date(2027, 3, 1)), MORNING)
    with pytest.raises(ProposalOpen):
        await amendments.propose(intent(team, "rashad", "5"), Change(last_day=date(2027, 4, 1)), MORNING)
    await amendments.propose(intent(team, "dana", "6"), Change(last_day=date(2027, 5, 1)), MORNING)
    states = [row.state for row in await AgreementAmendment.all().order_by("id")]
    assert states == [AmendmentState.DECLINED, AmendmentState.RETRACTED, AmendmentState.PROPOSED]


async def test_a_last_day_in_the_past_is_refused(team: Desk) -> None:
    with pytest.raises(TermRefused) as refused:
        await _proposed(team, Change(last_day=date(2026, 3, 1)))

    assert refused.value.kind == "last_day_too_early"


# What was entered


async def test_a_corrected_signing_day_moves_every_date_and_is_told(team: Desk) -> None:
    await agreement_terms.correct(1, MORNING, signed_on=date(2014, 1, 8))

    assert (await known(MORNING)).standing(MORNING).deadline == date(2028, 10, 8)
    assert await Notice.filter(kind=NoticeKind.AGREEMENT_NEWS).count() == 4
    with pytest.raises(agreement_terms.UnknownAgreement):
        await agreement_terms.correct(99, MORNING, term="5y")


async def test_both_sides_confirm_the_reading(team: Desk) -> None:
    await agreement_terms.confirm_reading(intent(team, "rashad", "1"), MORNING)
    await agreement_terms.confirm_reading(intent(team, "dana", "2"), MORNING)

    assert (await known(MORNING)).confirmed_by == {team.baku, team.almaty}
