"""Who may speak by mail, what happens to the rest, and how much is too much."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.sandbox.world import World
from models.rules.vocabulary import Act
from models.tables import Aside, Blocked, Draft, Mail, Person
from tests.doors.mail_desk import COLLEAGUE, ILL, START, STRANGER, Desk


@pytest.fixture
async def desk(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Desk]:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with World(tmp_path, database_url=url, clock=Clock(START)) as world:
        yield await Desk(world).opens("ANL", "NLRK")


PASS, FAIL = "dmarc=pass header.from={}", "dmarc=fail header.from={}"


@pytest.mark.parametrize(
    ("sender", "results", "becomes"),
    [
        (ILL, "", (Act.YES, ILL)),
        (ILL, PASS, (Act.YES, ILL)),
        (f"Dana <{COLLEAGUE}>", "", (Act.YES, "Dana")),
        (f"Dana <{COLLEAGUE}>", PASS, (Act.YES, "Dana")),
        (ILL, FAIL, "authentication"),
        (COLLEAGUE, FAIL, "authentication"),
        (STRANGER, "", "other_sender"),
        (STRANGER, PASS, "other_sender"),
        (STRANGER, FAIL, "other_sender"),
        (f"{ILL}, {STRANGER}", PASS, "authentication"),
        (f'"{STRANGER}" <{ILL}>', PASS, "authentication"),
    ],
)
async def test_with_a_signed_address(
    desk: Desk, sender: str, results: str, becomes: tuple[Act, str] | str
) -> None:
    domain = sender.rpartition("@")[2].rstrip(">")

    await desk.writes("YES", sender=sender, results=results.format(domain))

    accepted = isinstance(becomes, tuple)
    assert await desk.happened() == ([becomes] if accepted else [])
    assert await desk.asides() == ([] if accepted else [becomes])


@pytest.mark.parametrize(
    ("sender", "results", "acts", "asides"),
    [
        (ILL, PASS, [Act.YES], []),
        (ILL, "", [Act.COMMENT], []),
        (ILL, FAIL, [], ["authentication"]),
        (STRANGER, PASS, [], ["stranger"]),
    ],
)
async def test_with_a_number_alone(
    desk: Desk, sender: str, results: str, acts: list[Act], asides: list[str]
) -> None:
    number = desk.world.mail.box(ILL)[-1].message["Subject"].split("]")[0][1:]
    to = desk.world.settings.mail_address or ""
    results = results.format(sender.rpartition("@")[2])

    await desk.writes("YES", sender=sender, to=to, results=results, subject=f"Re: [{number}]")

    assert [act for act, _ in await desk.happened()] == acts
    assert await desk.asides() == asides


async def test_a_stranger_is_told_nothing(desk: Desk) -> None:
    await desk.writes("YES", sender=STRANGER)
    await desk.writes("Hello", sender=STRANGER, to="requests+r1.1.aaaaaaaaaaaaaaaaa@abonement.example")
    await desk.writes("Hello", sender=STRANGER, to="requests@abonement.example")

    assert desk.letters(STRANGER) == []
    assert await desk.asides() == ["other_sender", "forged", "stranger"]


async def test_the_person_is_asked_and_their_yes_lets_it_through(desk: Desk) -> None:
    await desk.writes("YES", sender=STRANGER)
    assert "Was this you?" in desk.letters(ILL)[-1]
    question = desk.world.mail.box(ILL)[-1].message["Reply-To"].addresses[0].addr_spec

    await desk.writes("YES", sender=ILL, to=question)

    assert await desk.happened() == [(Act.YES, STRANGER)]
    assert "Recorded" in desk.letters(ILL)[-1] or "Recorded" in desk.letters(ILL)[-2]


async def test_the_persons_no_leaves_it(desk: Desk) -> None:
    await desk.writes("YES", sender=STRANGER)
    question = desk.world.mail.box(ILL)[-1].message["Reply-To"].addresses[0].addr_spec

    await desk.writes("NO", sender=ILL, to=question)

    assert await desk.happened() == []
    assert (await Aside.get(id=1)).settled_at is not None


async def test_the_coordinator_lets_it_through_once(desk: Desk) -> None:
    await desk.writes("YES", sender=STRANGER)

    await desk.presses("NLRK", "Let it through")

    assert await desk.happened() == [(Act.YES, STRANGER)]
    assert [row.text for row in desk.phones["NLRK"].messages if "kept aside" in row.text]
    assert not [row.text for row in desk.phones["ANL"].messages if "kept aside" in row.text]


async def test_a_coordinator_blocks_a_sender(desk: Desk) -> None:
    await desk.writes("YES", sender=STRANGER)
    await desk.presses("NLRK", "Block the sender")
    before = len(desk.phones["NLRK"].messages)

    await desk.writes("YES again", sender=STRANGER)

    assert await Blocked.filter(address=STRANGER).exists()
    assert len(desk.phones["NLRK"].messages) == before
    assert (await Mail.all().order_by("-id").first()).outcome == "blocked"


async def test_a_coordinator_makes_a_request_of_it(desk: Desk) -> None:
    await desk.writes(
        "Auezov M. Abai. — Almaty, 1977. — 480 p.", sender=STRANGER, to="requests@abonement.example"
    )

    await desk.presses("ANL", "New request")

    assert (await Draft.all().order_by("-id").first()).values["title"] == "Abai"


async def test_more_than_five_an_hour_are_told_of_together(desk: Desk) -> None:
    for number in range(8):
        await desk.writes(
            f"Hello {number}", sender=f"s{number}@spam.example", to="requests@abonement.example"
        )
    cards = [one.text for one in desk.phones["ANL"].messages if "A mail was kept aside" in one.text]
    assert len(cards) == 5

    await desk.world.advance(START + timedelta(hours=1))

    assert "8 mails were kept aside within an hour." in desk.phones["ANL"].messages[-1].text


async def test_after_thirty_days_they_are_gone(desk: Desk) -> None:
    await desk.writes("YES", sender=STRANGER)

    await desk.world.advance(START + timedelta(days=31))

    assert await desk.asides() == []
    assert bytes((await Mail.all().order_by("-id").first()).body) == b""


async def test_ten_in_ten_minutes_are_heard_and_the_rest_recorded(desk: Desk) -> None:
    for number in range(13):
        await desk.writes(f"Remark number {number}", sender=ILL)

    assert len(await desk.happened()) == 10
    outcomes = [row.outcome for row in await Mail.all().order_by("id")]
    assert outcomes[-3:] == ["flood", "flood", "flood"]
    alarms = [one.text for one in desk.phones["NLRK"].messages if "Too many mails" in one.text]
    assert len(alarms) == 1


async def test_the_same_words_are_heard_twice_a_day(desk: Desk) -> None:
    for _ in range(4):
        await desk.writes("I am a robot without any signs of it.", sender=ILL)

    assert len(await desk.happened()) == 2


async def test_comments_get_one_receipt_a_day(desk: Desk) -> None:
    before = len(desk.letters(ILL))

    for number in range(3):
        await desk.writes(f"Remark number {number}", sender=ILL)

    assert len(desk.letters(ILL)) == before + 1


async def test_a_person_gets_five_automatic_answers_in_ten_minutes(desk: Desk) -> None:
    before = len(desk.letters(ILL))
    for _ in range(8):
        await desk.writes("STATUS", sender=ILL)
    assert len(desk.letters(ILL)) == before + 5

    await desk.world.advance(START + timedelta(hours=1))

    assert len(desk.letters(ILL)) == before + 8


async def test_a_closed_address_that_writes_is_open_again(desk: Desk) -> None:
    await Person.filter(id=desk.answerer).update(mail_bad_at=START)

    await desk.writes("YES", sender=ILL)

    assert await desk.happened() == [(Act.YES, ILL)]
    assert (await Person.get(id=desk.answerer)).mail_bad_at is None


async def test_a_robots_answer_is_recorded_and_moves_nothing(desk: Desk) -> None:
    before = len(desk.letters(ILL))

    await desk.writes("YES", sender=ILL, more="Auto-Submitted: auto-replied\r\n")
    await desk.writes("YES", sender=ILL, more="Content-Type: text/calendar; method=REPLY\r\n")

    assert await desk.happened() == []
    assert len(desk.letters(ILL)) == before
