"""The durable inboxes: stored once, done with their answers, set aside after three failures."""

import asyncio
from datetime import timedelta

import pytest
from tortoise.exceptions import OperationalError

from models.engines import sql
from models.operations import inbox, traces
from models.operations.inbox import Arrival, KeptAside, RawMail
from models.operations.outbox import Slip
from models.operations.traces import Talk
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Aside, Mail, Notice, Update
from tests.desk import Desk


def arrival(number: int, chat: int = 1001, text: str = "hello") -> Arrival:
    return Arrival(update_id=number, chat=chat, body={"update_id": number, "message": {"text": text}})


async def waiting() -> list[Arrival]:
    return await inbox.claim_updates(machine=0, token="t", limit=10)


async def mails() -> list[inbox.WaitingMail]:
    """As if every earlier lease had run out."""
    await Mail.all().update(lease_until=None)
    return await inbox.claim_mails(machine=0, token="t", limit=10)


def answer(dedupe: str) -> Slip:
    return Slip(channel=Channel.CHAT, target="1001", kind=NoticeKind.SAY, facts={}, dedupe=dedupe)


def raw(key: str, source: str = "lmtp") -> RawMail:
    return RawMail(
        body=b"raw \x00\xff", sender="a@b.example", recipients=("d@e.example",), source=source, key=key
    )


async def test_an_update_that_comes_again_is_left_as_it_was(desk: Desk) -> None:
    await inbox.store_updates([arrival(7, 1), arrival(8, 2)], desk.now)
    await inbox.store_updates([arrival(8, 2, text="changed"), arrival(9, 3)], desk.now)

    assert await waiting() == [arrival(7, 1), arrival(8, 2), arrival(9, 3)]


async def test_updates_wait_in_the_order_of_arrival_not_of_their_numbers(desk: Desk) -> None:
    """Telegram begins anew at a random number after a week without updates."""
    await inbox.store_updates([arrival(900)], desk.now)
    await inbox.store_updates([arrival(5)], desk.now)

    assert [one.update_id for one in await waiting()] == [900]
    await inbox.finish_update(900, [], desk.now)
    assert [one.update_id for one in await waiting()] == [5]


async def test_an_update_is_done_together_with_its_answers_and_its_conversation(desk: Desk) -> None:
    await inbox.store_updates([arrival(7)], desk.now)

    await inbox.finish_update(
        7, [answer("update:7:0")], desk.now, conversations=[Talk("k", "asked", {"a": 1})]
    )

    assert await waiting() == []
    assert await Notice.filter(dedupe="update:7:0").count() == 1
    assert await traces.conversation("k") == Talk("k", "asked", {"a": 1})


@pytest.mark.parametrize("table", ["notice", "conversation"])
async def test_an_answer_that_cannot_be_written_leaves_the_update_to_do(desk: Desk, table: str) -> None:
    await inbox.store_updates([arrival(7)], desk.now)
    await sql.execute(f"ALTER TABLE {table} RENAME TO mislaid")

    with pytest.raises(OperationalError):
        await inbox.finish_update(7, [answer("a")], desk.now, conversations=[Talk("k", "asked")])

    await sql.execute(f"ALTER TABLE mislaid RENAME TO {table}")
    assert [one.update_id for one in await waiting()] == [7]
    assert await Notice.filter(dedupe="a").count() == 0


async def test_an_update_finished_twice_at_once_answers_once(desk: Desk) -> None:
    await inbox.store_updates([arrival(7)], desk.now)

    await asyncio.gather(
        *(
            inbox.finish_update(7, [answer(f"{n}")], desk.now, conversations=[Talk("k", f"{n}")])
            for n in range(3)
        )
    )

    [said] = await Notice.filter(kind=NoticeKind.SAY)
    assert (await traces.conversation("k")).state == said.dedupe


async def test_an_update_is_poisoned_by_its_third_failure(desk: Desk) -> None:
    await inbox.store_updates([arrival(7)], desk.now)

    assert [await inbox.fail_update(7, "ValueError: x", desk.now) for _ in range(3)] == [False, False, True]

    row = await Update.get(update_id=7)
    assert (row.attempts, row.failure, row.done_at) == (3, "ValueError: x", desk.now)
    assert await waiting() == []


