"""The rows. One file per aggregate; only operations write them, only queries read them."""

from models.tables.agreements import Agreement
from models.tables.libraries import Counter, Invitation, Library, Person, WrongCode
from models.tables.requests import Attachment, Draft, Event, File, Reader, Request
from models.tables.traffic import (
    Aside,
    Blocked,
    Bounce,
    Card,
    Conversation,
    Fetched,
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
    "Blocked",
    "Bounce",
    "Card",
    "Conversation",
    "Counter",
    "Draft",
    "Event",
    "Fetched",
    "File",
    "Invitation",
    "Library",
    "Mail",
    "Notice",
    "Person",
    "Reader",
    "Request",
    "Setting",
    "ThreadMail",
    "Update",
    "WrongCode",
]
