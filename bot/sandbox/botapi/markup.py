"""`reply_markup`, checked as the server checks it.

Source: core.telegram.org/bots/api#inlinekeyboardmarkup and the types beside it.
"""

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Json
from bot.sandbox.botapi.params import Params

ACTIONS = (
    "url",
    "callback_data",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
)
BUTTON_FIELDS = (*ACTIONS, "text", "style", "icon_custom_emoji_id")
STYLES = frozenset({"primary", "success", "danger"})
LINKS = ("http://", "https://", "tg://", "mailto:", "tel:")


def read(params: Params) -> Json:
    """The markup of a new message, empty if there is none."""
    if not params.text("reply_markup"):
        return {}
    given = params.json("reply_markup")
    if not isinstance(given, dict):
        raise limits.bad(limits.NOT_A_MARKUP)
    if "inline_keyboard" in given:
        return _inline(given["inline_keyboard"])
    if "keyboard" in given:
        return given | {"keyboard": [_labels(row) for row in _rows(given["keyboard"], "reply")]}
    if given.get("remove_keyboard") or given.get("force_reply") or not given:
        return given
    raise limits.bad(limits.NOT_A_MARKUP)


def read_inline(params: Params) -> Json:
    """The markup of an edit, for which only an inline keyboard will do."""
    markup = read(params)
    if markup and "inline_keyboard" not in markup:
        raise limits.bad(limits.NOT_INLINE)
    return markup


def _inline(rows: object) -> Json:
    drawn = [[_button(item) for item in row] for row in _rows(rows, "inline") if row]
    return {"inline_keyboard": drawn} if drawn else {}


def _rows(rows: object, kind: str) -> list[list[object]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise limits.bad(limits.BAD_JSON.format(field=f"{kind} keyboard markup"))
    too_wide = any(len(row) > limits.KEYBOARD_ROW for row in rows)
    if too_wide or sum(map(len, rows)) > limits.KEYBOARD_BUTTONS:
        raise limits.bad(limits.LONG_KEYBOARD)
    return rows


def _labels(row: list[object]) -> list[object]:
    return [{"text": item} if isinstance(item, str) else _labelled(item, "keyboard button") for item in row]


def _labelled(item: object, what: str) -> Json:
    if not isinstance(item, dict):
        raise limits.bad(f"can't parse {what}: expected an Object")
    if not isinstance(item.get("text"), str):
        raise limits.bad(f"can't parse {what}: Can't find field \"text\"")
    if item.get("style") is not None and item["style"] not in STYLES:
        raise limits.bad(f"can't parse {what}: invalid button style specified")
    return item


def _button(item: object) -> Json:
    button = _labelled(item, "inline keyboard button")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise limits.bad(limits.NO_INLINE_ACTION)
    if (
        "callback_data" in actions
        and not 0 < len(str(button["callback_data"]).encode()) <= limits.CALLBACK_DATA
    ):
        raise limits.bad(limits.BAD_BUTTON_DATA)
    if "url" in actions and not str(button["url"]).startswith(LINKS):
        raise limits.bad(limits.BAD_BUTTON_URL)
    return {name: button[name] for name in BUTTON_FIELDS if button.get(name) is not None}
