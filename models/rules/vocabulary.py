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
    WAIT = "wait"
    PROMISE_MORE = "promise_more"
    COMPLETE = "complete"
    HAND_OVER = "hand_over"


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
    REMINDER = "reminder"  # request, clock, step, anchor: a step of a clock, if it is still true
    DIGEST = "digest"  # day: what waits for the person's library in the morning
    FOR_PARTNER = "for_partner"  # request: what the other side could do, to be recorded for it
    PHRASES = "phrases"  # request: sentences of every day, to be sent as a comment
    READER_TEXT = "reader_text"  # request, language: ready sentences for the reader
    LETTER = "letter"  # letter: what a colleague wrote to the partner
    LETTER_SENT = "letter_sent"  # letter: confirms a letter that left
    LETTER_ASKED = "letter_asked"  # thread, partner: the words of a letter are asked for
    SETTINGS = "settings"  # page: what a person chose for themselves
    AWAY = "away"  # person, page, month: an absence and its deputy
    INVITE = "invite"  # page, role: whom to invite, and the invitations that are open
    INVITED = "invited"  # invitation, code: the link of a new invitation
    STAFF = "staff"  # person, page: the people of a library, or one of them
    CLOSURES = "closures"  # page, month: when a library is closed
    ADDRESS = "address"  # nothing: asks a new address whether it is the person's
    MENU = "menu"  # nothing: the commands of a chat follow the role; says nothing


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
    DIGEST_OFF = "digest_off"
    OUR_NUMBER_KEPT = "our_number_kept"
    OUR_NUMBER_HOW = "our_number_how"
    OUR_NUMBER_USE = "our_number_use"
    ASK_ADDRESS = "ask_address"
    ADDRESS_ASKED = "address_asked"
    ADDRESS_CONFIRMED = "address_confirmed"
    ASK_INVITED = "ask_invited"
    INVITE_MAILED = "invite_mailed"
    ROLE_CHANGED = "role_changed"
    REMOVED = "removed"
    LEFT = "left"


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


class DayKind(StrEnum):
    """What announced days are: closed, or worked although the week or a holiday says otherwise."""

    CLOSED = "closed"
    OPEN = "open"


class Clock(StrEnum):
    """What the clock watches. A person switches reminders off by these names."""

    ANSWER = "answer"
    DECISION = "decision"
    NEEDED_BY = "needed_by"
    SUPPLY = "supply"
    ARRIVAL = "arrival"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RENEWAL = "renewal"
    RECALL = "recall"
    RETURN = "return"
    RETRY_DAY = "retry_day"
    CANCELLATION = "cancellation"
    RESEND = "resend"
    SETTLEMENT = "settlement"
    COPY = "copy"
    UNFILLED = "unfilled"


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
