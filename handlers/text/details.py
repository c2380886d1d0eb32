"""How the details of an act read: reason, conditions, dates, parcel, somebody's own words."""

from collections.abc import Iterator

from handlers.text import labels
from handlers.text.rich import Line, labelled, line, paragraphs
from handlers.text.sayings import SAYINGS
from handlers.text.voice import Voice, label, message
from models.queries.files import FileView
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Reason, Service

DUE = label("due_date", "due date")
CUT = message("The agreement ends, so the due date is its last day. Without that it would have been: {day}")
EXPECTED = label("detail", "expected on")
ASK_AGAIN = label("detail", "ask again on")
PARCEL = label("tracking_number", "tracking number")
METHOD = label("detail", "sent by")
PIECES = label("detail", "pieces")
COST = label("cost", "cost")
VALUE = label("detail", "declared value")
INSURED = label("detail", "insured value")
REASON = label("reason", "reason")
CONDITIONS = label("conditions", "conditions of use")
PAGES = label("pages", "pages")
FIELD = label("detail", "please check")
SETTLEMENT = label("detail", "proposed")
FILE = label("attachment", "attached file")
LINK = label("detail", "link")
LOCKED = label("file", "opens with a password only")
EXPIRED = label("file", "no longer kept here")


def reason_text(voice: Voice, reason: Reason, service: Service) -> str:
    """A reason in words; "only the other service" says which."""
    if reason is Reason.SERVICE:
        other = Service.COPY if service is Service.LOAN else Service.LOAN
        return voice.label(labels.ONLY_AS[other])
    return voice.label(labels.REASONS[reason])


def of_pieces(voice: Voice, counted: int, pieces: int) -> str:
    """How many of the dispatched pieces: `2 of 3`."""
    if counted >= pieces:
        return voice.number(pieces)
    return voice.say("{n} of {pieces}", n=voice.number(counted), pieces=voice.number(pieces))


def words(voice: Voice, details: Details) -> str:
    """What somebody said beside an act: a ready sentence in the reader's language, or their own words."""
    if details.phrase:
        return voice.say(SAYINGS[details.phrase])
    return details.note or ""


def detail_lines(
    voice: Voice, act: Act, details: Details, *, service: Service, pieces: int | None = None
) -> Iterator[Line]:
    """What accompanied an act, a line each; `pieces` is how many were dispatched."""
    yield from _answer_lines(voice, act, details, service)
    yield from _parcel_lines(voice, details, pieces)
    if details.problem:
        yield line(voice.label(labels.SCAN_PROBLEMS[details.problem]))
    if details.pages:
        yield labelled(voice.named(PAGES), details.pages)
    if details.settlement:
        yield labelled(voice.named(SETTLEMENT), voice.label(labels.SETTLEMENTS[details.settlement]))
    if details.url:
        yield labelled(voice.named(LINK), details.url)
    if details.more:
        yield line(voice.label(labels.NEWS[Act.PROMISE_MORE]))
    if said := words(voice, details):
        yield from paragraphs(said)


def _answer_lines(voice: Voice, act: Act, details: Details, service: Service) -> Iterator[Line]:
    if details.reason and details.reason is not Reason.MUST_MEET_CONDITION:
        yield labelled(voice.named(REASON), reason_text(voice, details.reason, service))
    if details.conditions:
        texts = ", ".join(voice.label(labels.CONDITIONS[one]) for one in details.conditions)
        yield labelled(voice.named(CONDITIONS), texts)
    if details.cost:
        yield labelled(voice.named(COST), details.cost)
    if details.field:
        yield labelled(voice.named(FIELD), voice.label(labels.FIELDS[details.field]))
    if details.until:
        term = ASK_AGAIN if act in {Act.LATER, Act.TRY_AGAIN} else EXPECTED
        yield labelled(voice.named(term), voice.day(details.until))


def _parcel_lines(voice: Voice, details: Details, sent: int | None) -> Iterator[Line]:
    if details.due:
        yield labelled(voice.named(DUE), voice.day(details.due))
    if details.wished:
        yield line(voice.say(CUT, day=voice.day(details.wished)))
    if details.parcel:
        yield labelled(voice.named(PARCEL), details.parcel)
    if details.method:
        yield labelled(voice.named(METHOD), voice.label(labels.METHODS[details.method]))
    if details.pieces:
        yield labelled(voice.named(PIECES), of_pieces(voice, details.pieces, sent or details.pieces))
    if details.value:
        yield labelled(voice.named(VALUE), details.value)
    if details.insured:
        yield labelled(voice.named(INSURED), details.insured)


def file_line(voice: Voice, file: FileView) -> Line:
    """A file by name and size, and what else its reader has to know."""
    marks = [voice.size(file.size)]
    marks += [voice.label(LOCKED)] if file.locked else []
    marks += [voice.label(EXPIRED)] if file.expired else []
    return labelled(voice.named(FILE), f"{file.name} ({', '.join(marks)})")
