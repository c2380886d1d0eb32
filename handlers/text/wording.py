"""From a row of the outbox to a message: facts are loaded, the reader's words are made, for every channel."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime

from handlers.text import carry, forms, letters, lists, notices, reminders, says, team, tools
from handlers.text.cards import as_partner, card, card_lines, history_lines
from handlers.text.choices import choices, question
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.rich import line
from handlers.text.screens import Screen, recorded_for_partner
from models.queries import clocks, drafts, parties, requests, traffic
from models.queries import letters as letter_queries
from models.rules.errors import Refusal
from models.rules.lifecycle import Detail, Details
from models.rules.prose import looks_like_citation
from models.rules.vocabulary import Act, Channel, Clock, Filter, Language, NoticeKind, Say, Side

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
    return question(reader.voice, view, Act(facts["act"]), Detail(facts["wants"])) if view else None


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
    return Screen(lines=lines, request=view.id, version=view.version)


async def _aside(reader: Reader, facts: Facts) -> Screen | None:
    kept = await traffic.aside(facts["aside"])
    if kept is None:
        return None
    number = await requests.number_of(kept.request) if kept.request else None
    return notices.aside_screen(reader.voice, kept, number)


async def _which(reader: Reader, facts: Facts) -> Screen | None:
    file = await requests.file(facts["file"])
    if file is None or reader.person is None:
        return None
    return notices.which_screen(reader.voice, file, await requests.awaiting_copy(reader.person))


async def _mail_trouble(reader: Reader, facts: Facts) -> Screen | None:
    since = reader.voice.moment(datetime.fromisoformat(facts["since"]), reader.zone)
    return notices.mail_trouble(reader.voice, since=since, waiting=facts["count"])


async def _undelivered(reader: Reader, facts: Facts) -> Screen | None:
    person = await parties.person(facts["person"])
    return notices.undelivered(reader.voice, person, facts["address"]) if person else None


async def _file(_reader: Reader, facts: Facts) -> Screen | None:
    file = await requests.file(facts["file"])
    number = await requests.number_of(facts["request"])
    return Screen(lines=(line(number or ""),), files=(file,), request=facts["request"]) if file else None


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
        return forms.draft_letter(reader.voice, draft)
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
    waiting = await requests.listing(reader.person, Filter.TO_DO, reader.today(), size=DIGEST_SIZE)
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
}
