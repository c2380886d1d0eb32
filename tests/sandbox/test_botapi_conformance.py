"""The same checks for every method: what any call of the Bot API may meet, whichever it is."""

import re
from pathlib import Path

import pytest

from bot.sandbox.botapi import BotApi, Params, Person, limits
from bot.sandbox.botapi.methods import METHODS
from tests.sandbox.botapi_schema import SCHEMA, answer_problems
from tests.sandbox.test_botapi_schema import CALLS, OF_EVENTS, UPLOADS

ROOT = Path(__file__).parents[2]
NAMES = sorted({name for name, _ in CALLS} | OF_EVENTS)
WAITS = {"getUpdates"}
INTO_CHATS = sorted(
    name for name in NAMES if SCHEMA["methods"][name]["parameters"].get("chat_id", {}).get("required")
)
WRITES = sorted(name for name in INTO_CHATS if re.match("send|copy|forward", name))
METHOD = pytest.mark.parametrize("method", NAMES)
REFUSALS = range(400, 500)


def needs_something(method: str) -> bool:
    """Beside what the schema requires: an edit needs one of two ways to name its message. To set the webhook
    to no address is to delete it.
    """
    parameters = SCHEMA["methods"][method]["parameters"]
    required = any(one["required"] for one in parameters.values())
    return method != "setWebhook" and (required or method.startswith("editMessage"))


def sample(method: str, chat: int) -> dict[str, object]:
    """A call that would do, were it not for the chat."""
    given = next((dict(found) for name, found in CALLS if name == method), {})
    if method == "sendMessage":
        given = {"text": "x"}
    return {**given, "chat_id": chat}


@METHOD
async def test_a_method_is_found_in_any_case(api: BotApi, method: str) -> None:
    answer = await api.call(method.upper(), Params({}))
    assert answer.status != 404


@METHOD
async def test_a_call_without_what_it_needs_is_refused_in_the_documented_shape(
    api: BotApi, leyla: Person, method: str
) -> None:
    answer = await api.call(method, Params({}))
    if needs_something(method):
        assert answer.status in REFUSALS
        assert set(answer.body) == {"ok", "error_code", "description"}
        assert (answer.body["ok"], answer.body["error_code"]) == (False, answer.status)
        assert str(answer.body["description"]).partition(": ")[2]
    else:
        assert (answer.status, answer_problems(method, answer.body["result"])) == (200, [])


@METHOD
@pytest.mark.parametrize("nonsense", ["", "null", "[]", "{", "-1", "9" * 40, "\ud800", "<b>"])
async def test_nonsense_is_never_a_fault_of_the_server(
    api: BotApi, leyla: Person, method: str, nonsense: str
) -> None:
    known = [name for name in SCHEMA["methods"][method]["parameters"] if name not in {"chat_id", "timeout"}]
    answer = await api.call(method, Params({**dict.fromkeys(known, nonsense), "chat_id": leyla.id}))
    assert answer.status in {200, *REFUSALS}
    if answer.status == 200:
        assert answer_problems(method, answer.body["result"]) == []


@METHOD
async def test_parameters_that_nobody_knows_are_ignored(api: BotApi, method: str) -> None:
    plain = await api.call(method, Params({}))
    more = await api.call(method, Params({"colour": "red", "chat_idd": "7"}))
    assert (more.status, more.body) == (plain.status, plain.body)


@pytest.mark.parametrize("method", INTO_CHATS)
async def test_an_unknown_chat_is_not_found(api: BotApi, method: str) -> None:
    answer = await api.call(method, Params(sample(method, 999_999), UPLOADS))
    assert (answer.status, answer.body["description"]) == (400, f"Bad Request: {limits.NO_CHAT}")


@pytest.mark.parametrize("method", WRITES)
async def test_who_blocked_the_bot_is_not_written_to(api: BotApi, leyla: Person, method: str) -> None:
    leyla.blocks()
    given = {**sample(method, leyla.id), "from_chat_id": leyla.id, "message_id": leyla.messages[0].id}
    answer = await api.call(method, Params(given, UPLOADS))
    assert (answer.status, answer.body["description"]) == (403, f"Forbidden: {limits.BLOCKED}")


@pytest.mark.parametrize("method", WRITES)
async def test_who_never_started_the_bot_is_not_written_to(api: BotApi, leyla: Person, method: str) -> None:
    stranger = api.person(7, first_name="Stranger")
    given = {**sample(method, stranger.id), "from_chat_id": leyla.id, "message_id": leyla.messages[0].id}
    answer = await api.call(method, Params(given, UPLOADS))
    assert (answer.status, answer.body["description"]) == (403, f"Forbidden: {limits.NOT_STARTED}")


@METHOD
async def test_a_server_that_is_down_answers_502(api: BotApi, method: str) -> None:
    api.faults.down = True
    answer = await api.call(method, Params({}))
    assert (answer.status, answer.body["error_code"]) == (502, 502)


@pytest.mark.parametrize("method", [name for name in NAMES if name not in WAITS])
async def test_a_flood_says_how_long_to_wait(api: BotApi, method: str) -> None:
    api.faults.flood(7)
    answer = await api.call(method, Params({}))
    assert (answer.status, answer.body["parameters"]) == (429, {"retry_after": 7})


def test_every_method_that_the_bot_uses_is_there() -> None:
    sources = [path for room in ("bot", "handlers") for path in (ROOT / room).rglob("*.py")]
    text = "\n".join(one.read_text(encoding="utf-8") for one in sources if "sandbox" not in one.parts)
    called = set(re.findall(r"\b_?bot\.([a-z_]+)\(", text)) - {"download"}
    verbs = re.compile("get|set|send|edit|delete|answer|pin|unpin|copy|forward")
    used = {name.replace("_", "") for name in called if verbs.match(name)}
    assert len(used) > 8
    assert used <= METHODS.keys() | {"getupdates", "setwebhook", "deletewebhook", "getwebhookinfo"}
