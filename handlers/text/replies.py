"""How an act is said by mail: which word says it, which act a word means now, what is spelled out."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.text import labels
from handlers.text.card_buttons import ON_CARD, hidden
from handlers.text.enclosures import upload_line
from handlers.text.rich import BLANK, Line, bold, line
from handlers.text.voice import Voice, message
from handlers.text.words import display
from models.queries.requests import CardView
from models.rules.vocabulary import Act, Condition, Reason, ScanProblem, Settlement

MEANINGS: dict[str, tuple[Act, ...]] = {
    "yes": (Act.YES, Act.ACCEPT, Act.GRANT_RENEWAL, Act.AGREE_CANCEL, Act.AGREE_SETTLEMENT, Act.FINE),
    "no": (Act.NO, Act.DECLINE, Act.REFUSE_RENEWAL, Act.REFUSE_CANCEL, Act.CANNOT_RESEND),
    "conditions": (Act.CONDITIONS,),
    "later": (Act.LATER, Act.EXPECT, Act.TRY_AGAIN),
    "sent": (Act.SHIP, Act.DETAIL_DISPATCH),
    "received": (Act.RECEIVE, Act.CHECK_IN),
    "not_received": (Act.CLAIM, Act.CLAIM_RETURN),
    "damaged": (Act.RECEIVE_DAMAGED, Act.CHECK_IN_DAMAGED),
    "renew": (Act.ASK_RENEWAL, Act.GRANT_RENEWAL),
    "due": (Act.CHANGE_DUE,),
    "recall": (Act.RECALL,),
    "returned": (Act.SEND_BACK,),
    "checked_in": (Act.CHECK_IN,),
    "fine": (Act.FINE,),
    "problem": (Act.PROBLEM,),
    "lost": (Act.LOSE,),
    "found": (Act.FIND,),
    "cancel": (Act.CANCEL, Act.AGREE_CANCEL),
    "close": (Act.CLOSE, Act.DECLINE),
    "reopen": (Act.REOPEN,),
    "undo": (Act.UNDO,),
    "wait": (Act.WAIT,),
    "take": (Act.TAKE,),
    "expect": (Act.EXPECT,),
    "withdraw": (Act.WITHDRAW_CONDITIONS,),
    "ask_status": (Act.ASK_STATUS,),
    "again": (Act.FIX_AND_RESEND,),
    "copy": (Act.ASK_COPY,),
    "another": (Act.ASK_ANOTHER,),
    "gap": (Act.TO_GAP_LIST,),
    "more": (Act.PROMISE_MORE,),
    "complete": (Act.COMPLETE,),
    "settle": (Act.PROPOSE_SETTLEMENT,),
    "hand_over": (Act.HAND_OVER,),
    "obtained": (Act.OBTAIN,),
    "value": (Act.DETAIL_DISPATCH,),
    "insured": (Act.DETAIL_DISPATCH,),
}
"""What a word may mean, the likeliest first: the first act that is possible now is taken."""

PREFERRED: dict[Act, str] = {
    Act.CHECK_IN: "checked_in",
    Act.FINE: "fine",
    Act.GRANT_RENEWAL: "yes",
    Act.EXPECT: "expect",
}
WORDS: dict[Act, str] = {
    act: PREFERRED.get(act, word) for word, acts in reversed(MEANINGS.items()) for act in reversed(acts)
}
"""The word that people are told to write for an act."""

SAMPLES: dict[Act, str] = {
    Act.SHIP: "14.01.2027 RR123456789KZ",
    Act.LATER: "14.01.2027",
    Act.EXPECT: "14.01.2027",
    Act.CHANGE_DUE: "14.01.2027",
    Act.PROBLEM: "15–17",
    Act.OBTAIN: "12 EUR",
    Act.ASK_COPY: "12–40",
}
"""What may follow the word, where an example says more than an explanation."""


PASTE = message("A reply with a link to it alone delivers it as well.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A word to reply with, and what it does."""

    act: Act
    words: str
    meaning: str


def meant(word: str, view: CardView) -> Act | None:
    """The act that a word means for this request and side now; None where it means none of the possible."""
    if word == "undo":
        return Act.UNDO
    return next((act for act in MEANINGS.get(word, ()) if view.offers(act)), None)


def intended(word: str) -> Act | None:
    """The act that a word means first, possible or not: a refusal names it."""
    return next(iter(MEANINGS.get(word, ())), None)


def choices(voice: Voice, view: CardView) -> tuple[Choice, ...]:
    """What the reader can say by mail now."""
    offered = (act for act in ON_CARD[view.side] if view.offers(act) and not hidden(view, act))
    found = (_choice(voice, view, act) for act in offered if act in WORDS)
    undo = (_choice(voice, view, Act.UNDO),) if view.can_undo else ()
    return (*found, *undo)


def _choice(voice: Voice, view: CardView, act: Act) -> Choice:
    word = display(WORDS[act], voice.language)
    sample = view.colleagues[0][1] if act is Act.HAND_OVER else _sample(voice, act)
    return Choice(act, f"{word} {sample}".strip(), voice.label(labels.ACTS[act]))


def _sample(voice: Voice, act: Act) -> str:
    if act is Act.NO:
        return voice.label(labels.REASONS[Reason.NOT_HELD])
    if act is Act.CONDITIONS:
        return voice.label(labels.CONDITIONS[Condition.LIBRARY_USE_ONLY])
    if act is Act.PROBLEM:
        return voice.label(labels.SCAN_PROBLEMS[ScanProblem.PAGES_MISSING]) + " " + SAMPLES[act]
    if act is Act.PROPOSE_SETTLEMENT:
        return voice.label(labels.SETTLEMENTS[Settlement.DIGITAL_COPY])
    return SAMPLES.get(act, "")


def choice_lines(voice: Voice, view: CardView, *, upload: str | None = None) -> Iterator[Line]:
    """The choices spelled out, and what any other reply becomes; `upload` takes what a mail does not."""
    found = choices(voice, view)
    if found:
        yield line(bold(voice.say("To answer, reply to this mail. Begin with one of these:")))
        for choice in found:
            yield line("• ", bold(choice.words), f" — {choice.meaning}")
    if view.offers(Act.DELIVER):
        yield line("• ", voice.say("Attach the scan to your reply: that delivers it."))
        yield upload_line(voice, upload) if upload else line("• ", voice.say(PASTE))
    yield BLANK
    yield line(voice.say("Any other text becomes a comment that the other library can read."))
