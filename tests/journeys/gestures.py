"""How every act is done in each door: what follows the first tap, what stands behind the word."""

from collections.abc import Awaitable, Callable

from handlers.text import labels
from handlers.text.choices import CONFIRM, WITHOUT_DAY
from handlers.text.replies import WORDS
from handlers.text.voice import Voice
from models.rules.vocabulary import Act, Condition, Reason, ScanProblem, Settlement
from tests.journeys.props import SCAN, Key
from tests.journeys.stage import Librarian, Mailbox

DAY = "14.01.2027"
Gesture = Callable[[Librarian], Awaitable[None]]


async def tap(person: Librarian, act: Act, *, colleague: str) -> None:
    """Press the act's button on the newest message, then whatever it asks for; a comment is a reply."""
    if act is Act.COMMENT:
        await person.replies("The second volume is here as well.")
        return
    await person.presses(act)
    if act is Act.HAND_OVER:
        await person.presses(colleague)
    if act in MORE:
        await MORE[act](person)


def pressing(*keys: Key) -> Gesture:
    """Choose one button after the other."""

    async def press(person: Librarian) -> None:
        for key in keys:
            await person.presses(key)

    return press


def typing(text: str, *keys: Key) -> Gesture:
    """Answer the question with words, then press what they lead to."""

    async def type_it(person: Librarian) -> None:
        await person.types(text)
        await pressing(*keys)(person)

    return type_it


async def _attach(person: Librarian) -> None:
    await person.sends_file(SCAN)


MORE: dict[Act, Gesture] = {
    Act.NO: pressing(Reason.LIBRARY_CLOSED),
    Act.CONDITIONS: pressing(Condition.NO_REPRODUCTION),
    Act.LATER: pressing(Reason.IN_PROCESS, WITHOUT_DAY),
    Act.PROBLEM: pressing(ScanProblem.UNREADABLE),
    Act.PROPOSE_SETTLEMENT: pressing(labels.SETTLEMENTS[Settlement.DIGITAL_COPY]),
    Act.DELIVER: _attach,
    Act.FIX_AND_RESEND: typing("1978", labels.SEND),
    Act.ASK_COPY: typing("12-40", labels.SEND),
    Act.ASK_ANOTHER: pressing(labels.SEND),
    Act.DETAIL_DISPATCH: typing("RR123456785KZ"),
    Act.OBTAIN: typing("12 EUR, bookshop"),
    **dict.fromkeys((Act.CANCEL, Act.LOSE, Act.CLOSE, Act.RECALL), pressing(CONFIRM)),
    **dict.fromkeys((Act.EXPECT, Act.TRY_AGAIN, Act.CHANGE_DUE), typing(DAY)),
    **dict.fromkeys((Act.REOPEN, Act.CANNOT_RESEND), typing("So it is.")),
    **dict.fromkeys((Act.RECEIVE_DAMAGED, Act.CHECK_IN_DAMAGED), typing("The cover is torn.")),
}
"""What follows the first tap."""


async def reply(box: Mailbox, act: Act, *, colleague: str) -> None:
    """Answer the newest mail with the word that people are told to write, and what it needs."""
    if act is Act.DELIVER:
        await box.attaches(SCAN)
    elif act is Act.COMMENT:
        await box.replies("The second volume is here as well.")
    else:
        await box.says(WORDS[act], colleague if act is Act.HAND_OVER else behind(act, box.voice))


def behind(act: Act, voice: Voice) -> str:
    """What stands behind the word."""
    match act:
        case Act.NO:
            return voice.label(labels.REASONS[Reason.LIBRARY_CLOSED])
        case Act.CONDITIONS:
            return voice.label(labels.CONDITIONS[Condition.NO_REPRODUCTION])
        case Act.PROPOSE_SETTLEMENT:
            return voice.label(labels.SETTLEMENTS[Settlement.DIGITAL_COPY])
        case Act.EXPECT | Act.CHANGE_DUE | Act.TRY_AGAIN:
            return DAY
        case Act.ASK_COPY:
            return "12-40"
        case Act.FIX_AND_RESEND:
            return "\nyear: 1978"
        case Act.REOPEN | Act.CANNOT_RESEND | Act.RECEIVE_DAMAGED | Act.CHECK_IN_DAMAGED:
            return "RR-17"
        case _:
            return ""
