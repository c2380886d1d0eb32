"""Short texts for everything that can be named. A context that is a glossary `term_id` is that term."""

from handlers.text.voice import Label, label
from models.rules.vocabulary import (
    Act,
    Also,
    Condition,
    Filter,
    Flag,
    Group,
    Kind,
    Method,
    Purpose,
    Reason,
    Role,
    ScanProblem,
    Service,
    Settlement,
    Stage,
    StandingTerm,
)

SERVICES: dict[Service, Label] = {
    Service.LOAN: label("type_loan", "Loan"),
    Service.COPY: label("type_copy", "Copy"),
    Service.ACQUISITION: label("service", "Acquisition"),
}

STAGES: dict[Stage, Label] = {
    Stage.DRAFT: label("status_draft", "Draft"),
    Stage.SENT: label("status_sent", "Sent"),
    Stage.RECEIVED: label("status_received", "Received by the library"),
    Stage.SEARCHING: label("status_searching", "Being searched for"),
    Stage.CONDITIONAL: label("status_conditional", "Conditions to agree"),
    Stage.RETRY: label("status_retry", "Can be sent again"),
    Stage.WILL_SUPPLY: label("status_will_supply", "Will be supplied"),
    Stage.CANCEL_ASKED: label("status_cancel_asked", "Cancellation asked"),
    Stage.SHIPPED: label("status_shipped", "Dispatched"),
    Stage.ON_LOAN: label("status_on_loan", "On loan"),
    Stage.RETURNING: label("status_returning", "On the way back"),
    Stage.LOST: label("status_lost", "Lost"),
    Stage.DELIVERED: label("status_delivered", "Copy delivered"),
    Stage.RESEND: label("status_resend", "Copy needed again"),
    Stage.UNFILLED: label("status_unfilled", "Not filled"),
    Stage.CANCELLED: label("status_cancelled", "Cancelled"),
    Stage.CLOSED: label("status_closed", "Closed"),
    Stage.DONE: label("status_done", "Completed"),
    Stage.EXPIRED: label("status_expired", "Needed-by date passed"),
    Stage.OBTAINED: label("stage", "Bought or obtained"),
}

FLAGS: dict[Flag, Label] = {
    Flag.RENEWAL_ASKED: label("status_renewal_asked", "Renewal asked"),
    Flag.OVERDUE: label("status_overdue", "Overdue"),
    Flag.RECALLED: label("status_recalled", "Early return asked"),
    Flag.CLAIMED: label("problem_not_arrived", "Not arrived"),
    Flag.RETURN_CLAIMED: label("flag", "Return has not arrived"),
    Flag.DAMAGED: label("problem_damaged", "Damaged"),
    Flag.INCOMPLETE: label("problem_incomplete", "Incomplete set"),
    Flag.STATUS_ASKED: label("flag", "Asked how it stands"),
    Flag.MORE_TO_FOLLOW: label("flag", "More to follow"),
    Flag.SETTLEMENT_BY_REQUESTING: label("flag", "Settlement proposed by the requesting library"),
    Flag.SETTLEMENT_BY_SUPPLYING: label("flag", "Settlement proposed by the supplying library"),
}

GROUPS: dict[Group, Label] = {
    Group.DRAFT: label("status_draft", "Draft"),
    Group.SENT: label("status_sent", "Sent"),
    Group.IN_WORK: label("group_in_work", "In work"),
    Group.YOUR_TURN: label("group_your_turn", "Your answer needed"),
    Group.ON_THE_WAY: label("group_on_the_way", "On the way"),
    Group.WITH_READER: label("group_with_reader", "With the reader"),
    Group.PROBLEM: label("group_problem", "Problem"),
    Group.FINISHED: label("group_finished", "Finished"),
}

