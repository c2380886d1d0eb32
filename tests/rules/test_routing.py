"""Whom an event concerns, and by which channel it reaches them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.lifecycle import Tell
from models.rules.routing import Concern, Delivery, Member, channels, recipients
from models.rules.vocabulary import Act, Channel, Reach, Side

REQUESTING, SUPPLYING = Side
CHAT, MAIL = Channel

ASKER = Member(id=1, side=REQUESTING, chat=True, mail=True)
COLLEAGUE = Member(id=2, side=REQUESTING, chat=True, mail=False)
TAKER = Member(id=3, side=SUPPLYING, chat=True, mail=True)
SECOND = Member(id=4, side=SUPPLYING, chat=True, mail=True)
ABSENT = Member(id=5, side=SUPPLYING, chat=True, mail=True, on_duty=False)
MAILBOX = Member(id=6, side=SUPPLYING, chat=False, mail=True, is_mailbox=True)
EVERYBODY = (ASKER, COLLEAGUE, TAKER, SECOND, ABSENT, MAILBOX)

NEW = Concern(act=Act.SUBMIT, tells=Tell.PARTNER, side=REQUESTING, actor=1, keepers={REQUESTING: 1})


def test_a_new_request_goes_to_everybody_on_duty_and_to_the_mailbox() -> None:
    assert recipients(NEW, EVERYBODY) == (Delivery(3, CHAT), Delivery(4, CHAT), Delivery(6, MAIL))


def test_news_of_a_taken_request_goes_to_who_took_it_alone() -> None:
    concern = replace(NEW, act=Act.CANCEL, keepers={REQUESTING: 1, SUPPLYING: 4})

    assert recipients(concern, EVERYBODY) == (Delivery(4, CHAT),)


@pytest.mark.parametrize("act", [Act.SUBMIT, Act.CONDITIONS, Act.SHIP, Act.DELIVER])
def test_a_mailbox_hears_of_new_conditional_shipped_and_delivered(act: Act) -> None:
    assert Delivery(6, MAIL) in recipients(replace(NEW, act=act), EVERYBODY)


@pytest.mark.parametrize("act", sorted(set(Act) - {Act.SUBMIT, Act.CONDITIONS, Act.SHIP, Act.DELIVER}))
def test_a_mailbox_hears_of_nothing_else_while_somebody_is_in_chat(act: Act) -> None:
    assert Delivery(6, MAIL) not in recipients(replace(NEW, act=act), EVERYBODY)


LOOKED = {Act.OPEN, Act.TAKE, Act.MARK_OVERDUE}


@pytest.mark.parametrize("act", sorted(set(Act) - LOOKED))
def test_a_mailbox_hears_of_everything_where_nobody_is_in_chat(act: Act) -> None:
    closed = replace(TAKER, chat=False, mail=False)

    assert recipients(replace(NEW, act=act), (ASKER, closed, MAILBOX)) == (Delivery(6, MAIL),)


def test_who_is_away_is_not_told_of_a_new_request() -> None:
    assert Delivery(5, CHAT) not in recipients(NEW, EVERYBODY)


def test_while_the_keeper_is_away_news_goes_to_the_deputy() -> None:
    away = replace(TAKER, on_duty=False, deputy=4)
    concern = replace(NEW, act=Act.CANCEL, keepers={SUPPLYING: 3})

    assert recipients(concern, (ASKER, away, SECOND, MAILBOX)) == (Delivery(4, CHAT),)


@pytest.mark.parametrize("deputy", [None, 5, 99])
def test_without_a_deputy_on_duty_news_goes_to_everybody_on_duty(deputy: int | None) -> None:
    away = replace(TAKER, on_duty=False, deputy=deputy)
    third = replace(SECOND, id=7)
    concern = replace(NEW, act=Act.CANCEL, keepers={SUPPLYING: 3})

    assert recipients(concern, (ASKER, away, SECOND, third, ABSENT)) == (
        Delivery(4, CHAT),
        Delivery(7, CHAT),
    )


HANDED = Concern(
    act=Act.HAND_OVER, tells=Tell.KEEPERS, side=SUPPLYING, actor=3, keepers={REQUESTING: 1, SUPPLYING: 4}
)


def test_a_hand_over_is_told_to_the_colleague_who_looks_after_the_request_now() -> None:
    assert recipients(replace(HANDED, former=3), EVERYBODY) == (Delivery(4, CHAT),)


def test_who_is_relieved_by_a_colleague_hears_of_it() -> None:
    concern = replace(HANDED, actor=4, former=3)

    assert recipients(concern, EVERYBODY) == (Delivery(3, CHAT),)


def test_who_filed_the_request_hears_of_its_answer() -> None:
    concern = Concern(
        act=Act.YES, tells=Tell.PARTNER, side=SUPPLYING, actor=3, keepers={REQUESTING: 1, SUPPLYING: 3}
    )

    assert recipients(concern, EVERYBODY) == (Delivery(1, CHAT),)


def test_a_keeper_who_left_is_replaced_by_those_on_duty() -> None:
    concern = replace(NEW, act=Act.CANCEL, keepers={SUPPLYING: 99})

    assert recipients(concern, (ASKER, TAKER, SECOND)) == (Delivery(3, CHAT), Delivery(4, CHAT))


def test_a_house_without_anybody_on_duty_hears_all_the_same() -> None:
    assert recipients(NEW, (ASKER, ABSENT)) == (Delivery(5, CHAT),)


@pytest.mark.parametrize("act", [Act.OPEN, Act.TAKE, Act.MARK_OVERDUE])
def test_a_mailbox_does_not_hear_who_looked(act: Act) -> None:
    assert recipients(replace(NEW, act=act), (ASKER, MAILBOX)) == ()


def test_nobody_is_told_what_is_news_to_nobody() -> None:
    assert recipients(replace(NEW, tells=Tell.NOBODY), EVERYBODY) == ()


def test_what_the_clock_does_is_told_to_both_sides() -> None:
    concern = Concern(
        act=Act.EXPIRE, tells=Tell.BOTH, side=None, actor=None, keepers={REQUESTING: 1, SUPPLYING: 3}
    )

    assert recipients(concern, EVERYBODY) == (Delivery(1, CHAT), Delivery(3, CHAT))


def test_what_one_recorded_for_the_partner_is_told_to_all_but_the_recorder() -> None:
    concern = Concern(
        act=Act.YES, tells=Tell.PARTNER, side=None, actor=1, keepers={REQUESTING: 1, SUPPLYING: 3}
    )

    assert recipients(concern, (ASKER, TAKER)) == (Delivery(3, CHAT),)


@pytest.mark.parametrize(
    ("member", "ways"),
    [
        (ASKER, (CHAT,)),
        (replace(ASKER, reach=Reach.MAIL), (MAIL,)),
        (replace(ASKER, reach=Reach.BOTH), (CHAT, MAIL)),
        (replace(ASKER, chat=False), (MAIL,)),
        (replace(ASKER, mail=False, reach=Reach.MAIL), (CHAT,)),
        (replace(ASKER, mail=False, reach=Reach.BOTH), (CHAT,)),
        (replace(ASKER, chat=False, mail=False), ()),
        (MAILBOX, (MAIL,)),
        (replace(MAILBOX, chat=True), (MAIL,)),
        (replace(MAILBOX, mail=False), ()),
    ],
)
def test_a_person_is_reached_as_they_chose_or_as_is_left(member: Member, ways: tuple[Channel, ...]) -> None:
    assert channels(member) == ways


MEMBERS = st.lists(
    st.builds(
        Member,
        id=st.integers(1, 8),
        side=st.sampled_from(Side),
        chat=st.booleans(),
        mail=st.booleans(),
        reach=st.sampled_from(Reach),
        is_mailbox=st.booleans(),
        on_duty=st.booleans(),
        deputy=st.none() | st.integers(1, 8),
    ),
    max_size=8,
    unique_by=lambda member: member.id,
)
CONCERNS = st.builds(
    Concern,
    act=st.sampled_from(Act),
    tells=st.sampled_from(Tell),
    side=st.none() | st.sampled_from(Side),
    actor=st.none() | st.integers(1, 8),
    keepers=st.dictionaries(st.sampled_from(Side), st.none() | st.integers(1, 8)),
    former=st.none() | st.integers(1, 8),
)


@given(concern=CONCERNS, members=MEMBERS)
def test_each_is_told_once_by_each_way_and_never_the_actor(concern: Concern, members: list[Member]) -> None:
    told = recipients(concern, members)

    assert len(told) == len(set(told))
    assert concern.actor not in {delivery.person for delivery in told}


@given(concern=CONCERNS, members=MEMBERS)
def test_nobody_is_told_by_a_way_that_is_closed(concern: Concern, members: list[Member]) -> None:
    by_id = {member.id: member for member in members}

    assert all(
        by_id[delivery.person].chat if delivery.channel is CHAT else by_id[delivery.person].mail
        for delivery in recipients(concern, members)
    )