async def test_what_was_typed_is_forgotten_once_it_is_done(desk: Desk) -> None:
    await inbox.store_updates([arrival(7), arrival(8), arrival(9)], desk.now)
    await inbox.finish_update(7, [], desk.now)
    await inbox.finish_update(8, [], desk.now + timedelta(days=1))

    assert await inbox.forget_updates(desk.now + timedelta(days=1)) == 1

    assert await Update.all().order_by("id").values_list("update_id", flat=True) == [8, 9]


async def test_a_mail_is_stored_once_by_whichever_way(desk: Desk) -> None:
    stored = [await inbox.store_mail(raw("k", source), desk.now) for source in ("lmtp", "imap", "pipe")]

    assert stored == [True, False, False]
    [waiting] = await mails()
    assert (waiting.body, waiting.sender, waiting.recipients) == (
        b"raw \x00\xff",
        "a@b.example",
        ("d@e.example",),
    )
    assert (await Mail.get()).source == "lmtp"


async def test_a_mail_by_two_ways_at_once_is_stored_once(desk: Desk) -> None:
    stored = await asyncio.gather(*(inbox.store_mail(raw("k"), desk.now) for _ in range(4)))

    assert sorted(stored) == [False, False, False, True]


def test_a_mail_is_known_by_its_id_and_sender_else_by_its_bytes() -> None:
    key = inbox.mail_key("<1@a>", "Leyla@ANL.example", b"one")

    assert key == inbox.mail_key("<1@a>", "leyla@anl.example", b"other bytes on another way")
    assert key != inbox.mail_key("<1@a>", "mallory@anl.example", b"one")
    assert key != inbox.mail_key("<2@a>", "leyla@anl.example", b"one")
    assert inbox.mail_key(None, "a", b"one") == inbox.mail_key(None, "b", b"one")
    assert inbox.mail_key(None, "a", b"one") != inbox.mail_key(None, "a", b"two")


async def test_a_mail_is_done_together_with_its_answers_once(desk: Desk) -> None:
    await inbox.store_mail(raw("k"), desk.now)
    [mail] = await mails()

    await inbox.finish_mail(mail.id, "filed", [answer("a")], desk.now)
    await inbox.finish_mail(mail.id, "other", [answer("b")], desk.now)

    row = await Mail.get(id=mail.id)
    assert (row.outcome, row.done_at) == ("filed", desk.now)
    assert await Notice.all().values_list("dedupe", flat=True) == ["a"]


async def test_an_answer_that_cannot_be_written_leaves_the_mail_to_do(desk: Desk) -> None:
    await inbox.store_mail(raw("k"), desk.now)
    [mail] = await mails()
    await sql.execute("ALTER TABLE notice RENAME TO mislaid")

    with pytest.raises(OperationalError):
        await inbox.finish_mail(mail.id, "filed", [answer("a")], desk.now)

    assert [one.id for one in await mails()] == [mail.id]


async def test_a_mail_is_poisoned_by_its_third_failure_and_the_rest_goes_on(desk: Desk) -> None:
    for key in ("k", "l"):
        await inbox.store_mail(raw(key), desk.now)
    [poison] = await mails()

    failed = [await inbox.fail_mail(poison.id, "x" * 5000, desk.now) for _ in range(3)]

    assert failed == [False, False, True]
    row = await Mail.get(id=poison.id)
    assert (row.outcome, len(row.failure or "")) == ("poisoned", 2000)
    assert [one.id for one in await mails()] == [poison.id + 1]


async def test_a_kept_mail_has_one_card_and_is_settled_once(desk: Desk) -> None:
    await inbox.store_mail(raw("k"), desk.now)
    [mail] = await mails()
    kept = KeptAside(
        mail=mail.id,
        verdict="stranger",
        from_address="x" * 400,
        subject="s" * 900,
        excerpt="e" * 900,
        attachments=("a.pdf",),
        request=None,
    )

    first, again = await inbox.keep_aside(kept, desk.now), await inbox.keep_aside(kept, desk.now)

    assert first == again
    row = await Aside.get()
    assert [len(text) for text in (row.from_address, row.subject, row.excerpt)] == [320, 500, 300]
    assert await inbox.settle_aside(first, desk.now) is True
    assert await inbox.settle_aside(first, desk.now) is False
