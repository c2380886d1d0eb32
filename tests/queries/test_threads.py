"""Mail threads as each person has them."""

from models.operations import traces
from models.queries import threads as thread_queries
from models.queries.threads import Seen, ThreadView
from tests.desk import Desk


async def test_a_thread_is_the_persons_own_and_in_order(desk: Desk) -> None:
    request, leyla, gulnar = (await desk.files()).request, desk.people["leyla"], desk.people["gulnar"]
    assert await thread_queries.thread_of(request, leyla) == ThreadView(last=None, references=())
    await traces.mailed("<1@d>", request=request, person=leyla, version=1, now=desk.now)
    await traces.mailed("<2@d>", request=request, person=gulnar, version=1, now=desk.now)
    await traces.received("<3@l>", request=request, person=leyla, event=None, now=desk.now)

    assert await thread_queries.thread_of(request, leyla) == ThreadView(
        last="<3@l>", references=("<1@d>", "<3@l>")
    )


async def test_a_long_thread_keeps_its_root_and_its_newest(desk: Desk) -> None:
    request, leyla = (await desk.files()).request, desk.people["leyla"]
    for number in range(15):
        await traces.mailed(f"<{number}@d>", request=request, person=leyla, version=1, now=desk.now)

    thread = await thread_queries.thread_of(request, leyla, limit=4)

    assert thread == ThreadView(last="<14@d>", references=("<0@d>", "<12@d>", "<13@d>", "<14@d>"))


async def test_a_message_tells_which_request_it_spoke_of_and_as_of_when(desk: Desk) -> None:
    request, leyla = (await desk.files()).request, desk.people["leyla"]
    await traces.mailed("<1@d>", request=request, person=leyla, version=3, now=desk.now)

    assert await thread_queries.seen_in("<1@d>") == Seen(request=request, person=leyla, version=3)
    assert await thread_queries.seen_in("<2@d>") is None
