"""The words of the desk, as closed sets. Everything that can happen is named here once.

Codes in capitals follow ISO 18626 (interlibrary loan transactions, code lists of 2021); the rest is ours.
A member's value is what is stored and what travels; what a person reads is made in `handlers.text`.
"""

from models.rules.vocabulary.gaps import (
    ExchangeAct,
    ExchangeStage,
    GapList,
    Holding,
    ItemState,
    ListFormat,
    ListProblem,
    RowProblem,
    Way,
)
from models.rules.vocabulary.notices import (
    NoticeKind,
    Say,
)
from models.rules.vocabulary.particulars import (
    Also,
    Condition,
    DayKind,
    Kind,
    Method,
    Phrase,
    Purpose,
    ReaderText,
    Reason,
    ScanProblem,
    Settlement,
    StandingTerm,
)
from models.rules.vocabulary.people import (
    Channel,
    Language,
    Reach,
    Role,
    Via,
)
from models.rules.vocabulary.requests import (
    Act,
    Clock,
    Filter,
    Flag,
    Group,
    Service,
    Side,
    Stage,
    Status,
)

__all__ = [
    "Act",
    "Also",
    "Channel",
    "Clock",
    "Condition",
    "DayKind",
    "ExchangeAct",
    "ExchangeStage",
    "Filter",
    "Flag",
    "GapList",
    "Group",
    "Holding",
    "ItemState",
    "Kind",
    "Language",
    "ListFormat",
    "ListProblem",
    "Method",
    "NoticeKind",
    "Phrase",
    "Purpose",
    "Reach",
    "ReaderText",
    "Reason",
    "Role",
    "RowProblem",
    "Say",
    "ScanProblem",
    "Service",
    "Settlement",
    "Side",
    "Stage",
    "StandingTerm",
    "Status",
    "Via",
    "Way",
]
