"""A library's calendar as iCalendar (RFC 5545): whole days, stable UIDs, a SEQUENCE that only rises.

The due date of a loan has the UID of the event that its mails carry, so that a calendar that has both shows
one. Nothing in it names a reader. What is over is simply not there any more.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import icalendar

from handlers.text.calendar_feed import AGREEMENT_ENDS, ENDS, LAST_DAY_FOR_NOTICE, NAME
from handlers.text.cards import library_name
from handlers.text.citations import heading, shortened
from handlers.text.details import DUE
from handlers.text.voice import Label, Voice
from models.queries.feed import AgreementDays, FeedView, LoanDue

PRODUCT = "-//Abonement//Interlibrary loan//EN"
MIME = "text/calendar"
FILE = "abonement.ics"
REFRESH = timedelta(hours=12)
LONGEST = 300


def calendar_of(voice: Voice, feed: FeedView, host: str) -> bytes:
    """The calendar in the voice's language; `host` ends the UIDs. The same facts give the same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    title = f"{voice.say(NAME)}: {library_name(voice, feed.library)}"
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH)
    for event in _events(voice, feed, host):
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _events(voice: Voice, feed: FeedView, host: str) -> Iterator[icalendar.Event]:
    for agreement in feed.agreements:
        yield from _agreement(voice, agreement, host)
    for loan in feed.loans:
        yield _loan(voice, loan, host)


def _agreement(voice: Voice, agreement: AgreementDays, host: str) -> Iterator[icalendar.Event]:
    partner = library_name(voice, agreement.partner)
    for mark, label, day in _days(agreement):
        event = _event(day, f"{voice.named(label)}: {partner}", agreement.changed)
        event.add("uid", f"agreement-{agreement.id}-{mark}@{host}")
        event.add("sequence", agreement.edition)
        yield event


def _days(agreement: AgreementDays) -> Iterator[tuple[str, Label, date]]:
    """What each day is: its mark stays the same when the day moves."""
    if agreement.end is not None:
        yield "end", ENDS, agreement.end
    for term in agreement.terms:
        if term.last_day_for_notice is not None:
            yield f"{term.number}-notice", LAST_DAY_FOR_NOTICE, term.last_day_for_notice
        yield f"{term.number}-end", AGREEMENT_ENDS, term.last_day


def _loan(voice: Voice, loan: LoanDue, host: str) -> icalendar.Event:
    event = _event(loan.due, f"{voice.named(DUE)}: {loan.number}", loan.changed)
    event.add("uid", f"due-{loan.number.lower()}@{host}")
    event.add("sequence", loan.version)
    partner = library_name(voice, loan.partner)
    event.add("description", f"{shortened(heading(loan.values), LONGEST)}\n{partner}")
    return event


def _event(day: date, summary: str, changed: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event
