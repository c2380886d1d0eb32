"""Everything the server says, held against the public schema of the Bot API."""

import io
import json

import pytest

from bot.sandbox.botapi import BotApi, Params, Person, Upload
from bot.sandbox.botapi.methods import METHODS
from tests.sandbox.botapi_schema import SCHEMA, answer_problems, call_problems, object_problems
from tests.sandbox.conftest import Clock
from tests.sandbox.test_botapi_files import PDF, PNG

KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go", "style": "danger"}]]}
TEXT = '<b>a</b> <a href="https://anl.az">b</a> <tg-time unix="1" format="t">c</tg-time> /start'
ASKED = 1  # the person's first message
CARD = 2  # the bot's, with KEYBOARD
SCAN = 3  # the bot's document

#: One successful call of each method, in an order that works; together they fill every field we know.
CALLS: list[tuple[str, dict[str, object]]] = [
    ("getMe", {}),
    ("sendMessage", {"text": TEXT, "parse_mode": "HTML", "reply_markup": KEYBOARD, "protect_content": True}),
    ("sendDocument", {"document": "attach://pdf", "caption": TEXT, "parse_mode": "HTML"}),
    ("sendPhoto", {"photo": "attach://png", "has_spoiler": True, "reply_parameters": {"message_id": ASKED}}),
    ("sendMediaGroup", {"media": [{"type": "document", "media": "attach://pdf"}] * 2}),
    ("sendChatAction", {"action": "upload_document"}),
    ("forwardMessage", {"from_chat_id": 1001, "message_id": ASKED}),
    ("copyMessage", {"from_chat_id": 1001, "message_id": ASKED}),
    ("pinChatMessage", {"message_id": CARD}),
    ("getChat", {}),
    ("unpinChatMessage", {"message_id": CARD}),
    ("editMessageText", {"message_id": CARD, "text": "b", "link_preview_options": {"is_disabled": True}}),
    ("editMessageReplyMarkup", {"message_id": CARD, "reply_markup": KEYBOARD}),
    ("editMessageCaption", {"message_id": SCAN, "caption": "c"}),
    ("deleteMessage", {"message_id": SCAN}),
    ("setMyCommands", {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "default"}}),
    ("getMyCommands", {}),
    ("deleteMyCommands", {}),
    ("setMyName", {"name": "x"}),
    ("getMyName", {}),
    ("setMyDescription", {"description": "x"}),
    ("getMyDescription", {}),
    ("setMyShortDescription", {"short_description": "x"}),
    ("getMyShortDescription", {}),
    ("setChatMenuButton", {"menu_button": {"type": "commands"}}),
    ("getChatMenuButton", {}),
    ("setWebhook", {"url": "http://127.0.0.1/hook", "allowed_updates": ["message"]}),
    ("getWebhookInfo", {}),
    ("deleteWebhook", {}),
    ("getUpdates", {"allowed_updates": ["message", "callback_query", "my_chat_member", "edited_message"]}),
]
UPLOADS = {"pdf": Upload("scan.pdf", "application/pdf", PDF), "png": Upload("a.png", "image/png", PNG)}
OF_EVENTS = {"answerCallbackQuery", "getFile"}
OF_GROUPS = {"createForumTopic"}
"""Checked where groups are."""


async def test_every_answer_has_the_documented_shape(api: BotApi) -> None:
    api.person(
        1001, first_name="Leyla", last_name="Quliyeva", username="leyla_q", language_code="az"
    ).starts()
    problems = []
    for method, parameters in CALLS:
        known = SCHEMA["methods"][method]["parameters"]
        parameters = {**({"chat_id": 1001} if "chat_id" in known else {}), **parameters}
        answer = await api.call(method, Params(parameters, UPLOADS))
        assert answer.status == 200, (method, answer.body)
        json.dump(answer.body, io.StringIO())
        problems += answer_problems(method, answer.body["result"]) + call_problems(
            method, api.calls[-1].params
        )
    assert problems == []


def test_every_method_has_its_answer_checked() -> None:
    called = {method for method, _ in CALLS} | OF_EVENTS | OF_GROUPS
    intake = {"getupdates", "setwebhook", "deletewebhook", "getwebhookinfo"}
    assert {method.lower() for method in called} == METHODS.keys() | intake
    assert called == SCHEMA["methods"].keys()


async def test_every_update_has_the_documented_shape(api: BotApi, leyla: Person, clock: Clock) -> None:
    asked = leyla.sends("see https://anl.az @leyla_q #book", reply_to=leyla.messages[0].id)
    leyla.edits(asked, "see")
    leyla.attaches(PDF, file_name="a.pdf", caption="/take")
    leyla.photo(PNG)
    for text in ("one", "two"):
        await api.call("sendMessage", Params({"chat_id": leyla.id, "text": text, "reply_markup": KEYBOARD}))
    answered = leyla.presses("Go")
    gone = leyla.messages[-1].id
    await api.call("deleteMessage", Params({"chat_id": leyla.id, "message_id": gone}))
    leyla.presses("Go", message=gone)
    leyla.blocks()
    leyla.unblocks()

    kinds = [update.kind for update in api.updates.waiting]
    assert (
        kinds
        == ["message"] * 2
        + ["edited_message"]
        + ["message"] * 2
        + ["callback_query"] * 2
        + ["my_chat_member"] * 2
    )
    assert [p for update in api.updates.waiting for p in object_problems(update.as_json(), "Update")] == []

    answer = await api.call("answerCallbackQuery", Params({"callback_query_id": answered, "text": "x"}))
    assert answer_problems("answerCallbackQuery", answer.body["result"]) == []
    document = leyla.messages[2].document
    assert document is not None
    answer = await api.call("getFile", Params({"file_id": document.file_id}))
    assert answer_problems("getFile", answer.body["result"]) == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"message_id": 1, "date": 1, "chat": {"id": 1}}, "Message.chat.type: missing"),
        (
            {"message_id": 1, "date": True, "chat": {"id": 1, "type": "private"}},
            "Message.date: True is no Integer",
        ),
        ({"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "x": 1}, "Message.x: unknown"),
    ],
)
def test_the_check_itself_finds_what_is_wrong(value: object, problem: str) -> None:
    assert object_problems(value, "Message") == [problem]
