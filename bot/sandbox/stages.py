"""What the sandbox opens on: people who have joined, and a half-finished story."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.example import load_example
from bot.sandbox import morning
from bot.sandbox.botapi import Person
from bot.sandbox.mail_client import Client, reply
from bot.sandbox.world import World
from handlers.text.words import display
from models.operations import drafts, outbox, people, reminders, requests
from models.operations.intents import Intent
from models.operations.libraries import library_number
from models.queries import parties
from models.rules.citation import understand
from models.rules.filing import values_of
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Condition, Reason, Role, Via

BOXES = ("ill@anl.example", "ill@nlrk.example")
MONTH = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: a librarian in Baku, one in Almaty, a coordinator in Baku."""

    baku: Person
    almaty: Person
    coordinator: Person

    @property
    def people(self) -> Sequence[Person]:
        """In the order of their phones."""
        return (self.baku, self.almaty, self.coordinator)


async def set_up(world: World) -> Cast:
    """Load the example and let everybody join as real people would: by link and by mail."""
    await load_example(world.clock())
    cast = Cast(
        baku=world.phone(101, "Aytən Məmmədova", language="az"),
        almaty=world.phone(202, "Әсел Нұрланқызы", language="kk"),
        coordinator=world.phone(303, "Rəşad Əliyev", language="az"),
    )
    await _join(world, cast.baku, "ANL", Role.LIBRARIAN)
    await _join(world, cast.almaty, "NLRK", Role.LIBRARIAN)
    await _join(world, cast.coordinator, "ANL", Role.COORDINATOR)
    for code, box in zip(("ANL", "NLRK"), BOXES, strict=True):
        await _join_by_mail(world, code, box)
    return cast


async def _join(world: World, person: Person, code: str, role: Role) -> None:
    made = await people.invite(await library_number(code), role, world.clock())
    person.starts(made.code)
    await world.settle()


async def _join_by_mail(world: World, code: str, box: str) -> None:
    library = await library_number(code)

    async def invite(now: datetime) -> None:
        await people.invite(library, Role.LIBRARIAN, now, email=box, mailbox=True)

    await world.doing(invite)
    language = (await parties.library(library)).language
    raw = reply(
        world.mail.box(box)[-1].raw,
        body=display("yes", language),
        client=Client.THUNDERBIRD,
        language=language,
        from_name="",
        from_address=box,
        now=world.clock(),
    )
    await world.deliver(raw)
    await world.settle()


@dataclass(frozen=True, slots=True)
class Story:
    """A request of the past: who asked, what for, and what was done since, day by day."""

    asks: str
    citation: str
    days_ago: int
    acts: Sequence[tuple[str, Act, Details]] = ()


BAKU, ALMATY = "ANL", "NLRK"
STORIES: Sequence[Story] = (
    Story(
        BAKU,
        "Бекмаханов Е. Б. Казахстан в 20–40 годы XIX века. — Алма-Ата, 1947. — 392 с.",
        40,
        (
            (ALMATY, Act.YES, Details()),
            (ALMATY, Act.SHIP, Details(parcel="RR123456785KZ")),
            (BAKU, Act.RECEIVE, Details()),
        ),
    ),
    Story(
        ALMATY,
        "Nizami Gəncəvi. Xəmsə. — Bakı : Elm, 1983.",
        30,
        ((BAKU, Act.YES, Details()), (BAKU, Act.SHIP, Details(parcel="RR987654329AZ"))),
    ),
    Story(
        BAKU,
        "Бөкейхан Ә. Шығармалар. — Алматы : Қазақстан, 1994. — Б. 15–32.",
        12,
        ((ALMATY, Act.TAKE, Details()),),
    ),
    Story(
        ALMATY,
        "Molla Pənah Vaqif. Əsərləri. — Bakı : Yazıçı, 1988. — S. 40-61.",
        20,
        ((BAKU, Act.NO, Details(reason=Reason.NOT_HELD)),),
    ),
    Story(
        BAKU,
        "Кенесбаев И. К. Абай тілінің сөздігі. — Алматы : Ғылым, 1968.",
        9,
        (
            (
                ALMATY,
                Act.CONDITIONS,
                Details(reason=Reason.MUST_MEET_CONDITION, conditions=(Condition.LIBRARY_USE_ONLY,)),
            ),
        ),
    ),
    Story(
        ALMATY,
        "Cavadov Q. Əkinçilik mədəniyyəti // Azərbaycan etnoqrafik məcmuəsi. — 1977. — S. 112-131.",
        35,
        ((BAKU, Act.YES, Details()),),
    ),
    Story(
        BAKU,
        "Валиханов Ч. Ч. Собрание сочинений : в 5 т. — Алма-Ата, 1961. — Т. 1.",
        60,
        (
            (ALMATY, Act.YES, Details()),
            (ALMATY, Act.SHIP, Details(parcel="RR223456785KZ")),
            (BAKU, Act.RECEIVE, Details()),
            (BAKU, Act.SEND_BACK, Details(parcel="RR323456789AZ")),
            (ALMATY, Act.CHECK_IN, Details()),
        ),
    ),
    Story(ALMATY, "Füzuli M. Leyli və Məcnun. — Bakı : Şərq-Qərb, 2005. — 256 s.", 2),
    Story(ALMATY, "Əfəndiyev R. Azərbaycan qədim dövrdə. — Bakı, 1911. — S. 3-18.", 3),
    Story(BAKU, "Қазақ совет энциклопедиясы. — Алматы, 1972. — 1-том.", 1),
)


