"""The rows. One file per aggregate; only operations write them, only queries read them."""

from models.tables.agreements import Agreement
from models.tables.letters import Letter, LetterCard, LetterThread
from models.tables.libraries import (
    Closure,
    Counter,
    Invitation,
    Library,
    MonthlyClosure,
    Person,
    WrongCode,
)
from models.tables.requests import (
    Attachment,
    Draft,
    Event,
    File,
    OwnNumber,
    Reader,
    Reminder,
    Request,
)
from models.tables.traffic import (
    Aside,
    Card,
    Conversation,
    Mail,
    Notice,
    Setting,
    ThreadMail,
    Update,
)

__all__ = [
    "Agreement",
    "Aside",
    "Attachment",
    "Card",
    "Closure",
    "Conversation",
    "Counter",
    "Draft",
    "Event",
    "File",
    "Invitation",
    "Letter",
    "LetterCard",
    "LetterThread",
    "Library",
    "Mail",
    "MonthlyClosure",
    "Notice",
    "OwnNumber",
    "Person",
    "Reader",
    "Reminder",
    "Request",
    "Setting",
    "ThreadMail",
    "Update",
    "WrongCode",
]
