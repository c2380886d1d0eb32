"""A cooperation plan in words: the plan, an item with its history, what happened to it, what can be done."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.text.cards import library_name
from handlers.text.citations import shortened
from handlers.text.cooperation import ACTS, FIELDS, KINDS, LEADS, NEWS, STAGES
from handlers.text.plandates import when_text
from handlers.text.plandays import calendar_file, has_day
from handlers.text.rich import Line, Lines, bold, italic, labelled, line, paragraphs, stacked
from handlers.text.screens import Button, ButtonStyle, Matter, Rows, Screen, Shows, Tap, Verb, rows_of
from handlers.text.voice import Voice, label, message
from handlers.text.words import display
from models.queries.parties import LibraryView
from models.queries.plans import ItemView, PlanEventView, PlanView
from models.rules.planning import BOTH, CLAUSES, UNFINISHED, Contents, PlanTerm
from models.rules.vocabulary import ItemAct, ItemStage

ANNUAL = label("annual_plan", "annual plan")
LONG_TERM = label("long_term_plan", "long-term plan")
CLAUSE = label("clause", "clause")
BEFORE = label("plan_field", "agreed version")
VERSION = label("plan_field", "version")
CONTACT_HERE = label("plan_field", "contact with us")
CONTACT_THERE = label("plan_field", "contact with the partner")
OPEN_ITEM = label("plan_button", "Open the item")
OPEN_PLAN = label("plan_button", "Open the plan")
NEW_PLAN = label("plan_button", "New plan")
CARRY_ALL = label("plan_button", "Carry over the rest")
PLANS = label("plan_button", "Plans")
CALENDAR = label("plan_button", "Into the calendar")

EMPTY = message("There is no item yet. A coordinator of either library can propose the first one.")
NO_PLANS = message("There is no plan yet. A coordinator of either library can begin one.")
BY_MAIL = message("Reply with {word} and a year, for example {word} 2027: the plan comes, or is begun.")
WITH_CODE = message("With several partners, name one of them too, for example {sample}. Partners: {codes}.")
WITH_WHOM = message("A new plan with which library?")
NO_TEXT = message("Nothing is accepted yet, so there is no text to agree to.")
AGREED = message("Agreed by both libraries on {day}, text {number}.")
CHANGED_SINCE = message("The text has changed since: text {number} waits for both libraries.")
WAITS_BOTH = message("Text {number} waits for both libraries.")
WAITS_PARTNER = message("Your library agreed to text {number}; the partner library has not yet.")
WAITS_OWN = message("The partner library agreed to text {number}; your library has not yet.")
NOT_IN_TEXT = message("Items that only one side has accepted are not part of the text.")
ALONE = frozenset({ItemAct.COMMENT})
"""Said by replying, without a button."""
LONGEST_LINE = 90
LONGEST_NAME = 60
SEVERAL = 2


def plan_title(voice: Voice, term: PlanTerm) -> str:
    """`Annual plan 2027`, `Long-term plan 2027–2029`."""
    return f"{voice.named(ANNUAL if term.is_one_year else LONG_TERM)} {term}"


def plan_screen(voice: Voice, view: PlanView, *, speaks: bool, by_mail: bool) -> Screen:
    """The plan with its items and how far it is agreed; `speaks`: the reader may answer for their library."""
    head: Lines = (
        line(bold(plan_title(voice, view.term))),
        line(f"{library_name(voice, view.library)} – {library_name(voice, view.partner)}"),
    )
    items = [*_items(voice, view, whole=by_mail)] or [line(voice.say(EMPTY))]
    return Screen(
        lines=stacked(head, items, agreement_lines(voice, view)),
        rows=() if by_mail else _plan_rows(voice, view, speaks=speaks),
        subject=f"{plan_title(voice, view.term)} · {view.partner.code}",
    )


def _items(voice: Voice, view: PlanView, *, whole: bool) -> Iterator[Line]:
    for one in view.items:
        stage = voice.label(STAGES[one.stage])
        when = when_text(voice, one.contents.when)
        yield line(
            bold(f"{one.number}. {shortened(one.contents.title, LONGEST_LINE)}"),
            f" · {voice.label(KINDS[one.contents.kind])} · {when} · {stage}",
        )
        if whole:
            yield from _more(voice, one)


def _more(voice: Voice, one: ItemView) -> Iterator[Line]:
    lead = _lead(voice, one, one.contents)
    parts = [f"{voice.named(FIELDS['lead'])}: {lead}", one.contents.place, one.contents.link]
    yield line("    ", " · ".join(part for part in parts if part))


def agreement_lines(voice: Voice, view: PlanView) -> Lines:
    """How far the text is agreed, in one line or two."""
    if not view.text:
        return (line(italic(voice.say(NO_TEXT))),)
    said: list[Line] = []
    if view.agreed_at is not None:
        day = voice.local_day(view.agreed_at, view.library.zone)
        said.append(line(voice.say(AGREED, day=day, number=view.agreed_text)))
    if not view.is_agreed:
        said.append(line(voice.say(_waits(view), number=view.text)))
    if any(one.stage is ItemStage.PROPOSED for one in view.items):
        said.append(line(italic(voice.say(NOT_IN_TEXT))))
    return tuple(said)


def _waits(view: PlanView) -> str:
    if view.has_own_consent:
        return WAITS_PARTNER
    if view.partner.id in view.consents:
        return WAITS_OWN
    return CHANGED_SINCE if view.agreed_at else WAITS_BOTH


def may_consent(view: PlanView) -> bool:
    """Whether the text that stands waits for the reader's library."""
    return bool(view.text) and not view.is_agreed and not view.has_own_consent