REASONS: dict[Reason, Label] = {
    Reason.NOT_HELD: label("reason_not_held", "Not in our holdings"),
    Reason.NOT_ON_SHELF: label("reason_not_on_shelf", "Not found on the shelf"),
    Reason.LOST: label("reason_lost", "Lost"),
    Reason.NON_CIRCULATING: label("reason_non_circulating", "Does not leave the library"),
    Reason.POOR_CONDITION: label("reason_poor_condition", "Poor physical condition"),
    Reason.POLICY_PROBLEM: label("reason_policy", "Not allowed by the rules"),
    Reason.COPYRIGHT: label("reason_copyright", "Copyright restriction"),
    Reason.NOT_FOR_ILL: label("reason_not_for_ill", "Not lent between libraries"),
    Reason.FREE_ONLINE: label("reason_free_online", "Freely available online"),
    Reason.LIBRARY_CLOSED: label("reason_library_closed", "Library closed"),
    Reason.OTHER: label("reason_other", "Another reason"),
    Reason.ON_LOAN: label("reason_on_loan", "Lent to another reader"),
    Reason.AT_BINDERY: label("reason_at_bindery", "At the bindery"),
    Reason.ON_ORDER: label("reason_on_order", "On order, not yet here"),
    Reason.IN_PROCESS: label("reason_in_process", "Being processed"),
    Reason.NOT_FOUND_AS_CITED: label("reason_not_found_as_cited", "Not found by these details"),
    Reason.COST: label("reason_cost", "Costs more than you allowed"),
    Reason.TOO_LATE: label("reason_too_late", "Cannot meet your date"),
    Reason.SERVICE: label("answer", "Only the other service is possible"),
    Reason.EDITION: label("reason_other_edition", "We hold another edition"),
    Reason.FORMAT: label("answer", "Only in another format"),
    Reason.VOLUME: label("reason_which_volume", "Which volume?"),
    Reason.MUST_MEET_CONDITION: label("conditions", "conditions of use"),
    Reason.OUT_OF_PRINT: label("answer", "Out of print, found nowhere"),
    Reason.NOT_FOR_SALE: label("answer", "Not for sale"),
    Reason.EXPORT_FORBIDDEN: label("answer", "May not leave the country"),
    Reason.NO_FUNDS: label("answer", "No funds for it"),
}

ONLY_AS: dict[Service, Label] = {
    Service.COPY: label("reason_copy_only", "Only a copy is possible"),
    Service.LOAN: label("reason_loan_only", "Only a loan is possible"),
    Service.ACQUISITION: label("answer", "Only to be acquired"),
}
"""How `Reason.SERVICE` reads: by the service that is still possible."""

CONDITIONS: dict[Condition, Label] = {
    Condition.LIBRARY_USE_ONLY: label("condition_library_use_only", "Use in the reading room only"),
    Condition.NO_REPRODUCTION: label("condition_no_reproduction", "No copying"),
    Condition.SIGNATURE_REQUIRED: label("condition_signature", "Reader's signature required"),
    Condition.SUPERVISED: label("condition_supervised", "Use under supervision"),
    Condition.WATCHED: label("condition", "Reading room, under supervision"),
    Condition.OTHER: label("condition", "Another condition"),
}

SCAN_PROBLEMS: dict[ScanProblem, Label] = {
    ScanProblem.UNREADABLE: label("problem_unreadable", "Copy is unreadable"),
    ScanProblem.CUT_OFF: label("problem", "Text is cut off"),
    ScanProblem.PAGES_MISSING: label("problem_pages_missing", "Pages are missing"),
    ScanProblem.WRONG_ITEM: label("problem_wrong_item", "Wrong item"),
    ScanProblem.CANNOT_OPEN: label("problem", "The file does not open"),
}

SETTLEMENTS: dict[Settlement, Label] = {
    Settlement.IDENTICAL_COPY: label("settlement", "An identical copy"),
    Settlement.DIGITAL_COPY: label("settlement", "A digital copy"),
    Settlement.PAYMENT: label("settlement", "Payment"),
    Settlement.WAIVER: label("settlement", "No compensation"),
}

METHODS: dict[Method, Label] = {
    Method.REGISTERED: label("method", "Registered post"),
    Method.EMS: label("method", "EMS"),
    Method.COURIER: label("method", "Courier"),
    Method.DIPLOMATIC: label("method", "Diplomatic post"),
    Method.BY_HAND: label("method", "By hand"),
    Method.OTHER_LIBRARY: label("method", "Through another library"),
}

ALSO: dict[Also, Label] = {
    Also.COPY: label("also", "a copy instead of the loan"),
    Also.LOAN: label("also", "a loan instead of the copy"),
    Also.OTHER_EDITION: label("also", "another edition"),
    Also.MICROFILM: label("also", "a microfilm"),
    Also.RELEVANT_PART: label("also", "the relevant part only"),
}

STANDING_TERMS: dict[StandingTerm, Label] = {
    StandingTerm.LIBRARY_USE_ONLY: label("condition_library_use_only", "Use in the reading room only"),
    StandingTerm.OWN_POSTAGE: label("standing", "Each library pays its own postage"),
}

