"""Who takes part and how they are reached."""

from enum import StrEnum


class Language(StrEnum):
    """BCP 47 codes of the desk's languages."""

    AZ = "az"
    KK = "kk"
    RU = "ru"
    EN = "en"


class Role(StrEnum):
    """What a person may do in their own library; an administrator sees the installation."""

    LIBRARIAN = "librarian"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class Channel(StrEnum):
    """A way out to a person."""

    CHAT = "chat"
    MAIL = "mail"


class Reach(StrEnum):
    """Through which channels a person wants news; chat falls back to mail when Telegram is closed."""

    CHAT = "chat"
    MAIL = "mail"
    BOTH = "both"


class Via(StrEnum):
    """The door through which an act came in; with its key it makes an event unique."""

    TELEGRAM = "telegram"
    EMAIL = "email"
    CLOCK = "clock"
    SHELL = "shell"
    SANDBOX = "sandbox"
    WEB = "web"