def may_carry(view: PlanView) -> bool:
    """Whether something is left that the next year's plan could take."""
    return any(one.stage in UNFINISHED for one in view.items)


def _plan_rows(voice: Voice, view: PlanView, *, speaks: bool) -> Rows:
    items = [
        (Button(shortened(f"{one.number}. {one.contents.title}", 40), Tap(Verb.ITEM, one.id, 0, "open")),)
        for one in view.items
    ]
    plans = Button(voice.label(PLANS), Tap(Verb.PLAN, 0, 0, "all"))
    calendar = Button(voice.label(CALENDAR), Tap(Verb.PLAN, view.id, 0, "calendar"))
    last = rows_of([calendar, plans] if any(map(has_day, view.items)) else [plans])
    if not speaks:
        return (*items, *last)
    acts = [Button(voice.label(ACTS[ItemAct.PROPOSE]), Tap(Verb.PLAN, view.id, 0, "propose"))]
    if may_consent(view):
        consent = Tap(Verb.PLAN, view.id, view.text, "consent")
        objection = Tap(Verb.PLAN, view.id, view.text, "object")
        acts.append(Button(voice.label(ACTS[ItemAct.CONSENT]), consent, ButtonStyle.SUCCESS))
        acts.append(Button(voice.label(ACTS[ItemAct.OBJECT]), objection))
    if may_carry(view):
        acts.append(Button(voice.label(CARRY_ALL), Tap(Verb.PLAN, view.id, 0, "carry")))
    return (*items, *rows_of(acts), *last)


def calendar_screen(voice: Voice, items: Sequence[ItemView], now: datetime) -> Screen | None:
    """The known days as a file for the reader's calendar; None where there are none any more."""
    document = calendar_file(voice, items, now)
    if document is None:
        return None
    said = [
        line(f"{voice.day(one.when.first)} · {one.contents.title}")
        for one in items
        if has_day(one) and one.when
    ]
    return Screen(lines=(line(bold(voice.label(CALENDAR))), *said), documents=(document,))


def partners_screen(voice: Voice, partners: Sequence[LibraryView]) -> Screen:
    """With which library is a plan begun?"""
    buttons = tuple(
        (Button(shortened(library_name(voice, one), LONGEST_NAME), Tap(Verb.PLAN, one.id, 0, "new")),)
        for one in partners
    )
    back = (Button(voice.label(PLANS), Tap(Verb.PLAN, 0, 0, "all")),)
    return Screen(lines=(line(bold(voice.say(WITH_WHOM))),), rows=(*buttons, back))


def plans_screen(
    voice: Voice, plans: list[PlanView], *, speaks: bool, by_mail: bool, partners: Sequence[LibraryView] = ()
) -> Screen:
    """The plans of the library, the newest first; a mail tells by which word each comes and one is begun.

    `partners` are those whose code a mail has to name, where there are several.
    """
    rows = [
        (Button(f"{plan_title(voice, one.term)} · {one.partner.code}", Tap(Verb.PLAN, one.id, 0, "open")),)
        for one in plans
    ]
    begin = ((Button(voice.label(NEW_PLAN), Tap(Verb.PLAN, 0, 0, "new")),),) if speaks else ()
    said = [line(f"• {plan_title(voice, one.term)} · {library_name(voice, one.partner)}") for one in plans]
    head = line(bold(voice.label(PLANS)))
    how = _how(voice, [one.code for one in partners])
    return Screen(
        lines=stacked([head, *(said or [line(voice.say(NO_PLANS))])], how if by_mail else ()),
        rows=() if by_mail else (*rows, *begin),
        subject=voice.label(PLANS),
    )


def _how(voice: Voice, codes: Sequence[str]) -> Lines:
    """The word that brings a plan, or begins one; with several partners also a code."""
    word = display("plan", voice.language)
    one_of_two = line(italic(voice.say(BY_MAIL, word=word)))
    if len(codes) < SEVERAL:
        return (one_of_two,)
    sample = voice.say(WITH_CODE, sample=f"{word} 2027 {codes[0]}", codes=", ".join(codes))
    return (one_of_two, line(italic(sample)))


def _lead(voice: Voice, view: ItemView, contents: Contents) -> str:
    if contents.lead == BOTH:
        return voice.label(LEADS["both"])
    own = contents.lead == view.library.code
    return library_name(voice, view.library if own else view.partner)