ROLES: dict[Role, Label] = {
    Role.LIBRARIAN: label("role_librarian", "librarian"),
    Role.COORDINATOR: label("role_coordinator", "coordinator"),
    Role.ADMIN: label("role_administrator", "administrator"),
}

PURPOSES: dict[Purpose, Label] = {
    Purpose.RESEARCH: label("purpose", "Research"),
    Purpose.STUDY: label("purpose", "Study"),
    Purpose.PRESERVATION: label("purpose", "Preservation"),
}

FILTERS: dict[Filter, Label] = {
    Filter.TO_DO: label("filter", "To do"),
    Filter.MINE: label("filter", "Ours"),
    Filter.INCOMING: label("filter", "Incoming"),
    Filter.OVERDUE: label("status_overdue", "Overdue"),
    Filter.DONE: label("group_finished", "Finished"),
}

KINDS: dict[Kind, Label] = {
    Kind.BOOK: label("book", "book"),
    Kind.ARTICLE: label("article", "article"),
    Kind.CHAPTER: label("chapter", "chapter"),
    Kind.THESIS: label("dissertation", "dissertation"),
    Kind.NEWSPAPER: label("newspaper", "newspaper"),
    Kind.MAP: label("map", "map"),
    Kind.SHEET_MUSIC: label("sheet_music", "sheet music"),
    Kind.MANUSCRIPT: label("manuscript", "manuscript"),
    Kind.STANDARD: label("kind", "standard"),
    Kind.OTHER: label("document", "document"),
}

FIELDS: dict[str, Label] = {
    "title": label("title", "title"),
    "author": label("author", "author"),
    "part_title": label("article_title", "article title"),
    "part_author": label("field", "author of the part"),
    "year": label("year_of_publication", "year of publication"),
    "place": label("place_of_publication", "place of publication"),
    "publisher": label("publisher", "publisher"),
    "edition": label("edition", "edition"),
    "volume": label("volume", "volume"),
    "issue": label("issue", "issue, number"),
    "issue_date": label("field", "date of issue"),
    "pages": label("pages", "pages"),
    "extent": label("field", "extent"),
    "isbn": label("isbn", "ISBN"),
    "issn": label("issn", "ISSN"),
    "doi": label("field", "DOI"),
    "url": label("field", "web address"),
    "shelf_mark": label("shelf_mark", "shelf mark"),
    "language": label("document_language", "language of the document"),
    "quantity": label("field", "quantity"),
    "needed_by": label("needed_by", "needed by"),
    "urgent": label("field", "urgent"),
    "source": label("source_of_citation", "source of the citation"),
    "our_number": label("our_number", "Our register number"),
    "purpose": label("field", "purpose"),
    "reader": label("field", "reader (stays with us)"),
    "note": label("note", "note"),
    "also": label("field", "also acceptable"),
    "rest": label("field", "also in the citation"),
    "raw": label("field", "as it was written"),
    "whole": label("field", "extent of the copy"),
}

