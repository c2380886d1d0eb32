"""Forum groups on the embedded server: threads are made, found, refused."""

import pytest

from bot.sandbox.botapi import BotApi, Params, Person
from bot.sandbox.botapi.forums import group, says
from tests.sandbox.botapi_schema import answer_problems, call_problems, object_problems

GROUP = -1001234567890


async def called(api: BotApi, method: str, **parameters: object) -> tuple[int, object]:
    answer = await api.call(method, Params({"chat_id": GROUP, **parameters}))
    assert call_problems(method, api.calls[-1].params) == []
    return answer.status, answer.body.get("result", answer.body.get("description"))


async def test_a_thread_is_made_and_written_to(api: BotApi) -> None:
    department = group(api, GROUP, "Cataloguing")

    status, topic = await called(api, "createForumTopic", name="Webinars")
    assert status == 200
    assert answer_problems("createForumTopic", topic) == []
    assert isinstance(topic, dict)
    sent = await called(api, "sendMessage", text="On Friday", message_thread_id=topic["message_thread_id"])

    assert answer_problems("sendMessage", sent[1]) == []
    assert [one.text for one in department.thread("Webinars")] == ["On Friday"]


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("createForumTopic", {"name": ""}, "Bad Request: TOPIC_TITLE_EMPTY"),
        ("sendMessage", {"text": "a", "message_thread_id": 999}, "Bad Request: message thread not found"),
    ],
)
async def test_what_is_not_there_is_refused(
    api: BotApi, method: str, parameters: dict[str, object], description: str
) -> None:
    group(api, GROUP, "Cataloguing")

    assert await called(api, method, **parameters) == (400, description)


async def test_a_private_chat_has_no_threads(api: BotApi, leyla: Person) -> None:
    answer = await api.call("createForumTopic", Params({"chat_id": leyla.id, "name": "Webinars"}))

    assert answer.body["description"] == "Bad Request: the chat is not a forum"


async def test_what_is_said_in_a_group_reaches_the_bot(api: BotApi, leyla: Person) -> None:
    before = len(api.updates.waiting)
    says(api, group(api, GROUP, "Cataloguing"), leyla.user, "/forum")

    (update,) = api.updates.waiting[before:]
    assert object_problems(update.as_json(), "Update") == []
    assert update.chat_id == GROUP
