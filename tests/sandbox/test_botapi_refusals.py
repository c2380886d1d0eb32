"""Refusals of the rarer kind, one line each: what was called, and the sentence that came back."""

import pytest

from bot.sandbox.botapi import BotApi, Params, Person, limits

TO_LEYLA = {"chat_id": 1001, "text": "x"}
BY_LEYLA = {"chat_id": 1001, "from_chat_id": 1001}


def button(**fields: object) -> dict[str, object]:
    return {**TO_LEYLA, "reply_markup": {"inline_keyboard": [[fields]]}}


REFUSALS = [
    ("sendMessage", {**TO_LEYLA, "parse_mode": "Esperanto"}, "unsupported parse_mode"),
    ("sendMessage", {**TO_LEYLA, "parse_mode": None}, "unsupported parse_mode"),
    ("sendMessage", {**TO_LEYLA, "reply_markup": None}, limits.NOT_A_MARKUP),
    ("sendMessage", {**TO_LEYLA, "reply_markup": [1]}, limits.NOT_A_MARKUP),
    ("sendMessage", {**TO_LEYLA, "reply_markup": {"keys": []}}, limits.NOT_A_MARKUP),
    (
        "sendMessage",
        {**TO_LEYLA, "reply_markup": {"inline_keyboard": [1]}},
        "can't parse inline keyboard markup JSON object",
    ),
    (
        "sendMessage",
        {**TO_LEYLA, "reply_markup": {"keyboard": [["x"] * 9]}},
        limits.LONG_KEYBOARD,
    ),
    (
        "sendMessage",
        {**TO_LEYLA, "reply_markup": {"inline_keyboard": [["x"]]}},
        "can't parse inline keyboard button: expected an Object",
    ),
    ("sendMessage", button(url="https://x"), "can't parse inline keyboard button: Can't find field \"text\""),
    (
        "sendMessage",
        button(text="x", url="https://x", style="gold"),
        "can't parse inline keyboard button: invalid button style specified",
    ),
    ("sendMessage", button(text="x", callback_data=""), limits.BAD_BUTTON_DATA),
    (
        "sendMediaGroup",
        {**TO_LEYLA, "media": [{"type": "poem"}] * 2},
        limits.BAD_MEDIA,
    ),
    ("copyMessage", {**BY_LEYLA, "message_id": 99}, limits.COPY_NOT_FOUND),
    ("forwardMessage", {**BY_LEYLA, "message_id": 99}, limits.FORWARD_NOT_FOUND),
    ("pinChatMessage", {**TO_LEYLA, "message_id": 99}, limits.PIN_NOT_FOUND),
    ("unpinChatMessage", TO_LEYLA, limits.UNPIN_NOT_FOUND),
    ("setMyCommands", {}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": ["x"]}, limits.BAD_COMMAND),
    (
        "setChatMenuButton",
        {"menu_button": {"type": "x"}},
        "can't parse menu button: unsupported type specified",
    ),
]


@pytest.mark.parametrize(("method", "parameters", "sentence"), REFUSALS)
async def test_a_call_is_refused_in_these_words(
    leyla: Person, api: BotApi, method: str, parameters: dict[str, object], sentence: str
) -> None:
    before = len(leyla.messages)
    answer = await api.call(method, Params(parameters))
    assert answer.body == {"ok": False, "error_code": 400, "description": f"Bad Request: {sentence}"}
    assert len(leyla.messages) == before


async def test_an_empty_markup_is_no_markup(leyla: Person, api: BotApi) -> None:
    for markup in ({}, {"inline_keyboard": []}, {"inline_keyboard": [[]]}):
        answer = await api.call("sendMessage", Params({**TO_LEYLA, "reply_markup": markup}))
        assert answer.status == 200
        assert leyla.messages[-1].markup == {}


async def test_a_reply_keyboard_may_be_plain_labels(leyla: Person, api: BotApi) -> None:
    await api.call("sendMessage", Params({**TO_LEYLA, "reply_markup": {"keyboard": [["List", "New"]]}}))
    assert [button.text for row in leyla.reply_keyboard for button in row] == ["List", "New"]


async def test_a_webhook_without_address_is_no_webhook(api: BotApi) -> None:
    await api.call("setWebhook", Params({"url": "http://127.0.0.1/hook"}))
    await api.call("setWebhook", Params({}))
    assert api.webhook.info()["url"] == ""


async def test_a_copy_may_have_a_caption_of_its_own(leyla: Person, api: BotApi) -> None:
    scan = leyla.attaches(b"%PDF-1.7", file_name="a.pdf", caption="old")
    await api.call("copyMessage", Params({**BY_LEYLA, "message_id": scan, "caption": "new"}))
    await api.call("copyMessage", Params({**BY_LEYLA, "message_id": scan}))
    assert [message.text for message in leyla.messages[-2:]] == ["new", "old"]


async def test_a_forward_of_a_forward_keeps_the_first_origin(leyla: Person, api: BotApi) -> None:
    asked = leyla.sends("Abay joly")
    for number in (asked, asked + 1):
        await api.call("forwardMessage", Params({**BY_LEYLA, "message_id": number}))
    origins = [message.extras["forward_origin"] for message in leyla.messages[-2:]]
    assert origins[0] == origins[1]
    edit = await api.call("editMessageText", Params({**TO_LEYLA, "message_id": asked + 2}))
    assert edit.body["description"] == "Bad Request: message can't be edited"


def test_a_person_changes_only_own_messages(leyla: Person, api: BotApi) -> None:
    sent = api.add(leyla.chat, api.blank(leyla.chat, api.me))
    with pytest.raises(ValueError, match="not one's own message"):
        leyla.edits(sent.id, "x")


def test_an_unknown_file_is_a_lookup_error(api: BotApi) -> None:
    with pytest.raises(LookupError):
        api.file("BQACunknown")
