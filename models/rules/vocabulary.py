"""The words of the desk, as closed sets. Everything that can happen is named here once.

Codes in capitals follow ISO 18626 (interlibrary loan transactions, code lists of 2021); the rest is ours.
A member's value is what is stored and what travels; what a person reads is made in `handlers.text`.
"""

from enum import StrEnum


class Language(StrEnum):
    """BCP 47 codes of the desk's languages."""

    AZ = "az"
    KK = "kk"
    RU = "ru"
    EN = "en"


class Service(StrEnum):
    """ISO 18626 service types, in the order in which they are offered."""

    LOAN = "loan"
    COPY = "copy"


class Side(StrEnum):
    """Which end of a request somebody stands on."""

    REQUESTING = "requesting"
    SUPPLYING = "supplying"

    @property
    def other(self) -> "Side":
        """The opposite end."""
        return Side.SUPPLYING if self is Side.REQUESTING else Side.REQUESTING


class Role(StrEnum):
    """What a person may do in their own library; an administrator sees the installation."""

    LIBRARIAN = "librarian"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class Channel(StrEnum):
    """A way out to a person."""

    CHAT = "chat"
    MAIL = "mail"


class Via(StrEnum):
    """The door through which an act came in; with its key it makes an event unique."""

    TELEGRAM = "telegram"
    EMAIL = "email"
    CLOCK = "clock"
    SHELL = "shell"
    SANDBOX = "sandbox"
    WEB = "web"


