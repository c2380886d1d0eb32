"""What screens are built of, at its longest: libraries, cards, drafts, files, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from models.queries.drafts import DraftView
from models.queries.files import FileView
from models.queries.history import EventView
from models.queries.letters import LetterView
from models.queries.lines import LineView
from models.queries.lists import ListView
from models.queries.parties import LibraryView, PersonView
from models.queries.requests import CardView
from models.queries.traffic import AsideView, InvitationView
from models.rules import form, lifecycle
from models.rules.lifecycle import Details, Standing
from models.rules.narrowing import Narrowing
from models.rules.vocabulary import (
    Act,
    Also,
    Condition,
    Filter,
    Flag,
    Group,
    Language,
    Method,
    Reach,
    Reason,
    Role,
    ScanProblem,
    Service,
    Settlement,
    Side,
    Stage,
    StandingTerm,
    Via,
)

TODAY = date(2028, 7, 31)
NOW = datetime(2028, 7, 31, 19, 30, tzinfo=UTC)
ID = 9_999_999
"""As large as a number of the database grows in this program's life."""
VERSION = 999

BAKU = LibraryView(
    id=1,
    code="ANL",
    names={
        "az": "Azərbaycan Milli Kitabxanası",
        "kk": "Әзірбайжан Ұлттық кітапханасы",
        "ru": "Национальная библиотека Азербайджана",
        "en": "Azerbaijan National Library",
    },
    country="AZ",
    zone="Asia/Baku",
    language=Language.AZ,
    email="ill@anl.example",
)
ALMATY = LibraryView(
    id=2,
    code="NLRK",
    names={
        "az": "Qazaxıstan Respublikasının Milli Kitabxanası",
        "kk": "Қазақстан Республикасының Ұлттық кітапханасы",
        "ru": "Национальная библиотека Республики Казахстан",
        "en": "National Library of the Republic of Kazakhstan",
    },
    country="KZ",
    zone="Asia/Almaty",
    language=Language.KK,
    email="ill@nlrk.example",
)
PERSON = PersonView(
    id=7,
    name="Айгүл Сәрсенбаева",
    role=Role.COORDINATOR,
    library=2,
    language=Language.KK,
    chat=700,
    email="aigul@nlrk.example",
    reach=Reach.BOTH,
    is_mailbox=False,
    epoch=1,
    settings={},
    telegram=700,
)
FILE = FileView(
    id=ID,
    name="Әуезов, Абай жолы <1-том> & соңы.pdf",
    size=19_960_000,
    mime="application/pdf",
    sha256="0" * 64,
    telegram_file_id=None,
    event=1,
    until=NOW,
    locked=True,
    expired=True,
)
VALUES: dict[str, Any] = {
    "title": "Абай жолы: роман-эпопея. Төрт томдық <шығармалар> & мақалалар",
    "author": "Әуезов М. О.",
    "part_title": "Алғы сөз",
    "part_author": "Мағауин М.",
    "year": 1977,
    "volume": "1–4",
    "issue": "5",
    "issue_date": "1977-05-12",
    "pages": "12-40",
    "place": "Алматы",
    "publisher": "Жазушы",
    "edition": "2-басылым",
    "extent": "480 б.",
    "isbn": "9785000000007",
    "issn": "0042-8779",
    "doi": "10.1000/182",
    "url": "https://example.org/abai",
    "shelf_mark": "Қ 84",
    "language": "kk",
    "quantity": 1,
    "source": "каталог",
    "purpose": "research",
    "needed_by": "2028-09-01",
    "also": [one.value for one in Also],
    "our_number": "АБ-17",
    "note": "Қажет: алғы сөз бен түсініктемелер",
    "rest": "[б. и.]",
}
DETAILS = Details(
    reason=Reason.SERVICE,
    conditions=tuple(Condition),
    note="Сөреден табылды; мұқабасы зақымдалған.\nТек оқу залында.",
    due=date(2028, 9, 30),
    until=date(2028, 8, 15),
    parcel="RR123456785KZ",
    method=Method.OTHER_LIBRARY,
    pieces=2,
    problem=ScanProblem.PAGES_MISSING,
    pages="15–17",
    settlement=Settlement.IDENTICAL_COPY,
    cost="12 EUR",
    field="part_title",
    url="https://example.org/scan",
)


def event(act: Act, **changes: Any) -> EventView:
    """Something that the partner did, with every detail there is."""
    view = EventView(
        id=1,
        act=act,
        side=Side.SUPPLYING,
        by="Aygün Məmmədova",
        own=False,
        at=NOW,
        details=DETAILS,
        stage_from=Stage.SENT,
        stage_to=Stage.RECEIVED,
        via=Via.TELEGRAM,
        for_partner=False,
        undone=False,
        files=(FILE,),
        language=Language.RU,
    )
    return replace(view, **changes)


