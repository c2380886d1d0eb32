"""From a row of the outbox to a message: facts are loaded, the reader's words are made, for every channel."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.links import Links
from handlers.text import carry, enclosures, forms, lists, notices, says
from handlers.text.cards import card, card_lines, history_lines
from handlers.text.choices import choices, question
from handlers.text.refusals import refusal_text
from handlers.text.rich import line
from handlers.text.screens import Button, Rows, Screen
from handlers.text.voice import Voice
from models.queries import drafts, files, parties, requests, traffic
from models.queries.parties import PersonView
from models.rules.errors import FileTooLarge, Refusal
from models.rules.filelimits import left_out
from models.rules.lifecycle import Detail, Details
from models.rules.vocabulary import Act, Channel, Filter, NoticeKind, Say

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the words are made, and when: `person` is None for a stranger."""

    voice: Voice
    now: datetime
    person: PersonView | None
    zone: str
    channel: Channel = Channel.CHAT
    links: Links | None = None

    def today(self) -> Any:
        """The civil day at the reader's library."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()


Wording = Callable[[Reader, Facts], Awaitable[Screen | None]]


async def word(kind: NoticeKind, facts: Facts, reader: Reader) -> Screen | None:
    """The message for these facts as of now; None when there is nothing to say any more."""
    return await WORDINGS[kind](reader, facts)


async def _card_view(
    reader: Reader, facts: Facts, *, history: int = requests.HISTORY
) -> requests.CardView | None:
    if reader.person is None:
        return None
    view = await requests.card(facts["request"], reader.person, reader.now, history=history)
    # A mail comes back as a quote, which a colleague may send on: the reader's reference is in none.
    return replace(view, reader=None) if view and reader.channel is Channel.MAIL else view


async def _event(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    if view is None or reader.person is None:
        return None
    event = await requests.event(facts["event"], reader.person)
    if event is None:
        return None
    if reader.channel is Channel.MAIL:
        return notices.event_letter(reader.voice, view, event)
    return notices.event_screen(reader.voice, view, event)


async def _card(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts, history=50 if facts.get("history") else requests.HISTORY)
    if view is None:
        return None
    screen = card(reader.voice, view)
    if facts.get("history"):
        lines = (*card_lines(reader.voice, view, history=False)[:2], (), *history_lines(reader.voice, view))
        screen = replace(screen, lines=lines)
    if note := facts.get("refusal"):
        sentence = refusal_text(reader.voice, Refusal.from_facts(note), zone=reader.zone)
        screen = replace(screen, lines=(line(sentence), (), *screen.lines))
    return screen


async def _choices(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    chosen = carry.unpack(facts.get("carry", "")) or Details()
    if view is None:
        return None
    act = Act(facts["act"])
    month = facts.get("month", "")
    return choices(reader.voice, view, act, chosen=chosen, today=reader.today(), month=month)


async def _question(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    if view is None:
        return None
    wants = Detail(facts["wants"])
    upload = upload_link(reader, view) if wants is Detail.CONTENT else None
    return question(reader.voice, view, Act(facts["act"]), wants, upload=upload)


def upload_link(reader: Reader, view: requests.CardView) -> str | None:
    """Where the reader sends a large scan for the request; None where no page is open to the public."""
    if reader.links is None or reader.person is None or not view.offers(Act.DELIVER):
        return None
    return reader.links.upload(view.id, reader.person, reader.now)


def file_link(reader: Reader, file: requests.FileView) -> str | None:
    """Where the reader fetches the file; None where no page is open to the public."""
    if reader.links is None or reader.person is None or file.expired:
        return None
    return reader.links.file(file, reader.person)


async def _form(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    if facts.get("draft") is None:
        return forms.which_service(reader.voice)
    draft = await drafts.draft(facts["draft"], reader.person.id)
    if draft is None:
        return None
    problem = facts.get("problem")
    sentence = refusal_text(reader.voice, Refusal.from_facts(problem), zone=reader.zone) if problem else ""
    if facts.get("partners"):
        partners = await parties.partners_of(reader.person.library or 0)
        return forms.partners_screen(reader.voice, draft, partners)
    month = facts.get("month", "")
    return forms.form_screen(reader.voice, draft, today=reader.today(), month=month, problem=sentence)


async def _list(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    chosen = Filter(facts["filter"])
    page = await requests.listing(reader.person, chosen, reader.today(), page=facts.get("page", 0))
    return lists.list_screen(reader.voice, page)


async def _say(reader: Reader, facts: Facts) -> Screen | None:
    what = Say(facts["say"])
    if what is not Say.WELCOME:
        return says.say(reader.voice, what)
    if reader.person is None:
        return None
    library = await parties.library(reader.person.library) if reader.person.library else None
    return says.welcome(reader.voice, reader.person, library)


async def _refusal(reader: Reader, facts: Facts) -> Screen | None:
    sentence = refusal_text(reader.voice, Refusal.from_facts(facts["refusal"]), zone=reader.zone)
    view = await _card_view(reader, facts) if facts.get("request") else None
    if view is None:
        return Screen(lines=(line(sentence),))
    lines = (line(sentence), (), *card_lines(reader.voice, view, history=False))
    upload = upload_link(reader, view) if facts["refusal"]["refusal"] == FileTooLarge.__name__ else None
    rows: Rows = ((Button(reader.voice.label(enclosures.UPLOAD), url=upload),),) if upload else ()
    return Screen(lines=lines, rows=rows, request=view.id, version=view.version)


async def _aside(reader: Reader, facts: Facts) -> Screen | None:
    kept = await traffic.aside(facts["aside"])
    if kept is None:
        return None
    number = await requests.number_of(kept.request) if kept.request else None
    return notices.aside_screen(reader.voice, kept, number)


async def _which(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    asked = set(facts["files"])
    loose = [one for one in await files.loose_of(reader.person.id) if one.id in asked]
    if not loose:
        return None
    show = enclosures.which_letter if reader.channel is Channel.MAIL else enclosures.which_screen
    return show(reader.voice, loose, await requests.awaiting_copy(reader.person))


async def _mail_trouble(reader: Reader, facts: Facts) -> Screen | None:
    since = reader.voice.moment(datetime.fromisoformat(facts["since"]), reader.zone)
    return notices.mail_trouble(reader.voice, since=since, waiting=facts["count"])


async def _undelivered(reader: Reader, facts: Facts) -> Screen | None:
    person = await parties.person(facts["person"])
    return notices.undelivered(reader.voice, person, facts["address"]) if person else None


async def _file(reader: Reader, facts: Facts) -> Screen | None:
    file = await requests.file(facts["file"])
    if file is None or file.expired:
        return None
    number = await requests.number_of(facts["request"]) or ""
    if left_out(reader.channel, [file.size]):
        screen = enclosures.file_screen(reader.voice, file, number, url=file_link(reader, file))
        return replace(screen, request=facts["request"])
    return Screen(lines=(line(number),), files=(file,), request=facts["request"])


async def _too_large(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    if view is None or reader.links is not None:
        return None
    return enclosures.too_large(reader.voice, view, await files.those(facts["files"]))


async def _file_expires(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    going = [one for one in await files.those(facts["files"]) if not one.expired]
    if view is None or not going:
        return None
    urls = [file_link(reader, one) for one in going]
    return enclosures.expires(reader.voice, view, going, urls)


async def _receipt(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    event = await requests.event(facts["event"], reader.person) if reader.person else None
    return notices.receipt(reader.voice, view, event) if view and event else None


async def _invitation(reader: Reader, facts: Facts) -> Screen | None:
    invited = await traffic.invitation(facts["invitation"])
    if invited is None or invited.used or invited.library is None:
        return None
    library = await parties.library(invited.library)
    return says.invitation(reader.voice, library, invited)


async def _draft_asked(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    draft = await drafts.draft(facts["draft"], reader.person.id)
    return forms.draft_letter(reader.voice, draft) if draft else None


async def _unclear(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    return notices.unclear(reader.voice, view) if view else None


WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.EVENT: _event,
    NoticeKind.FILE: _file,
    NoticeKind.CARD: _card,
    NoticeKind.CHOICES: _choices,
    NoticeKind.QUESTION: _question,
    NoticeKind.FORM: _form,
    NoticeKind.LIST: _list,
    NoticeKind.SAY: _say,
    NoticeKind.REFUSAL: _refusal,
    NoticeKind.RECEIPT: _receipt,
    NoticeKind.INVITATION: _invitation,
    NoticeKind.UNCLEAR: _unclear,
    NoticeKind.DRAFT_ASKED: _draft_asked,
    NoticeKind.ASIDE: _aside,
    NoticeKind.WHICH: _which,
    NoticeKind.MAIL_TROUBLE: _mail_trouble,
    NoticeKind.UNDELIVERED: _undelivered,
    NoticeKind.TOO_LARGE: _too_large,
    NoticeKind.FILE_EXPIRES: _file_expires,
}