class Stage(StrEnum):
    """Where a request stands; what staff see on the card."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    SEARCHING = "searching"
    CONDITIONAL = "conditional"
    RETRY = "retry"
    WILL_SUPPLY = "will_supply"
    CANCEL_ASKED = "cancel_asked"
    SHIPPED = "shipped"
    ON_LOAN = "on_loan"
    RETURNING = "returning"
    LOST = "lost"
    DELIVERED = "delivered"
    RESEND = "resend"
    UNFILLED = "unfilled"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    DONE = "done"
    EXPIRED = "expired"


class Flag(StrEnum):
    """What is true of a request beside its stage."""

    RENEWAL_ASKED = "renewal_asked"
    OVERDUE = "overdue"
    RECALLED = "recalled"
    CLAIMED = "claimed"
    RETURN_CLAIMED = "return_claimed"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    STATUS_ASKED = "status_asked"
    MORE_TO_FOLLOW = "more_to_follow"
    SETTLEMENT_BY_REQUESTING = "settlement_by_requesting"
    SETTLEMENT_BY_SUPPLYING = "settlement_by_supplying"


class Group(StrEnum):
    """The eight groups that staff sort requests by; which one depends on whose turn it is."""

    DRAFT = "draft"
    SENT = "sent"
    IN_WORK = "in_work"
    YOUR_TURN = "your_turn"
    ON_THE_WAY = "on_the_way"
    WITH_READER = "with_reader"
    PROBLEM = "problem"
    FINISHED = "finished"


class Act(StrEnum):
    """Everything that can be done with a request, by a side or by the clock."""

    SUBMIT = "submit"
    OPEN = "open"
    TAKE = "take"
    YES = "yes"
    CONDITIONS = "conditions"
    WITHDRAW_CONDITIONS = "withdraw_conditions"
    LATER = "later"
    NO = "no"
    EXPECT = "expect"
    SHIP = "ship"
    DETAIL_DISPATCH = "detail_dispatch"
    DELIVER = "deliver"
    CANNOT_RESEND = "cannot_resend"
    ACCEPT = "accept"
    DECLINE = "decline"
    TRY_AGAIN = "try_again"
    CANCEL = "cancel"
    AGREE_CANCEL = "agree_cancel"
    REFUSE_CANCEL = "refuse_cancel"
    ASK_STATUS = "ask_status"
    RECEIVE = "receive"
    RECEIVE_DAMAGED = "receive_damaged"
    CLAIM = "claim"
    ASK_RENEWAL = "ask_renewal"
    GRANT_RENEWAL = "grant_renewal"
    REFUSE_RENEWAL = "refuse_renewal"
    RECALL = "recall"
    CHANGE_DUE = "change_due"
    SEND_BACK = "send_back"
    CHECK_IN = "check_in"
    CHECK_IN_DAMAGED = "check_in_damaged"
    CLAIM_RETURN = "claim_return"
    LOSE = "lose"
    PROPOSE_SETTLEMENT = "propose_settlement"
    AGREE_SETTLEMENT = "agree_settlement"
    FIND = "find"
    FINE = "fine"
    PROBLEM = "problem"
    FIX_AND_RESEND = "fix_and_resend"
    ASK_COPY = "ask_copy"
    ASK_ANOTHER = "ask_another"
    TO_GAP_LIST = "to_gap_list"
    CLOSE = "close"
    REOPEN = "reopen"
    UNDO = "undo"
    COMMENT = "comment"
    MARK_OVERDUE = "mark_overdue"
    EXPIRE = "expire"
    FINISH_SILENT = "finish_silent"
    CLOSE_SILENT = "close_silent"


class Status(StrEnum):
    """ISO 18626 status codes: what a peer system would be told."""

    REQUEST_RECEIVED = "RequestReceived"
    EXPECT_TO_SUPPLY = "ExpectToSupply"
    RETRY_POSSIBLE = "RetryPossible"
    WILL_SUPPLY = "WillSupply"
    LOANED = "Loaned"
    OVERDUE = "Overdue"
    RECALLED = "Recalled"
    UNFILLED = "Unfilled"
    CANCELLED = "Cancelled"
    COPY_COMPLETED = "CopyCompleted"
    LOAN_COMPLETED = "LoanCompleted"
    COMPLETED_WITHOUT_RETURN = "CompletedWithoutReturn"


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


class Reach(StrEnum):
    """Through which channels a person wants news; chat falls back to mail when Telegram is closed."""

    CHAT = "chat"
    MAIL = "mail"
    BOTH = "both"


class Filter(StrEnum):
    """The lists of requests that staff open."""

    TO_DO = "to_do"
    MINE = "mine"
    INCOMING = "incoming"
    OVERDUE = "overdue"
    DONE = "done"


class NoticeKind(StrEnum):
    """What a row of the outbox will say; the facts that each needs stand beside it."""

    EVENT = "event"  # request, event: something happened to a request
    FILE = "file"  # request, file: a file that came with an event
    CARD = "card"  # request: the card as it stands
    CHOICES = "choices"  # request, version, act: the details an act still needs, as buttons
    QUESTION = "question"  # request, act, wants: a detail that has to be typed
    FORM = "form"  # draft: the next question of a form, or its review
    LIST = "list"  # filter, page
    SAY = "say"  # say: a fixed message
    REFUSAL = "refusal"  # refusal: why something was not done
    RECEIPT = "receipt"  # request, event: confirms an act that came by mail
    UNCLEAR = "unclear"  # request: words that were kept as a comment, and the answers that are possible
    INVITATION = "invitation"  # library, role, code: the one mail an invited address gets
    DRAFT_ASKED = "draft_asked"  # draft: how a new mail would be filed; FILE or DISCARD is asked
    ASIDE = "aside"  # aside: a mail that was kept aside, shown to coordinators
    WHICH = "which"  # file: a scan that is not yet attached to a request
    MAIL_TROUBLE = "mail_trouble"  # since, count: mail has not left for long
    UNDELIVERED = "undelivered"  # person, notice: an address refused what we sent
    TOO_LARGE = "too_large"  # request, files, channel: what the other side's channel cannot carry
    FILE_EXPIRES = "file_expires"  # request, files: kept files that nobody fetched go soon


class Say(StrEnum):
    """Messages without facts, or with few."""

    WELCOME = "welcome"
    STRANGER = "stranger"
    HELP = "help"
    PRIVACY = "privacy"
    LANGUAGE = "language"
    LANGUAGE_SET = "language_set"
    WHICH_SERVICE = "which_service"
    FORM_CLOSED = "form_closed"
    NOTHING_OPEN = "nothing_open"
    COMMENT_KEPT = "comment_kept"
    DRAFT_DELETED = "draft_deleted"
    FOUND_NOTHING = "found_nothing"
    MAIL_HELP = "mail_help"
    FILE_LATER = "file_later"
    LINK_DELIVERED = "link_delivered"
    FILES_DISCARDED = "files_discarded"
    FILES_GONE = "files_gone"


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
