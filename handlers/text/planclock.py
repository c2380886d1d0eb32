"""What the clock says of plans, in words."""

from datetime import date

from handlers.text.cards import library_name
from handlers.text.cooperation import STEPS
from handlers.text.plandates import when_text
from handlers.text.plans import NEW_PLAN, PLANS, item_lines, item_rows, item_subject
from handlers.text.rich import Lines, bold, line, stacked
from handlers.text.screens import Button, Matter, Screen, Shows, Tap, Verb
from handlers.text.voice import Voice, message
from handlers.text.words import display
from models.queries.parties import LibraryView
from models.queries.plans import ItemView
from models.rules.vocabulary import PlanStepName

PLAN_NEXT = message("Please agree with the partner library what you will do together in {year}.")
REPORT = message("Please mark the results of {year}: what was done together, and how many took part.")
FIGURES = message("The figures of that year: {command}")


def item_reminder(
    voice: Voice, view: ItemView, step: PlanStepName, *, event: int, speaks: bool, answers: Lines = ()
) -> Screen:
    """A reminder of an item, with what can be done about it."""
    when = when_text(voice, view.contents.when)
    said = line(bold(voice.label(STEPS[step])), f" · {when}")
    return Screen(
        lines=stacked([said], item_lines(voice, view, history=False), answers),
        rows=item_rows(voice, view, speaks=speaks),
        shows=Shows(Matter.ITEM, event),
        subject=item_subject(voice, view),
    )


def year_reminder(
    voice: Voice, partner: LibraryView, step: PlanStepName, year: int, *, by_mail: bool
) -> Screen:
    """Plan for next year, or the report is due and how its figures are asked for."""
    asked = PLAN_NEXT if step is PlanStepName.NEXT_PLAN else REPORT
    command = f"{display('report', voice.language) if by_mail else '/report'} {year}"
    figures = [line(voice.say(FIGURES, command=command))] if step is PlanStepName.REPORT_DUE else []
    plans = Button(voice.label(PLANS), Tap(Verb.PLAN, 0, 0, "all"))
    begin = Button(voice.label(NEW_PLAN), Tap(Verb.PLAN, partner.id, 0, "years", str(year)))
    rows = ((begin,), (plans,)) if step is PlanStepName.NEXT_PLAN else ((plans,),)
    return Screen(
        lines=stacked(
            [line(bold(voice.label(STEPS[step]))), line(library_name(voice, partner))],
            [line(voice.say(asked, year=year)), *figures],
        ),
        rows=rows,
        subject=f"{voice.label(STEPS[step])}: {year}",
    )


def anchor_of(facts: dict[str, str]) -> date:
    """The day from which a reminder was counted."""
    return date.fromisoformat(facts["anchor"])
