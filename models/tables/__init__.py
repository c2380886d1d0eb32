"""The rows. One file per aggregate; only operations write them, only queries read them."""

from models.tables.agreements import Agreement
from models.tables.finding import LastList, RequestKey, Search, Term
from models.tables.libraries import Counter, Invitation, Library, Person, WrongCode
from models.tables.requests import Attachment, Draft, Event, File, Reader, Request
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
    "Conversation",
    "Counter",
    "Draft",
    "Event",
    "File",
    "Invitation",
    "LastList",
    "Library",
    "Mail",
    "Notice",
    "Person",
    "Reader",
    "Request",
    "RequestKey",
    "Search",
    "Setting",
    "Term",
    "ThreadMail",
    "Update",
    "WrongCode",
]
