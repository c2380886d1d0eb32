"""Short forms in words: one question at a time, then what will be sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handlers.text import labels
from handlers.text.calendar import month_rows
from handlers.text.cooperation import FIELDS, FORMS, choice_text
from handlers.text.plandates import when_text
from handlers.text.rich import Line, bold, italic, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, marked, rows_of
from handlers.text.voice import Label, Voice, label, message
from models.rules import asking
from models.rules.asking import Answer, Ask
from models.rules.vocabulary import FormName

SEND = label("button_send", "Send")
READY = message("Please check before it is sent.")
WHICH = message("What would you like to change?")
EDITING = "edit"
FILES = message("You may also send files here.")

PROMPTS: dict[str, str] = {
    "years": message("For which year? Or from when to when, for example 2027–2029."),
    "kind": message("What kind of item?"),
    "title": message("Title?"),
    "description": message("What is it about? A few sentences."),
    "lead": message("Which library leads it?"),
    "when": message("When? Choose a day, or type a day or a quarter, for example 14.05.2027 or Q2 2027."),
    "place": message("Where?"),
    "link": message("Link? For example https://example.org/seminar"),
    "contact": message("Who is the contact at your library? Name, telephone or address."),
    "reason": message("Please give the reason in a sentence or two; the partner library reads it."),
    "result": message("What came of it? A few sentences for the yearly report."),
    "ours": message("How many people took part from your library?"),
    "theirs": message("How many people took part from the partner library?"),
    "topics": message("Which topics? Several are possible."),
    "text": message("What shall colleagues know?"),
    "language": message("In which language is it written?"),
    "second": message("Is there a second language? Then title and text are asked once more."),
    "second_title": message("Title in the second language?"),
    "second_text": message("Text in the second language?"),
}
WITH_FILES = frozenset({FormName.RESULT, FormName.BULLETIN})
"""Forms to which a file may be sent while they are open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An open short form: about which plan, item or information, what is answered, what is asked now."""

    form: FormName
    ref: int
    values: Mapping[str, Any]
    step: str | None

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Asked":
        """From a conversation's data, or the facts of a notice."""
        return cls(form=FormName(facts["form"]), ref=facts["ref"], values=facts["values"], step=facts["step"])


def asked_screen(voice: Voice, asked: Asked, *, today: date, month: str = "", problem: str = "") -> Screen:
    """The open question, or what will be sent; `problem` says what was wrong with the last answer."""
    if asked.step == EDITING:
        return _fields(voice, asked)
    ask = asking.ask_of(asked.form, asked.step) if asked.step else None
    if ask is None:
        return _review(voice, asked, problem)
    head = [line(bold(voice.label(FORMS[asked.form])))]
    said = [line(voice.say(PROMPTS[ask.name]))]
    if asked.form in WITH_FILES:
        said.append(line(italic(voice.say(FILES))))
    current = asked.values.get(ask.name)
    if current:
        said.append(line(italic(value_text(voice, ask.name, current))))
    return Screen(
        lines=stacked([line(problem)] if problem else [], head, said),
        rows=(*_answers(voice, asked, ask, today=today, month=month), *_ways(voice, asked, ask)),
        placeholder=voice.named(FIELDS[ask.name]),
    )


def value_text(voice: Voice, name: str, value: Any) -> str:
    """An answer as it is shown: choices and dates in words."""
    if isinstance(value, list):
        return ", ".join(choice_text(voice, name, one) for one in value)
    return when_text(voice, value) if name == "when" else choice_text(voice, name, str(value))


def value_lines(voice: Voice, asked: Asked) -> Iterator[Line]:
    """Everything that was answered, in the order of the questions."""
    for ask in asking.FORMS[asked.form]:
        if value := asked.values.get(ask.name):
            yield labelled(voice.named(FIELDS[ask.name]), value_text(voice, ask.name, value))
    if files := asked.values.get("files"):
        yield line(voice.plural("{n} file is attached.", "{n} files are attached.", len(files)))


def tap(asked: Asked, way: str, value: str = "") -> Tap:
    """A button of a short form: it names the form, so that a button of an earlier one does nothing."""
    return Tap(Verb.ASKED, asked.ref, 0, f"{asked.form}.{way}", value)


def _answers(voice: Voice, asked: Asked, ask: Ask, *, today: date, month: str) -> Rows:
    if ask.answer is Answer.WHEN:
        shown = date.fromisoformat(f"{month}-01") if month else today
        first = today + timedelta(days=1)
        return month_rows(voice, shown, first=first, tap=lambda day: tap(asked, "pick", f"{ask.name}.{day}"))
    if ask.answer is Answer.YEARS:
        years = (str(today.year + ahead) for ahead in range(2))
        return rows_of(Button(year, tap(asked, "pick", f"{ask.name}.{year}")) for year in years)
    chosen = asked.values.get(ask.name, ())
    buttons = (
        marked(
            Button(choice_text(voice, ask.name, one), tap(asked, "pick", f"{ask.name}.{one}")),
            chosen=ask.answer is Answer.MANY and one in chosen,
        )
        for one in ask.choices
        if not (ask.name == "second" and one == asked.values.get("language"))
    )
    return rows_of(buttons)


def _ways(voice: Voice, asked: Asked, ask: Ask) -> Rows:
    """On, skip, back, give up: as far as each makes sense here."""
    buttons = []
    if ask.answer is Answer.MANY and asked.values.get(ask.name):
        buttons.append(_way(voice, asked, labels.NEXT, "on", ask.name))
    if not ask.required:
        buttons.append(_way(voice, asked, labels.SKIP, "skip", ask.name))
    if asking.previous_ask(asked.form, ask.name):
        buttons.append(_way(voice, asked, labels.BACK, "back", ask.name))
    if asked.form in asking.REVIEWED and not asking.lacking(asked.form, asked.values):
        buttons.append(_way(voice, asked, labels.FINISH, "review"))
    return rows_of([*buttons, _cancel(voice, asked)])


def _way(voice: Voice, asked: Asked, term: Label, way: str, value: str = "") -> Button:
    return Button(voice.label(term), tap(asked, way, value))


def _cancel(voice: Voice, asked: Asked) -> Button:
    return Button(f"✖ {voice.label(labels.CANCEL)}", tap(asked, "drop"))


def _review(voice: Voice, asked: Asked, problem: str) -> Screen:
    send = Button(voice.label(SEND), tap(asked, "send"), ButtonStyle.SUCCESS)
    again = _way(voice, asked, labels.EDIT, "ask", EDITING)
    return Screen(
        lines=stacked(
            [line(problem)] if problem else [],
            [line(bold(voice.label(FORMS[asked.form])))],
            value_lines(voice, asked),
            [line(voice.say(READY))],
        ),
        rows=((send, again), (_cancel(voice, asked),)),
    )


def _fields(voice: Voice, asked: Asked) -> Screen:
    names = (one.name for one in asking.FORMS[asked.form])
    buttons = [Button(voice.named(FIELDS[name]), tap(asked, "ask", name)) for name in names]
    back = _way(voice, asked, labels.BACK, "review")
    return Screen(lines=(line(voice.say(WHICH)),), rows=(*rows_of(buttons), (back,)))
