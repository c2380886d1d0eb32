"""The rows. One file per aggregate; only operations write them, only queries read them."""

from models.tables.agreements import Agreement
from models.tables.files import Album, Upload
from models.tables.finding import LastList, RequestKey, Search, Term
from models.tables.habits import Habit
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
from models.tables.reports import ReportConfirmation
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
    Blocked,
    Bounce,
    Card,
    Conversation,
    Fetched,
    Mail,
    Notice,
    Pace,
    Setting,
    ThreadMail,
    Update,
)

__all__ = [
    "Agreement",
    "Album",
    "Aside",
    "Attachment",
    "Blocked",
    "Bounce",
    "Card",
    "Closure",
    "Conversation",
    "Counter",
    "Draft",
    "Event",
    "Fetched",
    "File",
    "Habit",
    "Invitation",
    "LastList",
    "Letter",
    "LetterCard",
    "LetterThread",
    "Library",
    "Mail",
    "MonthlyClosure",
    "Notice",
    "OwnNumber",
    "Pace",
    "Person",
    "Reader",
    "Reminder",
    "ReportConfirmation",
    "Request",
    "RequestKey",
    "Search",
    "Setting",
    "Term",
    "ThreadMail",
    "Update",
    "Upload",
    "WrongCode",
]
