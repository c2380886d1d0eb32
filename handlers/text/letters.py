"""Letters to the partner: what was written, how it is answered, and what a message may be meant as."""

from handlers.text import labels
from handlers.text.cards import comment_mark, library_name
from handlers.text.citations import shortened
from handlers.text.details import file_line
from handlers.text.rich import Line, bold, italic, labelled, line, paragraphs, stacked
from handlers.text.screens import Button, Screen, Tap, Verb
from handlers.text.voice import Voice, label
from handlers.text.words import display
from models.queries.drafts import DraftView
from models.queries.letters import LetterView
from models.queries.parties import LibraryView

SUBJECT = label("letter", "subject")
TO = label("letter", "to")
FROM = label("letter", "letter from")


def _mail_subject(view: LetterView) -> str:
    return view.subject if view.subject.lower().startswith("re:") else f"Re: {view.subject}"


def letter_screen(voice: Voice, view: LetterView, *, by_mail: bool) -> Screen:
    """A letter as the other library reads it; a reply to it is the answer."""
    head = [
        line(
            bold(f"{voice.named(FROM)}: {library_name(voice, view.library)}"),
            f" · {view.by}",
            comment_mark(voice, view.language),
        ),
        labelled(voice.named(SUBJECT), view.subject),
    ]
    how = voice.say("To answer, reply to this message.")
    answer = Button(voice.label(labels.ANSWER), Tap(Verb.LETTER, view.thread))
    enclosed = [file_line(voice, one) for one in view.files]
    return Screen(
        lines=stacked(head, paragraphs(view.text), enclosed, [line(italic(how))]),
        rows=() if by_mail else ((answer,),),
        files=view.files if by_mail else (),
        subject=_mail_subject(view) if view.answers else view.subject,
        letter=view.thread,
        answers=view.answers,
    )


def sent_screen(voice: Voice, view: LetterView) -> Screen:
    """A letter has left."""
    sent = voice.say("The letter is sent. To: {library}.", library=library_name(voice, view.partner))
    enclosed = [file_line(voice, one) for one in view.files]
    return Screen(
        lines=(line(bold(sent)), labelled(voice.named(SUBJECT), view.subject), *enclosed),
        subject=_mail_subject(view),
        letter=view.thread,
    )


def asked_screen(voice: Voice, partners: list[LibraryView], *, thread: bool, chosen: int | None) -> Screen:
    """The words of a letter are asked for, or first the library that it goes to."""
    if not thread and chosen is None:
        buttons = [
            (Button(library_name(voice, one), Tap(Verb.LETTER, 0, 0, str(one.id))),) for one in partners
        ]
        return Screen(lines=(line(bold(voice.say("To which library?"))),), rows=tuple(buttons))
    asked: list[Line] = [line(bold(voice.say("Please write your letter in one message.")))]
    asked += [labelled(voice.named(TO), library_name(voice, one)) for one in partners if one.id == chosen]
    return Screen(lines=tuple(asked), placeholder=voice.label(labels.ANSWER))


def meant_as(voice: Voice, draft: DraftView, *, by_mail: bool) -> Screen:
    """A message without a citation: it is shown to its sender alone, who says what it is."""
    text = (draft.letter or {}).get("text", "")
    quoted = [*paragraphs(shortened(text, 1500)), *(file_line(voice, one) for one in draft.files)]
    if by_mail:
        asked = voice.say(
            "What is this mail? Reply with one word: {file}, a request; {letter}, a letter to the partner "
            "library; {discard}, nothing.",
            file=display("file", voice.language),
            letter=display("letter", voice.language),
            discard=display("discard", voice.language),
        )
        return Screen(lines=stacked([line(bold(asked))], quoted))
    asked = voice.say("This does not look like a citation. What shall become of it?")
    buttons = [
        (Button(voice.label(term), Tap(Verb.DRAFT, draft.id, 0, "", what)),)
        for term, what in (
            (labels.FILE_AS_REQUEST, "file"),
            (labels.SEND_AS_LETTER, "letter"),
            (labels.DISCARD, "drop"),
        )
    ]
    return Screen(lines=stacked([line(bold(asked))], quoted), rows=tuple(buttons))
