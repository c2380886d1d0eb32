"""Methods that set what the bot is called and offers, per scope and language."""

import re
from collections.abc import Callable

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Json
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.profile import Command, Scope
from bot.sandbox.botapi.state import Change, ChangeKind, State

Method = Callable[[State, Params], object]

PLAIN_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
COMMAND = re.compile(rf"[a-z0-9_]{{1,{limits.COMMAND_NAME}}}")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def set_my_commands(state: State, params: Params) -> object:
    key = _scope(state, params), _language(params)
    listed = params.json("commands")
    if not isinstance(listed, list):
        raise limits.bad(limits.BAD_JSON.format(field="commands"))
    if len(listed) > limits.COMMANDS:
        raise limits.bad(limits.MANY_COMMANDS)
    state.profile.commands[key] = tuple(_command(item) for item in listed)
    state.tell(Change(key[0][1], ChangeKind.MENU))
    return True


def get_my_commands(state: State, params: Params) -> object:
    """Exactly what was set for this scope and language; nothing is inherited here."""
    commands = state.profile.commands.get((_scope(state, params), _language(params)), ())
    return [{"command": name, "description": description} for name, description in commands]


def delete_my_commands(state: State, params: Params) -> object:
    key = _scope(state, params), _language(params)
    state.profile.commands.pop(key, None)
    state.tell(Change(key[0][1], ChangeKind.MENU))
    return True


def _command(item: object) -> Command:
    name, description = ("", "")
    if isinstance(item, dict):
        name, description = str(item.get("command", "")), str(item.get("description", ""))
    name = name.removeprefix("/")
    if not COMMAND.fullmatch(name):
        raise limits.bad(limits.BAD_COMMAND)
    if not 0 < len(description) <= limits.COMMAND_DESCRIPTION:
        raise limits.bad(limits.BAD_COMMAND_DESCRIPTION)
    return name, description


def _scope(state: State, params: Params) -> Scope:
    scope = params.json("scope")
    if scope is None:
        return "default", 0, 0
    kind = scope.get("type") if isinstance(scope, dict) else None
    if not isinstance(scope, dict) or kind not in PLAIN_SCOPES | CHAT_SCOPES:
        raise limits.bad("can't parse BotCommandScope: unsupported type specified")
    if kind in PLAIN_SCOPES:
        return str(kind), 0, 0
    chat = state.chat(str(scope.get("chat_id", "")))
    user = scope.get("user_id") if kind == "chat_member" else 0
    return str(kind), chat.id, user if isinstance(user, int) else 0


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not LANGUAGE.fullmatch(code):
        raise limits.bad("invalid language code specified")
    return code


def text_methods(field: str, most: int) -> tuple[Method, Method]:
    """The setter and the getter of a name or description; an empty text takes it back."""

    def put(state: State, params: Params) -> object:
        text = params.text(field)
        if len(text) > most:
            raise limits.bad(limits.LONG_PROFILE.format(field=field.replace("_", " ")))
        state.profile.texts[field, _language(params)] = text
        state.tell(Change(0, ChangeKind.MENU))
        return True

    def get(state: State, params: Params) -> object:
        return {field: state.profile.text(field, _language(params))}

    return put, get


set_my_name, get_my_name = text_methods("name", limits.NAME)
set_my_description, get_my_description = text_methods("description", limits.DESCRIPTION)
set_my_short_description, get_my_short_description = text_methods(
    "short_description", limits.SHORT_DESCRIPTION
)


def set_chat_menu_button(state: State, params: Params) -> object:
    button = params.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
        raise limits.bad("can't parse menu button: unsupported type specified")
    if not params.text("chat_id"):
        state.profile.menu_button = button
        return True
    chat = state.chat(params.text("chat_id"))
    chat.menu_button = None if button["type"] == "default" else button
    state.tell(Change(chat.id, ChangeKind.MENU))
    return True


def get_chat_menu_button(state: State, params: Params) -> object:
    common: Json = state.profile.menu_button
    if not params.text("chat_id"):
        return common
    return state.chat(params.text("chat_id")).menu_button or common
