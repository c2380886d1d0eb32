"""Sentences that staff need daily: sent as keys, read by each side in its own language."""

from handlers.text.voice import message
from models.rules.vocabulary import Phrase, Side

SAYINGS: dict[Phrase, str] = {
    Phrase.THANKS: message("Thank you!"),
    Phrase.THANKS_RECEIVED: message("Thank you, received."),
    Phrase.PLEASE_WAIT: message("Please wait, the answer will follow."),
    Phrase.LOOKING: message("We are looking for it."),
    Phrase.FOUND_SOON: message("Found; it will be sent soon."),
    Phrase.SCANNING: message("It is being scanned."),
    Phrase.SCAN_TOMORROW: message("The copy will follow tomorrow."),
    Phrase.LEFT_TODAY: message("The parcel left today."),
    Phrase.LEAVES_THIS_WEEK: message("The parcel leaves this week."),
    Phrase.BACK_SOON: message("The item will be sent back soon."),
    Phrase.CONFIRM_PAGES: message("Please confirm the pages."),
    Phrase.CONFIRM_EDITION: message("Please confirm the edition."),
    Phrase.CONFIRM_VOLUME: message("Please confirm the volume."),
    Phrase.CONFIRM_ADDRESS: message("Please confirm the postal address."),
    Phrase.CHECK_CITATION: message("Please check the details once more."),
    Phrase.READER_WAITS: message("The reader is still waiting."),
    Phrase.URGENT_NOW: message("It has become urgent."),
    Phrase.ANY_EDITION: message("Any edition will do."),
    Phrase.SEND_BY_MAIL: message("Please send it by e-mail."),
    Phrase.CALL_US: message("Please telephone us."),
    Phrase.CLOSED_SOON: message("Our library will be closed for some days."),
    Phrase.SORRY_LATE: message("We are sorry for the delay."),
    Phrase.AGREED_BEFORE: message("The request had named this as acceptable."),
    Phrase.EXPORT_PERMITTED: message("The export permission has been received."),
}

BOTH = (
    Phrase.THANKS,
    Phrase.PLEASE_WAIT,
    Phrase.CONFIRM_ADDRESS,
    Phrase.SEND_BY_MAIL,
    Phrase.CALL_US,
    Phrase.CLOSED_SOON,
    Phrase.SORRY_LATE,
)
OFFERED: dict[Side, tuple[Phrase, ...]] = {
    Side.REQUESTING: (
        Phrase.THANKS_RECEIVED,
        Phrase.READER_WAITS,
        Phrase.URGENT_NOW,
        Phrase.ANY_EDITION,
        Phrase.BACK_SOON,
        *BOTH,
    ),
    Side.SUPPLYING: (
        Phrase.LOOKING,
        Phrase.FOUND_SOON,
        Phrase.SCANNING,
        Phrase.SCAN_TOMORROW,
        Phrase.LEFT_TODAY,
        Phrase.LEAVES_THIS_WEEK,
        Phrase.CONFIRM_PAGES,
        Phrase.CONFIRM_EDITION,
        Phrase.CONFIRM_VOLUME,
        Phrase.CHECK_CITATION,
        *BOTH,
    ),
}
"""What each side says; the desk's own sentences are in neither."""
