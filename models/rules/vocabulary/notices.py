"""What the desk can say, in a chat or by mail."""

from enum import StrEnum


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
    WHICH = "which"  # files: scans that no request has yet
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
    FOUND = "found"  # words, page, search: requests that the words name; without words they are asked for
    TOO_LARGE = "too_large"  # request, files: what no way of the other side carries, told to its sender
    FILE_EXPIRES = "file_expires"  # request, files: kept files that nobody fetched go soon
    UNSTORED = "unstored"  # box, count: mail that could not be stored lies in the mailbox's folder Failed
    WAS_IT_YOU = "was_it_you"  # aside: a stranger wrote with the person's own reply address
    ASIDES = "asides"  # since: too many mails were kept aside to show each; how many, and from whom
    REPORT = (
        "report"  # agreement, span, part, page: the figures, those of a library, or what stands behind one
    )
    REPORT_FILE = "report_file"  # agreement, span, form, language: the report as a file
    MAIL_FLOOD = "mail_flood"  # request, address: too much mail from one sender, recorded and not acted on
    PAPERS = "papers"  # request: what can be printed
    PAPER = "paper"  # request, papers: printed now
    AGREEMENT_LETTER = "agreement_letter"  # agreement, letter, language_of, form: a draft for signature
    CALENDAR = "calendar"  # nothing: the library's days as a file, and the address of its feed
    ASKED = "asked"  # form, ref, step, values: the next question of a short form, or its review
    PLAN = "plan"  # plan: a cooperation plan as it stands
    PLANS = "plans"  # choose: the plans of the reader's library, or with whom a new one is begun
    ITEM = "item"  # item, done: an item of a plan as it stands, with its history
    ITEM_NEWS = "item_news"  # event: what happened to an item or to a plan
    PLAN_CLOCK = "plan_clock"  # item, step, anchor: a reminder of an item, if it is still true
    PLAN_YEAR = "plan_year"  # partner, step, year: plan for next year, or the report is due
    PLAN_DAYS = "plan_days"  # plan, or item: the known days as a file for a calendar
    BULLETIN = "bulletin"  # bulletin, news, kept, language: information for colleagues
    BULLETINS = "bulletins"  # since, until: a week's information, for subscribers
    SHARED = "shared"  # page: what was shared, topics, the way to share something
    BULLETIN_REPLY = "bulletin_reply"  # reply: a colleague's answer, to the author
    FORUM = "forum"  # bulletin, news, topic: information in the thread of a department's forum group
    MAIL_CAP = "mail_cap"  # left, cap: most of the mails that may leave in a day have left
    AGREEMENT = "agreement"  # agreement, page: what it says, and the steps of what coordinators record
    AGREEMENT_NEWS = "agreement_news"  # event: what somebody recorded, told to both sides
    AGREEMENT_FILE = "agreement_file"  # text: a language version of the agreement
    WHOLE_MAIL = "whole_mail"  # request, event: a mail with its quotes and signature
    SPLIT = "split"  # request, draft: words kept as a comment, which may be a matter of their own
    RENEWAL = "renewal"  # reminders: what coordinators have to know of their agreements today
    GAPS = "gaps"  # list, page, state, search: a page of a list of gaps, duplicates or exchanges
    GAP = "gap"  # item: a line of such a list
    EXCHANGE_CLOCK = "exchange_clock"  # exchange, step, version: a reminder, if it is still true
    GAP_ASKED = "gap_asked"  # asked, list: words, a citation or a file are asked for
    GAP_IMPORT = "gap_import"  # import: a list as it would be read, to be confirmed; column: one to be named
    GAP_STORED = "gap_stored"  # import: what became of a list, and its rows that could not be stored
    GAP_EXPORT = "gap_export"  # list: the whole list as a file
    GAP_NEWS = "gap_news"  # library, holding, added, matches: the partner's list has grown
    EXCHANGE = "exchange"  # exchange, event: an exchange as it stands, and what happened to it


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
    LINK_DELIVERED = "link_delivered"
    FILES_DISCARDED = "files_discarded"
    FILES_GONE = "files_gone"
    STRAY_THROUGH = "stray_through"
    STRAY_LEFT = "stray_left"
    RENEWAL_SEEN = "renewal_seen"
    COMMENT_TOLD = "comment_told"
    REPLY_TOLD = "reply_told"
    FOLLOWS_NOTHING = "follows_nothing"
    FORUM_LINKED = "forum_linked"
    FORUM_UNLINKED = "forum_unlinked"
    FORUM_HOW = "forum_how"
