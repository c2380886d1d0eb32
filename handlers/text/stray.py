"""What is said about mail that nobody may act on yet, and about mail that is too much."""

from collections.abc import Sequence

from handlers.text import labels
from handlers.text.citations import shortened
from handlers.text.rich import Line, bold, line, paragraphs, stacked
from handlers.text.screens import Button, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import Voice, label
from handlers.text.words import display
from models.queries.traffic import AsideView

MOST_LISTED = 8
FAILED = "Failed"
"""The mailbox folder for what could not be stored."""
VERDICTS = {
    "stranger": label("verdict", "the sender is not known here"),
    "forged": label("verdict", "the reply address is damaged or forged"),
    "other_sender": label("verdict", "the address belongs to somebody else"),
    "authentication": label("verdict", "the sender could not be authenticated"),
    "unreadable": label("verdict", "the message could not be read"),
    "left": label("verdict", "the sender has left the desk"),
}


def aside_screen(voice: Voice, kept: AsideView, number: str | None) -> Screen:
    """A mail that was kept aside, for a coordinator: nothing was done and nobody was answered."""
    head = [
        line(bold(voice.say("A mail was kept aside."))),
        line(voice.say("Reason: {reason}", reason=voice.label(VERDICTS[kept.verdict]))),
    ]
    return Screen(
        lines=stacked([*head, *_facts(voice, kept, number)], paragraphs(kept.excerpt), _by_mail(voice, kept)),
        rows=() if kept.settled else _rows(voice, kept),
    )


def _facts(voice: Voice, kept: AsideView, number: str | None) -> list[Line]:
    facts = [
        line(voice.say("From: {address}", address=kept.from_address)),
        line(voice.say("Subject: {subject}", subject=shortened(kept.subject, 200))),
    ]
    if number:
        facts.append(line(voice.say("Request: {number}", number=number)))
    return facts + [line(voice.say("Attached, not opened: {name}", name=name)) for name in kept.attachments]


def _rows(voice: Voice, kept: AsideView) -> Rows:
    through = [_button(voice.label(labels.LET_THROUGH), kept, "through")] if kept.person else []
    attach = [_button(voice.say("Add as a comment"), kept, "attach")] if kept.request else []
    return rows_of(
        [
            *through,
            *attach,
            _button(voice.label(labels.NEW_REQUEST), kept, "new"),
            _button(voice.label(labels.BLOCK), kept, "drop"),
            _button(voice.label(labels.BLOCK_SENDER), kept, "block"),
        ]
    )


def _button(text: str, kept: AsideView, what: str) -> Button:
    return Button(text, Tap(Verb.ASIDE, kept.id, 0, "", what))


def _by_mail(voice: Voice, kept: AsideView) -> list[Line]:
    """How to decide by a reply, where there are no buttons."""
    if kept.settled or kept.person is None:
        return []
    yes, no = display("yes", voice.language), display("no", voice.language)
    return [line(voice.say("By mail: {yes} lets it through, {no} leaves it aside.", yes=yes, no=no))]


def was_it_you(voice: Voice, kept: AsideView, number: str | None) -> Screen:
    """Somebody wrote with this person's own reply address from another mailbox: were they that?"""
    asked = voice.say("Was this you? A message with your reply address came from another mailbox.")
    waits = voice.say("Nothing is done until you say so.")
    buttons = [
        _button(voice.label(labels.LET_THROUGH), kept, "through"),
        _button(voice.label(labels.NOT_ME), kept, "drop"),
    ]
    return Screen(
        lines=stacked(
            [line(bold(asked)), line(waits)],
            _facts(voice, kept, number),
            paragraphs(kept.excerpt),
            _by_mail(voice, kept),
        ),
        rows=() if kept.settled else rows_of(buttons),
    )


def digest(voice: Voice, kept: Sequence[AsideView]) -> Screen:
    """More mails were kept aside within an hour than are shown one by one."""
    said = voice.plural(
        "{n} mail was kept aside within an hour.", "{n} mails were kept aside within an hour.", len(kept)
    )
    listed = kept[:MOST_LISTED]
    lines = [line(one.from_address, " — ", shortened(one.subject, 80)) for one in listed]
    buttons = [_button(shortened(one.from_address, 40), one, "show") for one in listed]
    return Screen(lines=stacked([line(bold(said))], lines), rows=tuple((one,) for one in buttons))


def unstored(voice: Voice, box: str, count: int) -> Screen:
    """Mail that the program cannot take in lies in a folder of the mailbox."""
    said = voice.plural(
        "{n} mail could not be taken in. It lies in the folder {folder} of the mailbox.",
        "{n} mails could not be taken in. They lie in the folder {folder} of the mailbox.",
        count,
        folder=FAILED,
    )
    return Screen(lines=(line(bold(said)), line(voice.say("Mailbox: {box}", box=box))))


def flood(voice: Voice, address: str, number: str | None) -> Screen:
    """One sender writes too much: it is recorded, and nobody acts on it or answers."""
    lines = [
        line(bold(voice.say("Too many mails came from one sender within ten minutes."))),
        line(voice.say("From: {address}", address=address)),
        line(voice.say("What came beyond ten is recorded only; nothing was done and nobody was answered.")),
    ]
    if number:
        lines.insert(2, line(voice.say("Request: {number}", number=number)))
    return Screen(lines=tuple(lines))
