"""The cooperation plan by mail: a word agrees or declines, lines change a version or propose an item."""

import re
from typing import Any

from handlers.mail.parse import ReadNote
from handlers.mail.scans import Scans
from handlers.mail.visit import LONGEST_NAME, Taken
from handlers.text.labelledlines import Labelled, chosen, read_lines
from handlers.text.plananswers import REASONED, WORDS
from models.operations import plancarry, planconsent, plans
from models.operations.plans import ItemIntent
from models.operations.planteam import speaks
from models.queries import parties
from models.queries import plans as queries
from models.queries.parties import PersonView
from models.queries.plans import PlanView, SeenItem
from models.rules import asking
from models.rules.errors import EmptyReply, NotUnderstood, Refusal
from models.rules.planning import BOTH, Contents, PlanTerm
from models.rules.planning.refusals import UnknownPlan
from models.rules.vocabulary import FormName, ItemAct, ItemKind, NoticeKind, Via

MEANT = {word: act for act, word in WORDS.items()}
CONTENTS = tuple(one.name for one in asking.FORMS[FormName.ITEM])
RESULTS = tuple(one.name for one in asking.FORMS[FormName.RESULT])
LONGEST_WORDS = 2500
LONGEST_PLAN = 40
"""Items in one mail."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


async def ordered(visit: Scans, person: PersonView) -> None:
    """PLAN shows the newest plan; with a year that year's, which is begun if there is none.

    With several partners a plan is begun with the one whose code stands beside the year; until one is named,
    the mail that lists the plans says which codes there are.
    """
    said = visit.reading.text.partition("\n")[0]
    named = _YEAR.search(said)
    year = int(named[0]) if named else None
    partners = await parties.partners_of(person.library or 0)
    meant = [one.id for one in partners if one.code.upper() in said.upper().split()]
    covering = [
        one
        for one in await queries.plans_of(person)
        if (year is None or one.term.first <= year <= one.term.last)
        and (not meant or one.partner.id in meant)
    ]
    chosen_from = meant or [one.id for one in partners]
    if covering and (year is None or len({one.partner.id for one in covering}) == 1):
        visit.say(person, NoticeKind.PLAN, {"plan": covering[0].id})
    elif year is not None and year >= visit.now.year and len(chosen_from) == 1 and await speaks(person):
        plan = await plans.open_plan(person.id, chosen_from[0], PlanTerm(year, year), visit.now)
        visit.say(person, NoticeKind.PLAN, {"plan": plan})
    else:
        visit.say(person, NoticeKind.PLANS, {})


def _words(visit: Scans) -> str:
    """The writer's own words. A quote alone is none of theirs."""
    return "" if visit.reading.note is ReadNote.ONLY_QUOTE else visit.reading.text.strip()


def _signed(visit: Scans) -> str | None:
    return (visit.found.signed_by or "")[:LONGEST_NAME] or None


async def text_answered(visit: Scans, person: PersonView, text: int) -> Taken:
    """An answer to a plan, which names the text that its writer saw."""
    seen = await queries.text_seen(text)
    if seen is None:
        return Taken("no_plan")
    return await plan_answered(visit, person, seen[0], text=seen[1])


async def plan_answered(visit: Scans, person: PersonView, plan: int, *, text: int) -> Taken:
    """YES agrees to the text that was seen, NO with a reason does not; lines propose items."""
    view = await queries.plan(plan, person)
    if view is None:
        return Taken("no_party")
    try:
        shown = await _on_plan(visit, person, view, text=text)
    except Refusal as refusal:
        visit.say(person, NoticeKind.PLAN, {"plan": plan, "refusal": refusal.facts()})
        return Taken("refused", visit.slips)
    visit.say(person, NoticeKind.PLAN, {"plan": shown})
    return Taken("plan", visit.slips)


async def _on_plan(visit: Scans, person: PersonView, view: PlanView, *, text: int) -> int:
    """Do what the mail says of the plan; returns the plan to be shown. Raises refusals."""
    items = _proposals(_words(visit), view, visit)
    if items:
        for number, (contents, contact) in enumerate(items):
            await plans.propose(
                view.id,
                contents,
                actor=person.id,
                via=Via.EMAIL,
                key=f"{visit.key}:{number}",
                now=visit.now,
                contact=contact,
                signed_by=_signed(visit),
            )
        return view.id
    match visit.reading.act or visit.reading.unclear:
        case "yes" if visit.reading.act:
            await planconsent.consent(view.id, text, _whole(visit, person, ItemAct.CONSENT), visit.now)
        case "no":
            reason = {"reason": _reason(_words(visit))}
            await planconsent.object_to(
                view.id, text, _whole(visit, person, ItemAct.OBJECT, reason), visit.now
            )
        case "carry" if visit.reading.act:
            carried = await plancarry.carry_over(
                view.id,
                actor=person.id,
                via=Via.EMAIL,
                key=visit.key,
                now=visit.now,
                signed_by=_signed(visit),
            )
            return carried.plan
        case _:
            raise NotUnderstood
    return view.id


def _whole(
    visit: Scans, person: PersonView, act: ItemAct, details: dict[str, Any] | None = None
) -> ItemIntent:
    return ItemIntent(
        item=0,
        act=act,
        actor=person.id,
        via=Via.EMAIL,
        key=visit.key,
        details=details or {},
        signed_by=_signed(visit),
    )


