"""The words of the upload page, in the language of its reader."""

from handlers.text.citations import heading, shortened
from handlers.text.voice import LANGUAGE_NAMES, Voice
from models.queries.requests import CardView
from models.rules.filelimits import WEB_IN
from models.rules.vocabulary import Language


def page_words(voice: Voice, view: CardView) -> dict[str, str]:
    """What stands on the page before anything is chosen."""
    return {
        "title": voice.say("Send a scan. Request: {number}", number=view.number),
        "work": shortened(heading(view.values), 200),
        "intro": voice.say(
            "PDF, JPEG, TIFF, PNG, DjVu or ZIP, up to {size} each. After an interruption choose the same "
            "file again: it goes on where it stopped.",
            size=voice.size(WEB_IN),
        ),
        "choose": voice.say("Choose files or drop them here"),
        "languages": voice.say("Language of this page"),
    }


def script_words(voice: Voice) -> dict[str, str]:
    """What the script says while it works; `{percent}` is filled in by it."""
    return {
        "sending": voice.say("Sending: {percent} %", percent="{percent}"),
        "waiting": voice.say("The connection is interrupted; trying again."),
        "checking": voice.say("Everything has arrived; the file is being checked."),
        "done": voice.say("Delivered."),
        "failed": voice.say("This did not work. Please try again later."),
        "empty": voice.say("The file is empty."),
    }


def languages() -> dict[Language, str]:
    """Each language in its own name."""
    return dict(LANGUAGE_NAMES)
