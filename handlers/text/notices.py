"""News of a request: what happened, the words that came with it, and the card as it stands now."""

from handlers.text import labels
from handlers.text.card_buttons import act_rows, whole_mail
from handlers.text.cards import (
    FOR_PARTNER,
    card_lines,
    comment_mark,
    head_lines,
    library_name,
    news,
    turn_lines,
)
from handlers.text.citations import citation_lines, heading, shortened
from handlers.text.details import DUE, detail_lines, file_line
from handlers.text.rich import Line, Lines, bold, labelled, line, stacked
from handlers.text.screens import Button, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import Voice, message
from models.queries.history import EventView
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.vocabulary import Act

LINK_DELIVERED = message("The link is recorded as the delivery.")
SETS_DUE = frozenset({Act.SHIP, Act.RECEIVE, Act.RECEIVE_DAMAGED, Act.GRANT_RENEWAL})
"""Acts by which the due date is counted anew where nobody names one."""
NEWS_ROWS = 4
"""A notice shows the acts most likely now; the card has the rest."""


def headline(voice: Voice, view: CardView, event: EventView) -> str:
    """Who did what, in one line: library, colon, what happened."""
    who = library_name(voice, view.own if event.own else view.partner)
    what = news(voice, event)
    mark = f" ({voice.label(FOR_PARTNER)})" if event.for_partner else ""
    return f"{what}{mark}" if event.side is None else f"{who}: {what}{mark}"


def event_lines(voice: Voice, view: CardView, event: EventView) -> Lines:
    """What happened and everything that came with it."""
    by = f" · {event.by}" if event.by else ""
    mark = comment_mark(voice, event.language) if event.details.note else ""
    said: list[Line] = [line(bold(headline(voice, view, event)), by, mark)]
    said += detail_lines(voice, event.act, event.details, service=view.service, pieces=view.standing.pieces)
    if event.act in SETS_DUE and view.due and not event.details.due:
        said.append(labelled(voice.named(DUE), voice.day(view.due)))
    said += [file_line(voice, file) for file in event.files]
    return tuple(said)


def event_screen(voice: Voice, view: CardView, event: EventView) -> Screen:
    """News in a chat: what happened, which request, the acts that are likely now."""
    whole = event.act is Act.SUBMIT
    request = (
        stacked(
            head_lines(voice, view), tuple(turn_lines(voice, view)), tuple(citation_lines(voice, view.values))
        )
        if whole
        else (*head_lines(voice, view), line(shortened(heading(view.values), 200)))
    )
    return Screen(
        lines=stacked(event_lines(voice, view, event), request),
        rows=(*news_rows(voice, view), *rows_of(whole_mail(voice, view.id, [event]))),
        request=view.id,
        version=view.version,
        live=True,
        event=event.id,
    )


def event_letter(voice: Voice, view: CardView, event: EventView) -> Screen:
    """News in a mail: what happened, then the whole request."""
    return Screen(
        lines=stacked(event_lines(voice, view, event), card_lines(voice, view, history=False)),
        files=event.files,
        request=view.id,
        version=view.version,
    )


def receipt(voice: Voice, view: CardView, event: EventView) -> Screen:
    """One line that confirms what came by mail, and where the request stands now."""
    done = voice.say("Recorded: {what}.", what=news(voice, event))
    if event.act is Act.DELIVER and event.details.url and not event.files:
        done = voice.say(LINK_DELIVERED)
    return Screen(
        lines=stacked([line(bold(done))], head_lines(voice, view), tuple(turn_lines(voice, view))),
        request=view.id,
        version=view.version,
    )


def unclear(voice: Voice, view: CardView) -> Screen:
    """Words that begin like an act and do not plainly say it: kept as a comment, and asked again."""
    asked = voice.say(
        "Your words are kept as a comment; nothing else was changed. If you meant an answer, please reply "
        "once more and begin with one of the words below."
    )
    return Screen(
        lines=stacked([line(asked)], head_lines(voice, view)), request=view.id, version=view.version
    )


def news_rows(voice: Voice, view: CardView) -> Rows:
    """The first rows of the card, and a way to the whole of it."""
    acts = act_rows(voice, view)[:NEWS_ROWS]
    return (*acts, (Button(voice.label(labels.ACTS[Act.OPEN]), Tap(Verb.CARD, view.id)),))


def mail_trouble(voice: Voice, *, since: str, waiting: int) -> Screen:
    """Mail has not left for long: coordinators hear of it in chat."""
    return Screen(
        lines=(
            line(bold(voice.say("Mail is not leaving."))),
            line(voice.say("Since: {since}", since=since)),
            line(
                voice.plural(
                    "{n} message waits; it is tried again and not lost.",
                    "{n} messages wait; they are tried again and not lost.",
                    waiting,
                )
            ),
        )
    )


def mail_cap(voice: Voice, *, left: int, cap: int) -> Screen:
    """Few more mails may leave today: coordinators hear of it before mail begins to wait."""
    head = voice.say("Almost as many mails have left as the mail provider allows in a day.")
    return Screen(
        lines=(
            line(bold(head)),
            line(voice.say("In the last 24 hours: {left} of {cap}", left=left, cap=cap)),
            line(voice.say("What goes beyond it waits until the next day; nothing is lost.")),
        )
    )


def undelivered(voice: Voice, person: PersonView, address: str, *, of_content: bool = False) -> Screen:
    """A mail was refused for good: its library hears of it in chat."""
    advice = voice.say("Please check the address with your coordinator.")
    if of_content:
        advice = voice.say("The mail server refused what the mail contains; the address itself is good.")
    return Screen(
        lines=(
            line(bold(voice.say("A mail could not be delivered."))),
            line(voice.say("To: {name}, {address}", name=person.name, address=address)),
            line(advice),
        )
    )