def _proposals(text: str, view: PlanView, visit: Scans) -> list[tuple[Contents, str]]:
    """The items that blocks of lines propose, each with the contact; raises `BadAnswer`."""
    found: list[tuple[Contents, str]] = []
    for block in re.split(r"\n\s*\n", text)[:LONGEST_PLAN]:
        lines = read_lines(block, CONTENTS)
        if "title" in lines.fields:
            values = _values(lines, visit)
            contact = values.pop("contact", "")
            kind = values.setdefault("kind", ItemKind.OTHER.value)
            values["kind"] = kind
            values["lead"] = _lead(values.get("lead"), view.library.code, view.partner.code)
            found.append((Contents.read(values), contact))
    return found


def _values(lines: Labelled, visit: Scans, form: FormName = FormName.ITEM) -> dict[str, Any]:
    """The lines as a form stores them; a dash clears a field. Raises `BadAnswer`."""
    today = (visit.reading.date or visit.now).date()
    values: dict[str, Any] = {}
    for name, written in lines.fields.items():
        if written.strip() in {"-", "–", "—"}:
            values[name] = ""
        else:
            words = chosen(form, name, written)
            values[name] = asking.read_answer(form, name, words, today=min(today, visit.now.date()))
    return values


def _lead(said: str | None, own: str, partner: str) -> str:
    return {"own": own, "partner": partner}.get(said or "", BOTH)


async def item_answered(visit: Scans, person: PersonView, event: int) -> Taken:
    """An answer to an item, as its writer saw it at that event."""
    seen = await queries.seen_with(event)
    view = await queries.item(seen.item, person) if seen and seen.item else None
    if seen is None or view is None:
        return Taken("no_party")
    try:
        act, item = await _on_item(visit, person, seen, own=view.library.code, partner=view.partner.code)
    except Refusal as refusal:
        visit.say(person, NoticeKind.ITEM, {"item": view.id, "refusal": refusal.facts()})
        return Taken("refused", visit.slips)
    visit.say(person, NoticeKind.ITEM, {"item": item, "done": act})
    return Taken("item", visit.slips)


async def _on_item(
    visit: Scans, person: PersonView, seen: SeenItem, *, own: str, partner: str
) -> tuple[ItemAct, int]:
    """Do what the mail says of the item; returns which one shows it now. Raises refusals."""
    text = _words(visit)
    lines = read_lines(text, {*CONTENTS, *RESULTS, "reason"})
    act, details = _meant(visit, lines, own=own, partner=partner)
    files: tuple[int, ...] = ()
    if act is ItemAct.REPORT:
        files, wrong = await visit.keep_files(person)
        for refusal in wrong[:1]:
            visit.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
    intent = _intent(visit, person, seen, act, details=details, files=files)
    done = await plans.act(intent, visit.now)
    if act is ItemAct.ACCEPT and (contact := lines.fields.get("contact")):
        named = _intent(
            visit, person, seen, ItemAct.NAME_CONTACT, details={"contact": contact}, more=":contact"
        )
        await plans.act(named, visit.now)
    return act, done.item


def _intent(
    visit: Scans,
    person: PersonView,
    seen: SeenItem,
    act: ItemAct,
    *,
    details: dict[str, Any],
    files: tuple[int, ...] = (),
    more: str = "",
) -> ItemIntent:
    if seen.item is None:
        raise UnknownPlan
    return ItemIntent(
        item=seen.item,
        act=act,
        actor=person.id,
        via=Via.EMAIL,
        key=f"{visit.key}{more}",
        seen=seen.version,
        details=details,
        files=files,
        signed_by=_signed(visit),
    )


def _meant(visit: Scans, lines: Labelled, *, own: str, partner: str) -> tuple[ItemAct, dict[str, Any]]:
    """The act that lines or the first word mean; anything else is a comment. Raises `BadAnswer`.

    Lines that change the item outweigh a YES: what is changed is not yet accepted.
    """
    if "result" in lines.fields:
        kept = {name: value for name, value in lines.fields.items() if name in RESULTS}
        return ItemAct.REPORT, _values(Labelled(kept), visit, FormName.RESULT)
    changes = {name: value for name, value in lines.fields.items() if name in CONTENTS and name != "contact"}
    if changes:
        values = _values(Labelled(changes), visit)
        if "lead" in values:
            values["lead"] = _lead(values["lead"], own, partner)
        return ItemAct.CHANGE, {"values": values}
    act = _act_of(visit)
    if act in REASONED:
        reason = lines.fields.get("reason") or _reason(_words(visit))
        return act, {"reason": reason} if reason else {}
    if act is not ItemAct.COMMENT:
        return act, {}
    if "contact" in lines.fields:
        return ItemAct.NAME_CONTACT, {"contact": lines.fields["contact"]}
    words = _words(visit)
    if not words:
        raise EmptyReply
    return act, {"note": words[:LONGEST_WORDS]}


def _act_of(visit: Scans) -> ItemAct:
    """YES has to be said plainly; what needs a reason may go on with it."""
    plain = MEANT.get(visit.reading.act or "")
    begun = MEANT.get(visit.reading.unclear or "")
    return plain or (begun if begun in REASONED and begun else ItemAct.COMMENT)


def _reason(text: str) -> str:
    """What stands behind the first word."""
    first, _, rest = text.partition("\n")
    tail = first.partition(" ")[2].strip(" \t,.;:!-–—")
    return "\n".join(filter(None, (tail, rest.strip())))[:LONGEST_WORDS]
