"""Where people saw what, and what a coordinator does with a kept mail."""

from datetime import timedelta

import pytest

from models.operations import asides, inbox, traces
from models.operations.files import Arrived, keep
from models.operations.inbox import KeptAside, RawMail
from models.operations.traces import Talk
from models.queries import files
from models.queries import requests as reads
from models.queries.traffic import aside
from models.rules.errors import UnknownRequest
from models.rules.vocabulary import Act
from models.tables import Conversation, Event, ThreadMail
from tests.desk import Desk, acts


async def test_a_message_shows_the_request_it_showed_last(desk: Desk) -> None:
    one, other = (await desk.files()).request, (await desk.files()).request
    await traces.shown(1001, 7, request=one, version=1, now=desk.now)
    await traces.shown(1001, 7, request=other, version=1, now=desk.now)

    assert await reads.shown_in(1001, 7) == other
    assert await reads.shown_in(1001, 8) is None
    assert await reads.shown_in(2001, 7) is None


async def test_a_thread_remembers_a_message_once(desk: Desk) -> None:
    request, leyla = (await desk.files()).request, desk.people["leyla"]
    for version in (1, 2):
        await traces.mailed("<1@d>", request=request, person=leyla, version=version, now=desk.now)
        await traces.received("<2@l>", request=request, person=leyla, event=None, now=desk.now)

    assert await ThreadMail.all().order_by("id").values_list("message_id", "version") == [
        ("<1@d>", 1),
        ("<2@l>", None),
    ]


async def test_a_conversation_with_nothing_left_is_no_row(desk: Desk) -> None:
    assert await traces.conversation("k") == Talk("k")
    await traces.keep_talk(Talk("k", "asked", {"request": 1}))
    await traces.keep_talk(Talk("k", None, {"request": 1}))
    assert await traces.conversation("k") == Talk("k", None, {"request": 1})

    await traces.keep_talk(Talk("k"))

    assert await Conversation.all().count() == 0


async def test_the_installation_learns_and_relearns(desk: Desk) -> None:
    assert await traces.known("bot_name") is None
    await traces.learn("bot_name", "old_bot")
    await traces.learn("bot_name", "new_bot")

    assert await traces.known("bot_name") == "new_bot"


async def test_a_file_is_remembered_by_telegrams_own_id(desk: Desk, tmp_path) -> None:
    file = await keep(tmp_path, Arrived(name="a.pdf", data=b"%PDF-"), desk.now, owner=None)
    await traces.remember_file(file, "BQAC")

    view = await files.file(file)

    assert view is not None
    assert (view.telegram_file_id, view.name, view.event) == ("BQAC", "a.pdf", None)
    assert await files.file(file + 1) is None


async def kept(desk: Desk, request: int | None) -> int:
    mail = RawMail(body=b"", sender="x@y.example", recipients=(), source="lmtp", key="k")
    await inbox.store_mail(mail, desk.now)
    [waiting] = await inbox.claim_mails(machine=0, token="t")
    card = KeptAside(
        mail=waiting.id,
        verdict="stranger",
        from_address="x@y.example",
        subject="s",
        excerpt="we have it",
        attachments=("a.pdf",),
        request=request,
    )
    return await inbox.keep_aside(card, desk.now)


async def test_kept_words_become_a_comment_once_whoever_taps_second(desk: Desk) -> None:
    request = (await desk.files()).request
    number = await kept(desk, request)

    for key in ("tap-1", "tap-1", "tap-2"):
        await asides.attach(number, by=desk.people["leyla"], key=key, now=desk.now)

    event = await Event.get(act=Act.COMMENT)
    assert (event.details, event.signed_by) == ({"note": "we have it"}, "x@y.example")
    view = await aside(number)
    assert view is not None
    assert (view.settled, view.attachments, view.request) == (True, ("a.pdf",), request)


async def test_kept_words_that_cannot_be_added_stay_kept(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.person("stranger", None)
    number = await kept(desk, request)

    with pytest.raises(UnknownRequest):
        await asides.attach(number, by=desk.people["stranger"], key="t", now=desk.now)

    view = await aside(number)
    assert view is not None
    assert view.settled is False
    assert await acts(request) == [Act.SUBMIT]


async def test_a_kept_mail_about_no_request_can_only_be_dropped(desk: Desk) -> None:
    number = await kept(desk, None)
    with pytest.raises(UnknownRequest):
        await asides.attach(number, by=desk.people["leyla"], key="t", now=desk.now)

    await asides.drop(number, desk.now + timedelta(days=1))

    view = await aside(number)
    assert view is not None
    assert view.settled is True
    assert await aside(number + 1) is None