ACTS: dict[Act, Label] = {
    Act.SUBMIT: label("button", "Send the request"),
    Act.OPEN: label("button", "Open"),
    Act.TAKE: label("button_take", "Take"),
    Act.YES: label("answer_will_supply", "We can supply"),
    Act.CONDITIONS: label("button", "On conditions"),
    Act.WITHDRAW_CONDITIONS: label("button", "Drop the conditions"),
    Act.LATER: label("button", "Later"),
    Act.NO: label("answer_cannot_supply", "We cannot supply"),
    Act.EXPECT: label("button", "Expected date"),
    Act.SHIP: label("button_ship", "Dispatched"),
    Act.DETAIL_DISPATCH: label("button", "Parcel details"),
    Act.DELIVER: label("button", "Send the file"),
    Act.CANNOT_RESEND: label("button", "Cannot send again"),
    Act.ACCEPT: label("button_accept_conditions", "Accept the conditions"),
    Act.DECLINE: label("button_decline_conditions", "Decline the conditions"),
    Act.TRY_AGAIN: label("button", "Wait for the date"),
    Act.CANCEL: label("button_cancel_request", "Cancel the request"),
    Act.AGREE_CANCEL: label("button_agree_cancel", "Agree to cancel"),
    Act.REFUSE_CANCEL: label("button", "Refuse to cancel"),
    Act.ASK_STATUS: label("button", "Ask how it stands"),
    Act.RECEIVE: label("button_mark_received", "Received"),
    Act.RECEIVE_DAMAGED: label("button_damaged", "Arrived damaged"),
    Act.CLAIM: label("button_not_received", "Not received"),
    Act.ASK_RENEWAL: label("button_ask_renewal", "Ask for renewal"),
    Act.GRANT_RENEWAL: label("button_grant_renewal", "Grant the renewal"),
    Act.REFUSE_RENEWAL: label("button_refuse_renewal", "Refuse the renewal"),
    Act.RECALL: label("button_recall", "Ask for early return"),
    Act.CHANGE_DUE: label("due_date", "due date"),
    Act.SEND_BACK: label("button_sent_back", "Sent back"),
    Act.CHECK_IN: label("button_checked_in", "Return accepted"),
    Act.CHECK_IN_DAMAGED: label("button", "Returned damaged"),
    Act.CLAIM_RETURN: label("button_not_received", "Not received"),
    Act.LOSE: label("button_lost", "Lost"),
    Act.PROPOSE_SETTLEMENT: label("button", "Propose a settlement"),
    Act.AGREE_SETTLEMENT: label("button", "Agree to settle"),
    Act.FIND: label("button_found", "Found"),
    Act.FINE: label("button_copy_fine", "Copy is fine"),
    Act.PROBLEM: label("button_copy_problem", "Problem with the copy"),
    Act.FIX_AND_RESEND: label("button", "Fix and send again"),
    Act.ASK_COPY: label("button", "Ask for a copy"),
    Act.ASK_ANOTHER: label("button", "Ask another library"),
    Act.TO_GAP_LIST: label("button", "To the gap list"),
    Act.CLOSE: label("button_close", "Close"),
    Act.REOPEN: label("button_reopen", "Reopen"),
    Act.UNDO: label("button_undo", "Undo"),
    Act.COMMENT: label("button_add_comment", "Add a comment"),
    Act.MARK_OVERDUE: label("status_overdue", "Overdue"),
    Act.EXPIRE: label("status_expired", "Needed-by date passed"),
    Act.FINISH_SILENT: label("status_done", "Completed"),
    Act.CLOSE_SILENT: label("status_closed", "Closed"),
    Act.WAIT: label("button", "Keep waiting"),
    Act.PROMISE_MORE: label("button", "More to follow"),
    Act.COMPLETE: label("button", "Nothing more follows"),
    Act.HAND_OVER: label("button", "Hand over"),
    Act.OBTAIN: label("button", "Bought or obtained"),
}
"""What stands on the button of an act."""