def card(side: Side, stage: Stage, *flags: Flag, service: Service = Service.LOAN, **changes: Any) -> CardView:
    """A request at a stage as one side sees it, full of everything that can be shown."""
    now = Standing(
        stage=stage,
        service=service,
        flags=frozenset(flags),
        resume=Stage.SENT,
        reason=Reason.SERVICE,
        pieces=3,
    )
    mine = side is Side.REQUESTING
    view = CardView(
        id=ID,
        number="NLRK-2028-9999",
        side=side,
        service=service,
        standing=now,
        group=lifecycle.group(now, side),
        version=VERSION,
        title=VALUES["title"],
        values=VALUES,
        own=ALMATY if mine else BAKU,
        partner=BAKU if mine else ALMATY,
        turn=lifecycle.turn(now),
        reason=Reason.SERVICE,
        terms={"conditions": list(Condition), "cost": "12 EUR", "settlement": Settlement.PAYMENT},
        dispatch={
            "sent_on": "2028-07-01",
            "parcel": "RR123456785KZ",
            "method": Method.EMS,
            "pieces": 3,
            "received_pieces": 2,
            "value": "50 EUR",
            "insured": "70 EUR",
        },
        due=date(2028, 9, 30),
        named_due=True,
        until=date(2028, 8, 15),
        needed_by=date(2028, 9, 1),
        urgent=True,
        created_at=NOW,
        turn_since=NOW,
        taker="Aygün Məmmədova",
        asker="Айгүл Сәрсенбаева",
        reader="№ 1234, А. С." if mine else None,
        previous="ANL-2028-9999",
        successor=(ID, "ANL-2028-9998"),
        possible=lifecycle.possible(now, side),
        can_undo=True,
        silent=True,
        deadline=TODAY,
        asked_to_wait=True,
        events=(event(Act.SHIP), event(Act.COMMENT), event(Act.NO, undone=True)),
        files=(FILE,),
        own_number="АБ-17",
        asked_due=date(2028, 10, 15),
        terms_of_all=tuple(StandingTerm),
        costs=True,
        elsewhere=BAKU if mine and stage is Stage.UNFILLED else None,
        colleagues=((8, "Ғалымжан Әбдірахманұлы Қожахметов-Сәрсенбаев"),),
    )
    return replace(view, **changes)


def draft(step: str | None, service: Service = Service.COPY, **changes: Any) -> DraftView:
    """A draft at one of its questions (None: the review), filled throughout."""
    view = DraftView(
        id=ID,
        author=7,
        service=service,
        values=VALUES,
        reader="№ 1234, А. С.",
        step=step,
        partner=BAKU,
        previous=None,
    )
    return replace(view, **changes)


STEPS = [
    (service, step)
    for service in Service
    for name in form.EDITABLE[service]
    for step in (name, form.ALONE + name)
]


def line(group: Group) -> LineView:
    """A request in a list."""
    return LineView(
        id=ID,
        number="NLRK-2028-9999",
        service=Service.LOAN,
        stage=Stage.ON_LOAN,
        flags=frozenset({Flag.OVERDUE}),
        side=Side.REQUESTING,
        title="Абай жолы: роман-эпопея. Төрт томдық шығармалар жинағы, түсініктемелерімен",
        partner=BAKU,
        due=date(2028, 9, 30),
        until=date(2028, 8, 15),
        urgent=True,
        group=group,
    )


NARROWED = Narrowing(partner=ID, service=Service.COPY, group=Group.WITH_READER)


def listing(chosen: Filter, *, page: int = 1, pages: int | None = None, lines: int = 6) -> ListView:
    """A page of a list that goes on, narrowed in every way."""
    return ListView(
        filter=chosen,
        lines=(line(Group.WITH_READER),) * lines,
        page=page,
        pages=pages,
        more=lines > 0,
        total=100 if lines else 0,
        counts=dict.fromkeys(Filter, 100),
        narrowing=NARROWED,
    )


def aside(verdict: str, *, settled: bool = False) -> AsideView:
    """A kept mail that names a request."""
    return AsideView(
        id=ID,
        mail=1,
        verdict=verdict,
        from_address="кто-то <someone@example.org>",
        subject="Re: NLRK-2028-9999 " + "очень длинная тема " * 20,
        excerpt="Здравствуйте!\nСм. вложение." * 20,
        attachments=("скан & <копия>.pdf",),
        request=ID,
        settled=settled,
    )


INVITED = InvitationView(
    id=1,
    email="aigul@nlrk.example",
    role=Role.COORDINATOR,
    library=2,
    language=Language.KK,
    is_mailbox=False,
    expires_at=NOW,
    used=False,
)
LETTER = LetterView(
    id=ID,
    thread=ID,
    subject="Семинар «Фонды и читатели» " * 7,
    text="Уважаемые коллеги!\nПриглашаем Вас.\n" * 90,
    by="Айгүл Сәрсенбаева",
    own=False,
    library=ALMATY,
    partner=BAKU,
    language=Language.RU,
    at=NOW,
    answers="<a@example.org>",
)
