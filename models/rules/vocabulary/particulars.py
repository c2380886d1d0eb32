"""What an act or an agreement says in detail: reasons, conditions, ways, sentences of every day."""

from enum import StrEnum


class Reason(StrEnum):
    """Why an answer is not a plain yes: reasons of ISO 18626 (Unfilled, RetryPossible) and a few of ours."""

    NOT_HELD = "NotHeld"
    NOT_ON_SHELF = "NotOnShelf"
    LOST = "Lost"
    NON_CIRCULATING = "NonCirculating"
    POOR_CONDITION = "PoorCondition"
    POLICY_PROBLEM = "PolicyProblem"
    COPYRIGHT = "Copyright"
    NOT_FOR_ILL = "NotAvailableForILL"
    FREE_ONLINE = "FreeOnline"
    LIBRARY_CLOSED = "LibraryClosed"
    OTHER = "Other"
    ON_LOAN = "OnLoan"
    AT_BINDERY = "AtBindery"
    ON_ORDER = "OnOrder"
    IN_PROCESS = "NotCurrentAvailableForILL"
    NOT_FOUND_AS_CITED = "NotFoundAsCited"
    COST = "CostExceedsMaxCost"
    TOO_LATE = "ReqDelDateNotPossible"
    SERVICE = "ReqServTypeNotPossible"
    EDITION = "ReqEditionNotPossible"
    FORMAT = "ReqFormatNotPossible"
    VOLUME = "MultiVolAvail"
    MUST_MEET_CONDITION = "MustMeetLoanCondition"
    OUT_OF_PRINT = "OutOfPrint"
    NOT_FOR_SALE = "NotForSale"
    EXPORT_FORBIDDEN = "ExportForbidden"
    NO_FUNDS = "NoFunds"


class Condition(StrEnum):
    """ISO 18626 loan conditions; OTHER carries the supplying library's own words in a note."""

    LIBRARY_USE_ONLY = "LibraryUseOnly"
    NO_REPRODUCTION = "NoReproduction"
    SIGNATURE_REQUIRED = "SignatureRequired"
    SUPERVISED = "SpecCollSupervReq"
    WATCHED = "WatchLibraryUseOnly"
    OTHER = "Other"


class ScanProblem(StrEnum):
    """What can be wrong with a delivered copy."""

    UNREADABLE = "unreadable"
    CUT_OFF = "cut_off"
    PAGES_MISSING = "pages_missing"
    WRONG_ITEM = "wrong_item"
    CANNOT_OPEN = "cannot_open"


class Settlement(StrEnum):
    """How a lost item may be made good."""

    IDENTICAL_COPY = "identical_copy"
    DIGITAL_COPY = "digital_copy"
    PAYMENT = "payment"
    WAIVER = "waiver"


class Method(StrEnum):
    """How a parcel travels."""

    REGISTERED = "registered"
    EMS = "ems"
    COURIER = "courier"
    DIPLOMATIC = "diplomatic"
    BY_HAND = "by_hand"
    OTHER_LIBRARY = "other_library"


class Purpose(StrEnum):
    """What the requesting library wants the document for."""

    RESEARCH = "research"
    STUDY = "study"
    PRESERVATION = "preservation"


class Kind(StrEnum):
    """What kind of document a citation names."""

    BOOK = "book"
    ARTICLE = "article"
    CHAPTER = "chapter"
    THESIS = "thesis"
    NEWSPAPER = "newspaper"
    MAP = "map"
    SHEET_MUSIC = "sheet_music"
    MANUSCRIPT = "manuscript"
    STANDARD = "standard"
    OTHER = "other"


class Also(StrEnum):
    """What the requesting library would take as well: the supplying one then answers once."""

    COPY = "copy"
    LOAN = "loan"
    OTHER_EDITION = "other_edition"
    MICROFILM = "microfilm"
    RELEVANT_PART = "relevant_part"


class StandingTerm(StrEnum):
    """What an agreement says of every request under it: printed on cards, and never asked again."""

    LIBRARY_USE_ONLY = "LibraryUseOnly"
    OWN_POSTAGE = "own_postage"


class DayKind(StrEnum):
    """What announced days are: closed, or worked although the week or a holiday says otherwise."""

    CLOSED = "closed"
    OPEN = "open"


class Phrase(StrEnum):
    """Sentences that staff need daily: stored as keys, read by each side in its own language."""

    THANKS = "thanks"
    THANKS_RECEIVED = "thanks_received"
    PLEASE_WAIT = "please_wait"
    LOOKING = "looking"
    FOUND_SOON = "found_soon"
    SCANNING = "scanning"
    SCAN_TOMORROW = "scan_tomorrow"
    LEFT_TODAY = "left_today"
    LEAVES_THIS_WEEK = "leaves_this_week"
    BACK_SOON = "back_soon"
    CONFIRM_PAGES = "confirm_pages"
    CONFIRM_EDITION = "confirm_edition"
    CONFIRM_VOLUME = "confirm_volume"
    CONFIRM_ADDRESS = "confirm_address"
    CHECK_CITATION = "check_citation"
    READER_WAITS = "reader_waits"
    URGENT_NOW = "urgent_now"
    ANY_EDITION = "any_edition"
    SEND_BY_MAIL = "send_by_mail"
    CALL_US = "call_us"
    CLOSED_SOON = "closed_soon"
    SORRY_LATE = "sorry_late"
    AGREED_BEFORE = "agreed_before"
    EXPORT_PERMITTED = "export_permitted"


class ReaderText(StrEnum):
    """Ready sentences for a reader; the program never sends them itself."""

    ASKED = "asked"
    ON_THE_WAY = "on_the_way"
    ARRIVED = "arrived"
    ARRIVED_READING_ROOM = "arrived_reading_room"
    SCAN_READY = "scan_ready"
    DELAYED = "delayed"
    NOT_HELD = "not_held"
    NOT_FILLED = "not_filled"
    BACK_PLEASE = "back_please"


class ReportForm(StrEnum):
    """In which form a report leaves, beside its words."""

    PICTURE = "png"
    WORKBOOK = "xlsx"
    PDF = "pdf"
    DOCX = "docx"
