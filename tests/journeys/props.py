"""Who plays, what they ask for, and what stands on the buttons they press."""

from datetime import UTC, datetime

from handlers.text import labels
from handlers.text.details import reason_text
from handlers.text.voice import Label, Voice
from models.operations.libraries import NewLibrary
from models.rules.vocabulary import Act, Condition, Filter, Language, Reason, Role, ScanProblem, Service

START = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
"""A Monday, half past nine in Baku."""
BEFORE_OPENING = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
"""The same Monday, before anybody is reminded or reads what waits: nothing comes unasked."""
SCAN = b"%PDF-1.7\nthe pages that were asked for\n%%EOF\n"
BOOK = "Ауэзов М. О. Путь Абая : роман. — Алма-Ата : Жазушы, 1977. — 480 с."
ARTICLE = "Иванов И. И. Название статьи // Вопросы истории. — 1998. — № 5. — С. 12–40."

PAIRS = [(Language.AZ, Language.KK), (Language.RU, Language.EN)]
"""The languages spoken in Baku and in Almaty: all four in two tellings."""

Key = Act | Reason | Condition | ScanProblem | Service | Filter | Language | Label | str


def on_button(key: Key, voice: Voice, service: Service = Service.LOAN) -> str:
    """What stands on a button, in this person's language."""
    match key:
        case Act():
            return voice.label(labels.ACTS[key])
        case Reason():
            return reason_text(voice, key, service)
        case Condition():
            return voice.label(labels.CONDITIONS[key])
        case ScanProblem():
            return voice.label(labels.SCAN_PROBLEMS[key])
        case Service():
            return voice.label(labels.SERVICES[key])
        case Filter():
            return voice.label(labels.FILTERS[key])
        case Label():
            return voice.label(key)
        case _:
            return str(key)


PHONES = {
    "ANL": (101, "Aytən Məmmədova", "ANL", Role.LIBRARIAN),
    "NLRK": (202, "Әсел Нұрланқызы", "NLRK", Role.LIBRARIAN),
    "coordinator": (303, "Rəşad Əliyev", "ANL", Role.COORDINATOR),
    "outsider": (505, "Grace Hopper", "LIB", Role.LIBRARIAN),
    "boss": (606, "Дана Ахметова", "NLRK", Role.COORDINATOR),
    "colleague": (404, "Данияр Сейітов", "NLRK", Role.LIBRARIAN),
    "counterpart": (606, "Дана Сәрсенбаева", "NLRK", Role.COORDINATOR),
}
ELSEWHERE = NewLibrary(
    code="LIB",
    names={language.value: "Library Elsewhere" for language in Language},
    country="GB",
    timezone="Europe/London",
    language=Language.EN,
    email=None,
    domains=(),
)
BOXES = {"ANL": "ill@anl.example", "NLRK": "ill@nlrk.example"}