NEWS: dict[Act, Label] = {
    Act.SUBMIT: label("news", "New request"),
    Act.OPEN: label("news", "Seen"),
    Act.TAKE: label("news", "Taken into work"),
    Act.YES: label("status_will_supply", "Will be supplied"),
    Act.CONDITIONS: label("news", "Can be supplied on conditions"),
    Act.WITHDRAW_CONDITIONS: label("news", "The conditions are dropped, the item will be supplied"),
    Act.LATER: label("news", "Not now, can be asked again"),
    Act.NO: label("status_unfilled", "Not filled"),
    Act.EXPECT: label("news", "Expected date named"),
    Act.SHIP: label("status_shipped", "Dispatched"),
    Act.DETAIL_DISPATCH: label("news", "Details of the dispatch added"),
    Act.DELIVER: label("status_delivered", "Copy delivered"),
    Act.CANNOT_RESEND: label("news", "The copy cannot be sent again"),
    Act.ACCEPT: label("news", "The conditions are accepted"),
    Act.DECLINE: label("news", "The conditions are declined, the request is closed"),
    Act.TRY_AGAIN: label("news", "Waiting for the date"),
    Act.CANCEL: label("news", "The requesting library cancels the request"),
    Act.AGREE_CANCEL: label("news", "Cancellation agreed"),
    Act.REFUSE_CANCEL: label("news", "Cancellation refused"),
    Act.ASK_STATUS: label("news", "Please tell how it stands"),
    Act.RECEIVE: label("news", "Item received"),
    Act.RECEIVE_DAMAGED: label("news", "Item received damaged"),
    Act.CLAIM: label("news", "The parcel has not arrived"),
    Act.ASK_RENEWAL: label("news", "Renewal of the loan asked"),
    Act.GRANT_RENEWAL: label("news", "Loan renewed"),
    Act.REFUSE_RENEWAL: label("news", "Renewal refused"),
    Act.RECALL: label("news", "Early return asked"),
    Act.CHANGE_DUE: label("news", "Due date corrected"),
    Act.SEND_BACK: label("news", "Item sent back"),
    Act.CHECK_IN: label("news", "Return accepted, the loan is completed"),
    Act.CHECK_IN_DAMAGED: label("news", "Returned damaged or incomplete"),
    Act.CLAIM_RETURN: label("news", "The returned item has not arrived"),
    Act.LOSE: label("news", "Item lost"),
    Act.PROPOSE_SETTLEMENT: label("news", "Settlement proposed"),
    Act.AGREE_SETTLEMENT: label("news", "Settlement agreed, the request is completed"),
    Act.FIND: label("news", "Item found, it is on the way back"),
    Act.FINE: label("news", "The copy is fine, the request is completed"),
    Act.PROBLEM: label("news", "There is a problem with the copy"),
    Act.FIX_AND_RESEND: label("news", "Sent again as a new request"),
    Act.ASK_COPY: label("news", "A copy is asked for instead"),
    Act.ASK_ANOTHER: label("news", "Another library is asked"),
    Act.TO_GAP_LIST: label("news", "Put on the gap list"),
    Act.CLOSE: label("news", "The request is closed"),
    Act.REOPEN: label("news", "The request is open again"),
    Act.UNDO: label("news", "Taken back"),
    Act.COMMENT: label("comment", "comment"),
    Act.MARK_OVERDUE: label("news", "Return is overdue"),
    Act.EXPIRE: label("news", "The needed-by date has passed, the request is closed"),
    Act.FINISH_SILENT: label("news", "Completed without complaint"),
    Act.CLOSE_SILENT: label("news", "Closed, nobody asked further"),
    Act.WAIT: label("news", "The requesting library keeps waiting"),
    Act.PROMISE_MORE: label("news", "More files will follow"),
    Act.COMPLETE: label("news", "The copy is complete, nothing more follows"),
    Act.HAND_OVER: label("news", "Handed over to a colleague"),
    Act.OBTAIN: label("news", "Bought or obtained, it will be sent"),
}
"""What an act is to those who hear of it, and to the history."""

SEND = label("button", "Send the request")
BACK = label("button_back", "Back")
CANCEL = label("button_cancel", "Cancel")
SKIP = label("button_skip", "Skip")
EDIT = label("button_edit", "Edit")
DELETE = label("button_delete", "Delete")
NEXT = label("button_next", "Next")
PREVIOUS = label("button_previous", "Previous")
UNDO = label("button_undo", "Undo")
COMMENT = label("button_add_comment", "Add a comment")
HISTORY = label("button", "History")
TO_LIST = label("button", "To the list")
FINISH = label("button", "That is all")
DONE = label("button", "Done")
OTHER_LIBRARY = label("button", "Another library")
BLOCK = label("button", "Set aside")
BLOCK_SENDER = label("button", "Block the sender")
LET_THROUGH = label("button", "Let it through")
NOT_ME = label("button", "No, not me")
NEW_REQUEST = label("button_new_request", "New request")
MY_REQUESTS = label("button_my_requests", "My requests")
HELP = label("button_help", "Help")
LANGUAGE = label("button_language", "Language")
TODAY = label("button_today", "Today")
SEARCH = label("button_search", "Search")
NARROW = label("button", "Filter")
WHOLE_LIST = label("button", "Show all")
SEND_AGAIN = label("button", "Send all the same")
OPEN_THAT = label("button", "Open that one")
OTHER_DAY = label("button", "Another day")
RENEW_UNTIL = label("button", "Renew until a day")
GRANT_UNTIL = label("button", "Grant until a day")
SENT_BACK_AS = label("button", "Sent back, number")
RECORD_FOR_PARTNER = label("button", "For the partner")
FOR_READER = label("text_for_reader", "Text for the reader")
OUR_NUMBER = label("our_number", "Our register number")
PRINT = label("button", "Print")
PHRASES = label("button", "Phrases")
ANSWER = label("button", "Answer")
FILE_AS_REQUEST = label("button", "File as a request")
SEND_AS_LETTER = label("button", "Send as a letter")
WHOLE_MAIL = label("button", "Whole message")
DISCARD = label("button", "Discard")
COPY_TEXT = label("button", "Copy the text")
INVITE = label("button", "Invite")
