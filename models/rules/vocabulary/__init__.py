"""The words of the desk, as closed sets. Everything that can happen is named here once.

Codes in capitals follow ISO 18626 (interlibrary loan transactions, code lists of 2021); the rest is ours.
A member's value is what is stored and what travels; what a person reads is made in `handlers.text`.
"""

from models.rules.vocabulary.agreements import (
    AgreementAct,
    AmendmentState,
    RenewalAnswer,
    RenewalGroup,
    RenewalStep,
    Told,
)
from models.rules.vocabulary.cooperation import (
    FormName,
    ItemAct,
    ItemKind,
    ItemStage,
    Pace,
    PlanStepName,
    Topic,
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
    ReportForm,
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
    "AgreementAct",
    "Also",
    "AmendmentState",
    "Channel",
    "Clock",
    "Condition",
    "DayKind",
    "Filter",
    "Flag",
    "FormName",
    "Group",
    "ItemAct",
    "ItemKind",
    "ItemStage",
    "Kind",
    "Language",
    "Method",
    "NoticeKind",
    "Pace",
    "Phrase",
    "PlanStepName",
    "Purpose",
    "Reach",
    "ReaderText",
    "Reason",
    "RenewalAnswer",
    "RenewalGroup",
    "RenewalStep",
    "ReportForm",
    "Role",
    "Say",
    "ScanProblem",
    "Service",
    "Settlement",
    "Side",
    "Stage",
    "StandingTerm",
    "Status",
    "Told",
    "Topic",
    "Via",
]
