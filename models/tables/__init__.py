"""The rows. One file per aggregate; only operations write them, only queries read them."""

from models.tables.agreements import Agreement
from models.tables.files import Album, Upload
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
    "Album",
    "Aside",
    "Attachment",
    "Card",
    "Conversation",
    "Counter",
    "Draft",
    "Event",
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
    "Upload",
    "WrongCode",
]
