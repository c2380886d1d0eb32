"""From an agreement as it stands to a letter: its days are those that the rules reckon."""

from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.papers.agreement_facts import letter_facts
from handlers.papers.facts import Signatory
from models.queries.agreements import PartyView, SignatoryView
from models.rules.papers import LetterKind
from tests.text.test_agreements import ENDED, ENDING, FACTS, NOTICE

BAKU, ALMATY = 1, 2
IN_TIME = datetime(2028, 8, 8, 6, tzinfo=UTC)
TOO_LATE = datetime(2028, 8, 9, 6, tzinfo=UTC)


def test_a_notice_in_time_ends_the_term_that_runs() -> None:
    made = letter_facts(FACTS, LetterKind.NOTICE, sender=BAKU, now=IN_TIME)

    assert made is not None
    assert (made.received, made.ends) == (date(2028, 8, 8), date(2028, 11, 8))


def test_a_later_notice_ends_the_agreement_as_early_as_it_can() -> None:
    made = letter_facts(FACTS, LetterKind.NOTICE, sender=BAKU, now=TOO_LATE)

    assert made is not None
    assert (made.received, made.ends) == (date(2028, 8, 9), date(2028, 11, 9))


def test_the_day_is_that_of_the_library_that_receives() -> None:
    # Half past eleven in the evening in Baku is the next day in Almaty.
    night = datetime(2028, 8, 8, 19, 30, tzinfo=UTC)
    to_almaty = letter_facts(FACTS, LetterKind.NOTICE, sender=BAKU, now=night)
    to_baku = letter_facts(FACTS, LetterKind.NOTICE, sender=ALMATY, now=night)

    assert to_almaty is not None
    assert to_baku is not None
    assert (to_almaty.received, to_baku.received) == (date(2028, 8, 9), date(2028, 8, 8))


def test_only_who_gave_a_notice_withdraws_it() -> None:
    own = letter_facts(ENDING, LetterKind.WITHDRAWAL, sender=BAKU, now=IN_TIME)

    assert own is not None
    assert (own.received, own.ends) == (NOTICE.received_on, date(2028, 10, 30))
    assert letter_facts(ENDING, LetterKind.WITHDRAWAL, sender=ALMATY, now=IN_TIME) is None
    assert letter_facts(FACTS, LetterKind.WITHDRAWAL, sender=BAKU, now=IN_TIME) is None


def test_an_amendment_shows_the_deadline_that_follows_from_it() -> None:
    made = letter_facts(FACTS, LetterKind.AMENDMENT, sender=BAKU, now=IN_TIME)
    blank = letter_facts(replace(FACTS, amendments=()), LetterKind.AMENDMENT, sender=BAKU, now=IN_TIME)

    assert made is not None
    assert (made.new_last_day, made.new_deadline) == (date(2029, 12, 31), date(2029, 9, 30))
    assert blank is not None
    assert (blank.new_last_day, blank.new_deadline) == (None, None)


def test_nothing_is_drafted_once_the_last_term_is_over() -> None:
    over = datetime(2040, 1, 1, tzinfo=UTC)
    fixed = replace(ENDED, duration=replace(ENDED.duration, renewal=None))

    assert letter_facts(fixed, LetterKind.AMENDMENT, sender=BAKU, now=over) is None


def signatory(number: int, name: str, since: date, *, original: bool = False) -> SignatoryView:
    return SignatoryView(
        id=number, library=BAKU, names={"en": name}, post={"en": "Director"}, since=since, original=original
    )


def test_who_signs_is_in_office_today_and_never_of_2013() -> None:
    signed = signatory(1, "Signed in 2013", date(2013, 11, 8), original=True)
    before = signatory(2, "Before", date(2020, 1, 1))
    now = signatory(3, "Now", date(2026, 1, 1))
    later = signatory(4, "Later", date(2030, 1, 1))
    both = replace(FACTS, signatories=(signed, later, now, before))
    alone = replace(FACTS, signatories=(signed,))
    made = letter_facts(both, LetterKind.NOTICE, sender=BAKU, now=IN_TIME)
    blank = letter_facts(alone, LetterKind.NOTICE, sender=BAKU, now=IN_TIME)

    assert made is not None
    assert made.sender.signatory == Signatory(name={"en": "Now"}, post={"en": "Director"})
    assert made.recipient.signatory is None
    assert blank is not None
    assert blank.sender.signatory is None


def test_the_names_of_the_agreement_come_before_those_of_the_desk() -> None:
    party = PartyView(
        library=BAKU, names={"ru": "Полное имя"}, address={"ru": "Баку"}, contacts={"tel": "+994 12"}
    )
    made = letter_facts(replace(FACTS, parties=(party,)), LetterKind.NOTICE, sender=BAKU, now=IN_TIME)

    assert made is not None
    assert (made.sender.names["ru"], made.sender.names["en"]) == ("Полное имя", "Azerbaijan National Library")
    assert (made.sender.addresses["ru"], made.sender.contacts) == ("Баку", "+994 12")