EARLIER = {"notice": timedelta(days=3)}
"""So much longer ago the stories lie, so that nothing comes before what the stage is about."""


async def _weeks(world: World, seed: int, earlier: timedelta) -> None:
    for number, story in enumerate(shuffled(seed)):
        await _tell(story, number, world.clock() - earlier - timedelta(days=story.days_ago))
    await reminders.plan(world.clock())
    await outbox.skip_waiting()


def shuffled(seed: int) -> Sequence[Story]:
    """The same stories in an order that the seed decides, so that they get other numbers."""
    return sorted(STORIES, key=lambda story: sha256(f"{seed}{story.citation}".encode()).digest())


async def _tell(story: Story, number: int, at: datetime) -> None:
    staff = {code: await _librarian(code) for code in (BAKU, ALMATY)}
    other = ALMATY if story.asks == BAKU else BAKU
    citation = understand(story.citation)
    draft = await drafts.start(
        staff[story.asks],
        citation.service,
        at,
        values=values_of(citation),
        supplying=await library_number(other),
    )
    filed = await drafts.submit(
        draft, author=staff[story.asks], via=Via.SANDBOX, key=f"story:{number}", now=at
    )
    for step, (code, act, details) in enumerate(story.acts, start=1):
        intent = Intent(
            request=filed.request,
            act=act,
            actor=staff[code],
            via=Via.SANDBOX,
            key=f"story:{number}:{step}",
            details=details,
        )
        await requests.act(intent, at + timedelta(days=step))


async def _librarian(code: str) -> int:
    members = await parties.members_of(await library_number(code))
    return next(one.id for one in members if one.chat and one.role is Role.LIBRARIAN)


def _today_in_baku() -> datetime:
    local = datetime.now(UTC).astimezone(ZoneInfo("Asia/Baku"))
    return local.replace(hour=9, minute=30, second=0, microsecond=0).astimezone(UTC)


OPENINGS: dict[str, Callable[[], datetime]] = {
    "fresh": _today_in_baku,
    "busy": _today_in_baku,
    "overdue": _today_in_baku,
    "notice": lambda: datetime(2028, 8, 1, 5, 30, tzinfo=UTC),
}
"""What the clock shows when the page opens: today at half past nine (`overdue`: a month later), or a week
before the last day for a notice."""


async def play(world: World, stage: str, seed: int, opening: datetime) -> Cast:
    """Set the stage up in a world whose clock stands at `start_of(stage, opening)`."""
    cast = await set_up(world)
    if stage == "fresh":
        return cast
    await _weeks(world, seed, EARLIER.get(stage, timedelta()))
    await morning.play(world, baku=cast.baku, almaty=cast.almaty, box=BOXES[1], opening=opening)
    if stage == "overdue":
        await world.advance(opening + MONTH)
    return cast


def start_of(stage: str, opening: datetime) -> datetime:
    """Where the clock of the world begins: the afternoon before, unless nothing is to have happened."""
    return opening if stage == "fresh" else morning.the_day_before(opening).astimezone(UTC)
