"""Why something was not done: one sentence per kind of refusal, with a way on."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from handlers.text import gaprefusals, labels, planrefusals
from handlers.text.citations import field_name
from handlers.text.voice import Voice, message
from models.rules import errors
from models.rules.citation import DoubtKind, ProblemKind
from models.rules.errors import Refusal
from models.rules.period import TermRefusalKind
from models.rules.planning.refusals import ItemMoved
from models.rules.vocabulary import Act, Service, Stage

Sentence = Callable[[Voice, Any], str]
LONGEST_TOAST = 200


def refusal_text(voice: Voice, refusal: Refusal, *, zone: str = "UTC") -> str:
    """The sentence for a refusal; a time in it is read on the clock of `zone`."""
    if isinstance(refusal, errors.Stale):
        return _stale(voice, refusal, zone)
    if isinstance(refusal, ItemMoved):
        return planrefusals.moved(voice, refusal, zone)
    return SENTENCES[type(refusal)](voice, refusal)


def _stale(voice: Voice, refusal: errors.Stale, zone: str) -> str:
    what = voice.label(labels.NEWS[Act(refusal.act)])
    when = voice.moment(datetime.fromisoformat(refusal.at), zone)
    if refusal.by:
        return voice.say(
            "The request has moved on. {when}: {what}. By: {name}. The card below is current.",
            when=when,
            what=what,
            name=refusal.by,
        )
    return voice.say(
        "The request has moved on. {when}: {what}. The card below is current.", when=when, what=what
    )


def _not_possible(voice: Voice, refusal: errors.NotPossibleNow) -> str:
    return voice.say(
        "This cannot be done now. Act: {act}. Stage of the request: {stage}.",
        act=voice.label(labels.ACTS[Act(refusal.act)]),
        stage=voice.label(labels.STAGES[Stage(refusal.stage)]),
    )


def _already_asked(voice: Voice, refusal: errors.AlreadyAsked) -> str:
    return voice.say(
        "The same was asked already. Request: {number}. Service: {service}. Asked on: {day}; stage: {stage}.",
        day=voice.day(date.fromisoformat(refusal.on)),
        number=refusal.number,
        service=voice.label(labels.SERVICES[Service(refusal.service)]),
        stage=voice.label(labels.STAGES[Stage(refusal.stage)]),
    )


def _other_side(voice: Voice, refusal: errors.OtherSide) -> str:
    return voice.say(
        "This is for the other library to do. Act: {act}. You can write a comment to them.",
        act=voice.label(labels.ACTS[Act(refusal.act)]),
    )


MISSING: dict[str, str] = {
    "reason": message("A reason is needed. Please choose one of the buttons or name it after the word."),
    "conditions": message("Please say which conditions apply."),
    "note": message("Please add a sentence that explains it."),
    "due": message("A due date is needed, for example 14.01.2027."),
    "until": message("A date is needed, for example 14.01.2027."),
    "problem": message("Please say what is wrong with the copy."),
    "settlement": message("Please say what you propose."),
    "colleague": message("Please choose the colleague."),
    "content": message("The scan is missing: please attach the file or paste a link to it."),
    "title": message("The title is missing. Please type it."),
    "pages": message("Pages are missing: which ones, or which article or chapter?"),
    "part_title": message("Pages are missing: which ones, or which article or chapter?"),
}


def _missing(voice: Voice, refusal: errors.Missing) -> str:
    return voice.say(MISSING[refusal.detail])


def _too_late(voice: Voice, refusal: errors.TooLate) -> str:
    if refusal.act == Act.UNDO:
        return voice.plural(
            "An act can be taken back for {n} hour only.",
            "An act can be taken back for {n} hours only.",
            refusal.limit,
        )
    return voice.plural(
        "A request can be reopened for {n} day only. Please send a new one.",
        "A request can be reopened for {n} days only. Please send a new one.",
        refusal.limit,
    )


NOT_ONE = message("{field}: this does not look like one. Please compare it with the source.")
OVER = message("{field}: this day is over. Please choose a later one.")
FIELD_PROBLEMS: dict[str, str] = {
    ProblemKind.EMPTY: message("{field}: nothing was typed."),
    ProblemKind.TOO_LONG: message(
        "{field}: too long. At most {limit} characters fit; the rest can go into the note."
    ),
    ProblemKind.UNKNOWN_FIELD: NOT_ONE,
    ProblemKind.NOT_A_YEAR: message("{field}: please type a year with four digits, for example 1977."),
    ProblemKind.NOT_PAGES: message("{field}: please type numbers, for example 12–40."),
    ProblemKind.NOT_A_DATE: message("{field}: please type a date, for example 14.01.2027."),
    ProblemKind.PAST_DATE: OVER,
    ProblemKind.NOT_A_QUANTITY: message("{field}: please type a number."),
    ProblemKind.NOT_AN_ISBN: NOT_ONE,
    ProblemKind.NOT_AN_ISSN: NOT_ONE,
    ProblemKind.NOT_A_DOI: NOT_ONE,
    ProblemKind.NOT_AN_ADDRESS: NOT_ONE,
    DoubtKind.CHECK_DIGIT: message("{field}: the check digit is wrong. Please compare it with the source."),
    ProblemKind.NOT_A_CHOICE: message("{field}: please choose one of the buttons."),
    "not_an_identifier": NOT_ONE,
    "in_the_past": OVER,
}


def _bad_field(voice: Voice, refusal: errors.BadField) -> str:
    return voice.say(
        FIELD_PROBLEMS[refusal.kind],
        field=field_name(voice, refusal.field),
        limit=voice.number(refusal.limit or 0),
    )


def _too_large(voice: Voice, refusal: errors.FileTooLarge) -> str:
    return voice.say(
        "The file is too large for this way. File: {name}. At most {limit} MB fit. "
        "Please put it on your file service and paste the link here: a link counts as the delivery.",
        name=refusal.name,
        limit=refusal.limit,
    )


def _wrong_kind(voice: Voice, refusal: errors.FileWrongKind) -> str:
    return voice.say(
        "This kind of file cannot be passed on. File: {name}. Possible: PDF, JPEG, TIFF, PNG, DjVu, ZIP.",
        name=refusal.name,
    )


def _too_long(voice: Voice, refusal: errors.LetterTooLong) -> str:
    return voice.plural(
        "A letter holds at most {n} character. Please send the rest as a second letter.",
        "A letter holds at most {n} characters. Please send the rest as a second letter.",
        refusal.limit,
    )


def _bad_address(voice: Voice, refusal: errors.BadAddress) -> str:
    return voice.say(
        "No mail can be written there. Typed: {address}. Please type an address such as name@library.org.",
        address=refusal.address,
    )


def _no_room(voice: Voice, refusal: errors.NoRoom) -> str:
    return voice.say(
        "There is no room for the file on the desk's disk now. File: {name}. Please tell your coordinator, "
        "or give a link to it.",
        name=refusal.name,
    )


TERM_REFUSALS: dict[str, str] = {
    TermRefusalKind.NOT_A_PERIOD: message("This is no period of time."),
    TermRefusalKind.OUT_OF_CALENDAR: message("There is no such year."),
    TermRefusalKind.BEFORE_SIGNING: message(
        "This day is before the agreement was signed or last changed: {day}."
    ),
    TermRefusalKind.IN_THE_FUTURE: message(
        "This day has not come yet at the receiving library. Today: {day}."
    ),
    TermRefusalKind.AFTER_THE_END: message("The agreement is over by then. Its last day: {day}."),
    TermRefusalKind.NO_CONSENT: message("The other side has to consent."),
    TermRefusalKind.ONE_SIDED: message("A change needs both sides."),
    TermRefusalKind.ALREADY_WITHDRAWN: message("The notice was withdrawn already: {day}."),
    TermRefusalKind.LAST_DAY_TOO_EARLY: message("The last day cannot lie in the past. Today: {day}."),
}


def _term_refused(voice: Voice, refusal: errors.TermRefused) -> str:
    day = voice.day(date.fromisoformat(refusal.day)) if refusal.day else "—"
    return voice.say(TERM_REFUSALS[refusal.kind], day=day)


def _agreement_ended(voice: Voice, refusal: errors.AgreementEnded) -> str:
    return voice.say(
        "The agreement has ended, so only returns go on. Its last day: {day}.",
        day=voice.day(date.fromisoformat(refusal.on)),
    )


def _plain(text: str, **facts: str) -> Sentence:
    return lambda voice, _refusal: voice.say(text, **facts)


SPANS = "2026, 2026-Q1, 2026-03, 15.01.2026 - 31.03.2026"
"""Days of a report as they may be written, in any language."""


SENTENCES: dict[type[Refusal], Sentence] = {
    **gaprefusals.SENTENCES,
    **planrefusals.SENTENCES,
    errors.NotPossibleNow: _not_possible,
    errors.OtherSide: _other_side,
    errors.Missing: _missing,
    errors.TooLate: _too_late,
    errors.BadField: _bad_field,
    errors.AlreadyAsked: _already_asked,
    errors.FileTooLarge: _too_large,
    errors.FileWrongKind: _wrong_kind,
    errors.NoRoom: _no_room,
    errors.LetterTooLong: _too_long,
    errors.NothingToUndo: _plain(
        message("There is nothing to take back: the last act was not yours, or it cannot be undone.")
    ),
    errors.UnknownRequest: _plain(message("This request is not one of your library's.")),
    errors.NotAllowed: _plain(message("This is for a coordinator to do. Please ask yours.")),
    errors.NoAgreement: _plain(
        message(
            "Nobody can be asked yet: your library has no agreement in force. Please tell your coordinator."
        )
    ),
    errors.CodeUnknown: _plain(
        message(
            "This invitation does not exist or was used already. Please ask your coordinator for a new one."
        )
    ),
    errors.CodeExpired: _plain(
        message("This invitation is older than seven days. Please ask your coordinator for a new one.")
    ),
    errors.TooManyCodes: _plain(message("Too many wrong codes. Please try again in an hour.")),
    errors.AlreadyMember: _plain(
        message(
            "You are a member of another library here. To move, please ask its coordinator to remove you."
        )
    ),
    errors.EmptyReply: _plain(
        message(
            "Your mail had no words and no file of its own, so nothing was changed. Please reply once more."
        )
    ),
    errors.DraftGone: _plain(message("This draft was sent or deleted meanwhile.")),
    errors.NobodyElse: _plain(
        message("Every library with an agreement in force was asked already. You can close this request.")
    ),
    errors.UnknownLetter: _plain(message("This letter is not one of your library's.")),
    errors.BadSpan: _plain(
        message("These are no days for a report. Write a year, a quarter, a month or two days: {examples}"),
        examples=SPANS,
    ),
    errors.LastCoordinator: _plain(
        message("A library keeps at least one coordinator. Please make somebody else coordinator first.")
    ),
    errors.NotColleague: _plain(message("This person is not on the staff of your library any more.")),
    errors.BadAddress: _bad_address,
    errors.InvitationOver: _plain(
        message("This invitation was used or withdrawn meanwhile, or it has run out.")
    ),
    errors.Failed: _plain(
        message(
            "A fault here prevented this. Please try once more; if it happens again, tell your coordinator."
        )
    ),
    errors.NoSuchAgreement: _plain(message("This agreement is not one of your library's.")),
    errors.TermRefused: _term_refused,
    errors.WindowClosed: _plain(
        message(
            "The question of this renewal is decided: the last day for a notice is over, or a notice runs."
        )
    ),
    errors.SettledMeanwhile: _plain(
        message("This was settled meanwhile. The agreement is shown as it stands.")
    ),
    errors.ProposalOpen: _plain(
        message("A change proposed by the other side waits for your answer. Please answer it first.")
    ),
    errors.OtherSidesWord: _plain(message("The word on this is the other library's.")),
    errors.NotADay: _plain(message("This is no day. Please type it, for example 14.01.2027.")),
    errors.WrongNumber: _plain(
        message("These are not the four digits that are asked for. Nothing was recorded.")
    ),
    errors.AgreementEnded: _agreement_ended,
    errors.Damaged: _plain(message("This button or address is not whole. Please open the request again.")),
    errors.BadAnswer: planrefusals.bad_answer,
    errors.NotUnderstood: _plain(
        message(
            "Your mail was not plainly an answer, so nothing was changed. Please reply once more as shown "
            "below."
        )
    ),
    errors.UnknownBulletin: _plain(message("This information is not for your library.")),
    errors.BulletinWithdrawn: _plain(
        message("This information was withdrawn by its library, so nothing was done.")
    ),
    errors.BulletinMoved: _plain(
        message(
            "The information was corrected meanwhile, so nothing was done. Please look at it as it stands."
        )
    ),
}


def toast(voice: Voice, refusal: Refusal, *, zone: str = "UTC") -> str:
    """The sentence in the 200 characters of a callback's answer (Bot API: answerCallbackQuery)."""
    text = refusal_text(voice, refusal, zone=zone)
    return text if len(text) <= LONGEST_TOAST else text[: LONGEST_TOAST - 1] + "…"