def contents_lines(voice: Voice, view: ItemView, contents: Contents) -> Lines:
    """One edition of an item, field by field."""
    pairs = (
        ("lead", _lead(voice, view, contents)),
        ("when", when_text(voice, contents.when)),
        ("place", contents.place),
        ("link", contents.link),
    )
    return stacked(
        [line(bold(contents.title)), line(italic(_kind(voice, contents)))],
        paragraphs(contents.description) if contents.description else [],
        [labelled(voice.named(FIELDS[name]), value) for name, value in pairs if value],
    )


def _kind(voice: Voice, contents: Contents) -> str:
    return f"{voice.named(KINDS[contents.kind])} · {voice.label(CLAUSE)}: {CLAUSES[contents.kind]}"


def _contacts(voice: Voice, view: ItemView) -> Iterator[Line]:
    for term, library in ((CONTACT_HERE, view.library), (CONTACT_THERE, view.partner)):
        if contact := view.contacts.get(str(library.id)):
            yield labelled(voice.named(term), contact)


def item_lines(voice: Voice, view: ItemView, *, history: bool = True) -> Lines:
    """The whole item: where it stands, what it says, who is in charge, what happened."""
    head = [
        line(
            bold(f"{plan_title(voice, view.term)}, {view.number}"),
            f" · {voice.label(STAGES[view.stage])} · {voice.label(VERSION)}: {view.edition}",
        )
    ]
    agreed = contents_lines(voice, view, view.agreed) if view.agreed else ()
    return stacked(
        head,
        contents_lines(voice, view, view.contents),
        _contacts(voice, view),
        ([line(italic(f"{voice.named(BEFORE)}:"))] if agreed else []),
        agreed,
        [_past(voice, one, view) for one in view.events] if history else [],
    )


def _past(voice: Voice, one: PlanEventView, view: ItemView) -> Line:
    when = voice.moment(one.at, view.library.zone)
    said = one.details.get("reason") or one.details.get("result") or one.details.get("note") or ""
    tail = f": {shortened(said, 120)}" if said else ""
    return line(f"{when} · {one.library.code} · {voice.label(NEWS[one.act])} · {one.by}{tail}")


def item_screen(voice: Voice, view: ItemView, *, speaks: bool, event: int) -> Screen:
    """The item and what can be done with it; `event` is the newest one, which an answer speaks of."""
    return Screen(
        lines=item_lines(voice, view),
        rows=item_rows(voice, view, speaks=speaks),
        shows=Shows(Matter.ITEM, event),
        subject=item_subject(voice, view),
    )


def item_subject(voice: Voice, view: ItemView) -> str:
    """The same throughout an item's mails."""
    return f"{plan_title(voice, view.term)}, {view.number}: {shortened(view.contents.title, 120)}"


def item_rows(voice: Voice, view: ItemView, *, speaks: bool) -> Rows:
    """A button for each act that is possible now, and the way to the plan."""
    plan = Button(voice.label(OPEN_PLAN), Tap(Verb.PLAN, view.plan, 0, "open"))
    calendar = Button(voice.label(CALENDAR), Tap(Verb.ITEM, view.id, 0, "calendar"))
    last = rows_of([calendar, plan] if has_day(view) else [plan])
    if not speaks:
        return last
    acts = dict.fromkeys(act for act in view.acts if act not in ALONE)
    buttons = [
        Button(voice.label(ACTS[act]), Tap(Verb.ITEM, view.id, view.version, act), _style(act))
        for act in acts
    ]
    return (*rows_of(buttons), *last)


def _style(act: ItemAct) -> ButtonStyle:
    return {ItemAct.ACCEPT: ButtonStyle.SUCCESS, ItemAct.CANCEL: ButtonStyle.DANGER}.get(
        act, ButtonStyle.PLAIN
    )


def news_lines(voice: Voice, event: PlanEventView) -> Lines:
    """What happened, who did it, and the words that came with it."""
    who = f"{library_name(voice, event.library)}: {voice.label(NEWS[event.act])}"
    said: list[Line] = [line(bold(who), f" · {event.by}")]
    for name in ("reason", "result", "note", "contact"):
        if value := event.details.get(name):
            said += [labelled(voice.named(FIELDS[name]), value)] if name in FIELDS else paragraphs(value)
    for mine, field in _counts(event):
        said.append(labelled(voice.named(FIELDS[field]), voice.number(mine)))
    return tuple(said)


def _counts(event: PlanEventView) -> Iterator[tuple[int, str]]:
    """Participants as the reader's side counts them: theirs are ours when the partner tells."""
    swapped = {"ours": "theirs", "theirs": "ours"}
    for name in ("ours", "theirs"):
        value = event.details.get(name)
        if value is not None:
            yield value, name if event.own else swapped[name]


def item_news(
    voice: Voice, view: ItemView, event: PlanEventView, *, speaks: bool, answers: Lines = ()
) -> Screen:
    """What happened to an item, then the item as it stands; a mail also tells how to answer."""
    return Screen(
        lines=stacked(news_lines(voice, event), item_lines(voice, view, history=False), answers),
        rows=item_rows(voice, view, speaks=speaks),
        files=event.files,
        shows=Shows(Matter.ITEM, event.id),
        subject=item_subject(voice, view),
    )
