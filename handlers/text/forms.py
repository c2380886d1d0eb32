"""The guided form and its review, in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from handlers.text import labels
from handlers.text.calendar import month_rows
from handlers.text.cards import SUPPLYING, library_name
from handlers.text.citations import citation_lines, field_name, field_value
from handlers.text.details import file_line
from handlers.text.refusals import refusal_text
from handlers.text.rich import Line, bold, italic, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import Label, Voice, label, message
from handlers.text.words import display
from models.queries.drafts import DraftView
from models.queries.parties import LibraryView
from models.rules import citation, form
from models.rules.errors import AlreadyAsked
from models.rules.vocabulary import Purpose, Service

PROMPTS: dict[str, str] = {
    "title": message("Title? You may also paste the whole citation, an ISBN or a DOI."),
    "author": message("Author? For example: Auezov M. O."),
    "part_title": message("Title of the article or chapter?"),
    "part_author": message("Author of the article or chapter?"),
    "year": message("Year of publication? Four digits, for example 1977."),
    "volume": message("Which volumes? For example 2 or 1–4."),
    "issue": message("Which issue or number?"),
    "issue_date": message("Date of the issue? For a newspaper it is the surest way to the page."),
    "pages": message("Which pages? For example 12–40."),
    "needed_by": message("By which day is it needed? Choose a day or type it, for example 14.01.2027."),
    "reader": message("Reader's card number or initials? This stays with your library and is never sent."),
    "note": message("Anything else that the other library should know?"),
    "purpose": message("What is it needed for?"),
    "isbn": message("ISBN? With or without hyphens."),
    "issn": message("ISSN? For example 0042-8779."),
    "our_number": message("Your own register number? Only your library sees it."),
}
ALSO = message("What else would do? Then the other library needs to answer only once. Several are possible.")
LACKING = message("Still missing: {field}.")
CHECK = message("The other library did not find it by these details. Please check: {field}.")
OTHER_FIELD = message("Please type the value.")

REVIEW = message("Please check the request before it is sent.")
REVIEW_COPYRIGHT = message(
    "By sending you confirm: the copy is for the reader's own study or research, "
    "and copyright law is observed."
)
WHICH_FIELD = message("What would you like to change? You can also reply with a line such as “pages: 12–40”.")
NO_PARTNER = message(
    "No library can be asked yet: there is no agreement in force. Please tell your coordinator."
)
NOW_LOAN = label("button", "As a loan")
NOW_COPY = label("button", "As a copy")
NOW_ACQUIRED = label("button", "To be acquired")
AS = {Service.LOAN: NOW_LOAN, Service.COPY: NOW_COPY, Service.ACQUISITION: NOW_ACQUIRED}
"""How the review offers another service."""
RAW = label("field", "as it was written")


def form_screen(voice: Voice, draft: DraftView, *, today: date, month: str = "", problem: str = "") -> Screen:
    """The open question of the draft, or its review; `problem` says what was wrong with the last answer."""
    if draft.step == EDITING:
        return _fields(voice, draft)
    if draft.step:
        return _question(voice, draft, today=today, month=month, problem=problem)
    return review(voice, draft, problem=problem)


EDITING = "edit"
ALSO_FIELD = "also"


def _question(voice: Voice, draft: DraftView, *, today: date, month: str, problem: str) -> Screen:
    step = draft.field or "title"
    prompt = voice.say(ALSO if step == ALSO_FIELD else PROMPTS.get(step, OTHER_FIELD))
    lines: list[Line] = [line(bold(field_name(voice, step))), line(prompt)]
    current = draft.reader if step == form.READER else draft.values.get(step)
    if current:
        lines.append(line(italic(field_value(voice, step, current))))
    return Screen(
        lines=stacked(_problem(problem), _doubt(voice, draft), lines),
        rows=(*_answers(voice, draft, step, today=today, month=month), *_ways(voice, draft, step)),
        placeholder=field_name(voice, step),
    )


def _problem(problem: str) -> list[Line]:
    return [line(problem)] if problem else []


def _doubt(voice: Voice, draft: DraftView) -> list[Line]:
    """What the partner could not find by, as long as it stands as it was."""
    if draft.doubtful not in labels.FIELDS:
        return []
    return [line(bold(voice.say(CHECK, field=field_name(voice, draft.doubtful))))]


def _answers(voice: Voice, draft: DraftView, step: str, *, today: date, month: str) -> Rows:
    if step == "needed_by":
        shown = date.fromisoformat(f"{month}-01") if month else today
        first = today + timedelta(days=1)
        return month_rows(
            voice,
            shown,
            first=first,
            tap=lambda day: Tap(Verb.PICK, draft.id, 0, step, day),
        )
    if step == ALSO_FIELD:
        return tuple((button,) for button in _alternatives(voice, draft))
    if step == "purpose":
        taps = [(one, Tap(Verb.PICK, draft.id, 0, step, one)) for one in Purpose]
        return rows_of(Button(voice.label(labels.PURPOSES[one]), tap) for one, tap in taps)
    return ()


def _alternatives(voice: Voice, draft: DraftView) -> Iterator[Button]:
    """What would do as well: a tap adds it, another takes it off."""
    chosen = draft.values.get(ALSO_FIELD, ())
    for one in form.ALTERNATIVES[draft.service]:
        mark = "✓ " if one in chosen else ""
        yield Button(f"{mark}{voice.label(labels.ALSO[one])}", Tap(Verb.PICK, draft.id, 0, ALSO_FIELD, one))


def _ways(voice: Voice, draft: DraftView, step: str) -> Rows:
    """Skip, back, straight to the review, give up: as far as each makes sense here."""
    if not draft.walking:
        return rows_of([_draft_button(voice, draft, labels.BACK, "review"), _cancel(voice, draft)])
    buttons = []
    if form.may_skip(draft.service, draft.values, step):
        buttons.append(_draft_button(voice, draft, labels.SKIP, f"skip.{step}"))
    if form.previous_step(draft.service, step):
        buttons.append(_draft_button(voice, draft, labels.BACK, f"back.{step}"))
    if form.is_complete(draft.service, draft.values):
        buttons.append(_draft_button(voice, draft, labels.FINISH, "review"))
    return rows_of([*buttons, _cancel(voice, draft)])


def _draft_button(
    voice: Voice, draft: DraftView, text: Label, what: str, *, style: ButtonStyle = ButtonStyle.PLAIN
) -> Button:
    return Button(voice.label(text), Tap(Verb.DRAFT, draft.id, 0, "", what), style)


def _cancel(voice: Voice, draft: DraftView) -> Button:
    text = f"✖ {voice.label(labels.CANCEL)}"
    return Button(text, Tap(Verb.DRAFT, draft.id, 0, "", "drop"))


ENDS = message(
    "A notice runs: the agreement with this library ends on {day}. "
    "A loan has to be back by then; copies go on."
)


def review(voice: Voice, draft: DraftView, *, problem: str = "") -> Screen:
    """The draft as it would be sent, and the button that sends it."""
    partner = [labelled(voice.named(SUPPLYING), library_name(voice, draft.partner))] if draft.partner else []
    lines = stacked(
        _problem(problem),
        _doubt(voice, draft),
        [line(bold(voice.label(labels.SERVICES[draft.service]))), *partner],
        tuple(citation_lines(voice, draft.values)),
        _own(voice, draft),
        [file_line(voice, one) for one in draft.files],
        [line(bold(voice.say(ENDS, day=voice.day(draft.ends))))] if draft.ends else [],
        [line(voice.say(REVIEW if draft.partner else NO_PARTNER))],
        [line(italic(voice.say(REVIEW_COPYRIGHT)))] if draft.service is Service.COPY else [],
    )
    return Screen(lines=lines, rows=_review_rows(voice, draft))


def asked_already(voice: Voice, draft: DraftView, asked: AlreadyAsked) -> Screen:
    """The review once more: the same was asked before, and may be asked again."""
    shown = review(voice, draft, problem=refusal_text(voice, asked))
    again = _draft_button(voice, draft, labels.SEND_AGAIN, "again")
    there = Button(voice.label(labels.OPEN_THAT), Tap(Verb.CARD, asked.request))
    edit = _draft_button(voice, draft, labels.EDIT, EDITING)
    return replace(shown, rows=(*rows_of([again, there, edit]), *shown.rows[1:]))


def draft_letter(voice: Voice, draft: DraftView, *, asked: AlreadyAsked | None = None) -> Screen:
    """How a new mail would be filed, the words that file or drop it, and whether it was asked before."""
    how = voice.say(
        "This is how your mail would be filed. Reply with one word: {file}, to send it as a request; "
        "{letter}, to send it as a letter; {discard}, to drop it. "
        "A line such as “pages: 12–40” changes a field.",
        file=display("file", voice.language),
        letter=display("letter", voice.language),
        discard=display("discard", voice.language),
    )
    lacking = citation.missing(draft.service, draft.values)
    kept = review(
        voice, draft, problem=voice.say(LACKING, field=field_name(voice, lacking[0])) if lacking else ""
    )
    before = [line(bold(refusal_text(voice, asked)))] if asked else []
    return Screen(lines=stacked(before, [line(bold(how))], kept.lines))


def _own(voice: Voice, draft: DraftView) -> list[Line]:
    own = []
    if number := draft.values.get("our_number"):
        own.append(labelled(field_name(voice, "our_number"), str(number)))
    if draft.reader:
        own.append(labelled(field_name(voice, form.READER), draft.reader))
    return own


def _review_rows(voice: Voice, draft: DraftView) -> Rows:
    send = _draft_button(voice, draft, labels.SEND, "send", style=ButtonStyle.SUCCESS)
    edit = _draft_button(voice, draft, labels.EDIT, EDITING)
    others = [
        _draft_button(voice, draft, term, f"as.{one}") for one, term in AS.items() if one is not draft.service
    ]
    partner = _draft_button(voice, draft, labels.OTHER_LIBRARY, "partner")
    rows = ((send, edit),) if draft.partner else ((edit,),)
    return (*rows, *rows_of([*others, _cancel(voice, draft)]), (partner,))


def _fields(voice: Voice, draft: DraftView) -> Screen:
    fields = [
        Button(field_name(voice, name), Tap(Verb.FIELD, draft.id, 0, name))
        for name in form.EDITABLE[draft.service]
    ]
    back = _draft_button(voice, draft, labels.BACK, "review")
    return Screen(lines=(line(voice.say(WHICH_FIELD)),), rows=(*rows_of(fields), (back,)))


def partners_screen(voice: Voice, draft: DraftView, partners: list[LibraryView]) -> Screen:
    """Which library shall be asked?"""
    buttons = [
        (Button(library_name(voice, one), Tap(Verb.PICK, draft.id, 0, "partner", str(one.id))),)
        for one in partners
    ]
    back = _draft_button(voice, draft, labels.BACK, "review")
    return Screen(lines=(line(voice.say("Which library shall be asked?")),), rows=(*buttons, (back,)))


def which_service(voice: Voice) -> Screen:
    """The first question of a new request."""
    buttons = [Button(voice.label(labels.SERVICES[one]), Tap(Verb.NEW, 0, 0, one)) for one in Service]
    question = voice.say(
        "What do you need: the original on loan, a copy, or help to acquire it? "
        "You may also paste a citation straight away."
    )
    return Screen(lines=(line(question),), rows=rows_of(buttons))
