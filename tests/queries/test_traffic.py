"""What waits and what was kept, for whoever looks after the desk."""

import json

from models.operations import inbox, outbox, people
from models.operations.inbox import Arrival, RawMail
from models.queries.inspector import look
from models.queries.traffic import InvitationView, invitation, is_quiet
from models.rules.vocabulary import Channel, Language, Role
from tests.desk import Desk


async def test_an_invitation_by_mail_is_worded_from_its_library(desk: Desk) -> None:
    invited = await people.invite(desk.almaty, Role.LIBRARIAN, desk.now, email="a@nlrk.example", mailbox=True)
    by_link = await people.invite(desk.almaty, Role.LIBRARIAN, desk.now)

    assert await invitation(invited.id) == InvitationView(
        id=invited.id,
        email="a@nlrk.example",
        role=Role.LIBRARIAN,
        library=desk.almaty,
        language=Language.KK,
        is_mailbox=True,
        expires_at=invited.expires_at,
        used=False,
    )
    assert await invitation(by_link.id) is None
    assert await invitation(99) is None


async def test_what_came_in_and_is_not_done_is_no_quiet(desk: Desk) -> None:
    await inbox.store_updates([Arrival(update_id=1, chat=1, body={})], desk.now)
    assert not await is_quiet(desk.now)
    await inbox.finish_update(1, [], desk.now)
    assert await is_quiet(desk.now)

    mail = RawMail(body=b"", sender="", recipients=(), source="lmtp", key="k")
    await inbox.store_mail(mail, desk.now)

    assert not await is_quiet(desk.now)


async def test_the_inspector_shows_what_moves_and_never_a_reader(desk: Desk) -> None:
    await desk.files(reader="A. 17")
    await inbox.store_updates([Arrival(update_id=1, chat=1001, body={"text": "A. 17"})], desk.now)
    mail = RawMail(body=b"A. 17", sender="", recipients=(), source="lmtp", key="k")
    await inbox.store_mail(mail, desk.now)

    seen = await look(desk.now)

    assert {name: len(rows) for name, rows in seen.items() if isinstance(rows, list)} == {
        "waiting": 5,
        "requests": 1,
        "outbox": 1,
        "updates": 1,
        "mails": 1,
    }
    assert "A. 17" not in json.dumps(seen)


async def test_a_claimed_row_is_being_sent(desk: Desk) -> None:
    await desk.files()
    await outbox.claim(Channel.CHAT, now=desk.now, machine=0, token="t")

    [row] = (await look(desk.now))["outbox"]

    assert (row["status"], row["target"]) == ("sending", "2001")
