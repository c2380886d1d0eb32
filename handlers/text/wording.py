"""From a row of the outbox to a message: facts are loaded, the reader's words are made, for every channel."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime

from handlers.text import (
    carry,
    enclosures,
    forms,
    found,
    letters,
    lists,
    notices,
    reminders,
    says,
    team,
    tools,
)
from handlers.text.cards import as_partner, card, card_lines, history_lines
from handlers.text.choices import choices, question
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.rich import line
from handlers.text.screens import Screen, recorded_for_partner
from models.queries import clocks, drafts, files, parties, requests, search, traffic
from models.queries import letters as letter_queries
from models.queries.duplicates import asked_before_by
from models.queries.lists import PAGE, listing
from models.rules.errors import AlreadyAsked, FileTooLarge, Refusal
from models.rules.filelimits import left_out
from models.rules.lifecycle import Detail, Details
from models.rules.narrowing import Narrowing
from models.rules.prose import looks_like_citation
from models.rules.vocabulary import Act, Channel, Clock, Filter, Language, NoticeKind, Say, Side

IN_A_MAIL = 50
"""Lines of a list in a mail, which has no pages."""

Wording = Callable[[Reader, Facts], Awaitable[Screen | None]]


async def word(kind: NoticeKind, facts: Facts, reader: Reader) -> Screen | None:
    """The message for these facts as of now; None when there is nothing to say any more.

    News that nobody waits for arrives without a sound in the reader's quiet hours.
    """
    screen = await WORDINGS[kind](reader, facts)
    quiet = kind in NEWS and reader.is_quiet()
    return replace(screen, silent=True) if screen and quiet else screen


NEWS = frozenset(
    {
        NoticeKind.EVENT,
        NoticeKind.FILE,
        NoticeKind.ASIDE,
        NoticeKind.MAIL_TROUBLE,
        NoticeKind.UNDELIVERED,
        NoticeKind.REMINDER,
        NoticeKind.DIGEST,
        NoticeKind.FILE_EXPIRES,
    }
)
"""What comes by itself; everything else answers somebody who is there."""


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
    act, month = Act(facts["act"]), facts.get("month", "")
    partner = facts.get("for_partner", False)
    acting = as_partner(view) if partner else view
    screen = choices(reader.voice, acting, act, chosen=chosen, today=reader.today(), month=month)
    return recorded_for_partner(screen) if partner else screen


async def _question(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    if view is None:
        return None
    wants = Detail(facts["wants"])
    upload = reader.upload_link(view) if wants is Detail.CONTENT else None
    return question(reader.voice, view, Act(facts["act"]), wants, upload=upload)


async def _form(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    if facts.get("draft") is None:
        return forms.which_service(reader.voice)
    draft = await drafts.draft(facts["draft"], reader.person.id)
    if draft is None:
        return None
    problem = Refusal.from_facts(facts["problem"]) if facts.get("problem") else None
    if isinstance(problem, AlreadyAsked):
        return forms.asked_already(reader.voice, draft, problem)
    sentence = refusal_text(reader.voice, problem, zone=reader.zone) if problem else ""
    if facts.get("partners"):
        partners = await parties.partners_of(reader.person.library or 0)
        return forms.partners_screen(reader.voice, draft, partners)
    month = facts.get("month", "")
    return forms.form_screen(reader.voice, draft, today=reader.today(), month=month, problem=sentence)


async def _list(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    chosen, narrowing = Filter(facts["filter"]), Narrowing.read(facts.get("narrowed", ""))
    if facts.get("narrowing"):
        partners = await parties.partners_of(reader.person.library or 0)
        return lists.narrowing_screen(reader.voice, chosen, narrowing, partners)
    view = await listing(
        reader.person,
        chosen,
        reader.today(),
        narrowing=narrowing,
        page=facts.get("page", 0),
        size=IN_A_MAIL if reader.channel is Channel.MAIL else PAGE,
    )
    partner = next((one for one in await parties.libraries() if one.id == narrowing.partner), None)
    return lists.list_screen(reader.voice, view, partner=partner)


async def _found(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    number = facts.get("search")
    words = await search.words_of_search(number, reader.person.id) if number else facts.get("words")
    if not words:
        return found.search_question(reader.voice)
    view = await search.find(reader.person, words, reader.today(), page=facts.get("page", 0))
    return found.found_screen(reader.voice, view, search=number)


async def _say(reader: Reader, facts: Facts) -> Screen | None:
    what = Say(facts["say"])
    if what not in says.PERSONAL:
        return says.say(reader.voice, what)
    if reader.person is None:
        return None
    library = await parties.library(reader.person.library) if reader.person.library else None
    return says.PERSONAL[what](reader.voice, reader.person, library)


async def _refusal(reader: Reader, facts: Facts) -> Screen | None:
    sentence = refusal_text(reader.voice, Refusal.from_facts(facts["refusal"]), zone=reader.zone)
    view = await _card_view(reader, facts) if facts.get("request") else None
    if view is None:
        return Screen(lines=(line(sentence),))
    lines = (line(sentence), (), *card_lines(reader.voice, view, history=False))
    upload = reader.upload_link(view) if facts["refusal"]["refusal"] == FileTooLarge.__name__ else None
    rows = enclosures.upload_rows(reader.voice, upload)
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
        screen = enclosures.file_screen(reader.voice, file, number, url=reader.file_link(file))
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
    urls = [reader.file_link(one) for one in going]
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
    if draft is None:
        return None
    by_mail = reader.channel is Channel.MAIL
    letter = draft.letter
    if by_mail and (letter is None or looks_like_citation(letter["text"], draft.values)):
        asked = await asked_before_by(draft.id, reader.person.id, reader.now)
        return forms.draft_letter(reader.voice, draft, asked=asked)
    return letters.meant_as(reader.voice, draft, by_mail=by_mail)


async def _for_partner(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    return tools.for_partner_screen(reader.voice, view) if view else None


async def _phrases(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    return tools.phrases_screen(reader.voice, view) if view else None


async def _reader_text(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    if view is None or view.side is not Side.REQUESTING:
        return None
    return tools.reader_screen(reader.voice, view, Language(facts["language"]))


async def _letter(reader: Reader, facts: Facts) -> Screen | None:
    view = await letter_queries.letter(facts["letter"], reader.person) if reader.person else None
    by_mail = reader.channel is Channel.MAIL
    return letters.letter_screen(reader.voice, view, by_mail=by_mail) if view else None


async def _letter_sent(reader: Reader, facts: Facts) -> Screen | None:
    view = await letter_queries.letter(facts["letter"], reader.person) if reader.person else None
    return letters.sent_screen(reader.voice, view) if view else None


async def _letter_asked(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    partners = await parties.partners_of(reader.person.library or 0)
    chosen = facts.get("partner")
    return letters.asked_screen(reader.voice, partners, thread=bool(facts.get("thread")), chosen=chosen)


async def _unclear(reader: Reader, facts: Facts) -> Screen | None:
    view = await _card_view(reader, facts)
    return notices.unclear(reader.voice, view) if view else None


async def _reminder(reader: Reader, facts: Facts) -> Screen | None:
    """Nothing once it is no longer true, or a more urgent step of its clock has come."""
    view = await _card_view(reader, facts)
    anchor = date.fromisoformat(facts["anchor"])
    due = await clocks.still(
        facts["request"], Clock(facts["clock"]), facts["step"], anchor=anchor, now=reader.now
    )
    if view is None or due is None:
        return None
    return reminders.reminder(
        reader.voice, view, due, today=reader.today(), whole=reader.channel is Channel.MAIL
    )


async def _digest(reader: Reader, _facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    waiting = await listing(reader.person, Filter.TO_DO, reader.today(), size=DIGEST_SIZE)
    if not waiting.lines:
        return None
    return reminders.digest(reader.voice, waiting, by_mail=reader.channel is Channel.MAIL)


DIGEST_SIZE = 50
"""Requests of which a digest chooses the most urgent."""

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
    NoticeKind.REMINDER: _reminder,
    NoticeKind.DIGEST: _digest,
    NoticeKind.FOR_PARTNER: _for_partner,
    NoticeKind.PHRASES: _phrases,
    NoticeKind.READER_TEXT: _reader_text,
    NoticeKind.LETTER: _letter,
    NoticeKind.LETTER_SENT: _letter_sent,
    NoticeKind.LETTER_ASKED: _letter_asked,
    NoticeKind.SETTINGS: team.settings,
    NoticeKind.AWAY: team.away,
    NoticeKind.INVITE: team.invite,
    NoticeKind.INVITED: team.invited,
    NoticeKind.STAFF: team.staff,
    NoticeKind.CLOSURES: team.closures,
    NoticeKind.ADDRESS: team.address,
    NoticeKind.MENU: team.menu,
    NoticeKind.FOUND: _found,
    NoticeKind.TOO_LARGE: _too_large,
    NoticeKind.FILE_EXPIRES: _file_expires,
}
