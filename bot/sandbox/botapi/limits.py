"""What the Bot API refuses, in Telegram's own words.

Numbers come from the method pages of core.telegram.org/bots/api (named beside each), lengths are UTF-16
code units after entities were parsed. The sentences are what `tdlib/telegram-bot-api` answers; those
marked "wording ours" stand for refusals whose sentence no public source shows.
"""

from typing import Final

MEBIBYTE: Final = 1024 * 1024

TEXT: Final = 4096  # sendMessage.text
CAPTION: Final = 1024  # sendDocument.caption
CALLBACK_TEXT: Final = 200  # answerCallbackQuery.text
CALLBACK_DATA: Final = 64  # InlineKeyboardButton.callback_data, bytes
KEYBOARD_BUTTONS: Final = 100  # not documented; the server takes about as many
KEYBOARD_ROW: Final = 8  # not documented; clients show no more, here longer rows are refused
ENTITIES: Final = 100  # limits.tginfo.me, "formatting"; the rest is dropped without an error
ALBUM: Final = range(2, 11)  # sendMediaGroup.media
DOWNLOAD: Final = 20 * MEBIBYTE  # getFile
UPLOAD: Final = 50 * MEBIBYTE  # "Sending files"
PHOTO: Final = 10 * MEBIBYTE  # sendPhoto.photo
PHOTO_SIDES: Final = 10_000  # sendPhoto.photo, width and height together
PHOTO_RATIO: Final = 20  # sendPhoto.photo
UPDATES: Final = 100  # getUpdates.limit
POLL_SECONDS: Final = 50  # getUpdates.timeout, the server's LONG_POLL_MAX_TIMEOUT
START_PAYLOAD: Final = 64  # core.telegram.org/bots/features#deep-linking
COMMANDS: Final = 100  # setMyCommands.commands
COMMAND_NAME: Final = 32  # BotCommand.command
COMMAND_DESCRIPTION: Final = 256  # BotCommand.description
NAME: Final = 64  # setMyName.name
DESCRIPTION: Final = 512  # setMyDescription.description
SHORT_DESCRIPTION: Final = 120  # setMyShortDescription.short_description
SECRET_TOKEN: Final = 256  # setWebhook.secret_token
DELETE_HOURS: Final = 48  # deleteMessage
CALLBACK_MINUTES: Final = 15  # not documented; clients stop waiting far earlier


class ApiError(Exception):
    """The server answers `ok: false`. Carries the HTTP status, the sentence and `parameters`, if any."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, object]:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad(sentence: str) -> ApiError:
    return ApiError(400, f"Bad Request: {sentence}")


def forbidden(sentence: str) -> ApiError:
    return ApiError(403, f"Forbidden: {sentence}")


def conflict(sentence: str) -> ApiError:
    return ApiError(409, f"Conflict: {sentence}")


def flooded(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


UNAUTHORIZED: Final = "Unauthorized"
NOT_FOUND: Final = "Not Found"
BAD_GATEWAY: Final = "Bad Gateway"
TOO_LARGE: Final = "Request Entity Too Large"

NO_TEXT: Final = "message text is empty"
BLANK_TEXT: Final = "text must be non-empty"
LONG_TEXT: Final = "message is too long"
LONG_EDIT: Final = "MESSAGE_TOO_LONG"
LONG_CAPTION: Final = "message caption is too long"
LONG_CALLBACK_TEXT: Final = "MESSAGE_TOO_LONG"
BAD_BUTTON_DATA: Final = "BUTTON_DATA_INVALID"
BAD_BUTTON_URL: Final = "BUTTON_URL_INVALID"
LONG_KEYBOARD: Final = "reply markup is too long"
NO_INLINE_ACTION: Final = (
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)
NOT_A_MARKUP: Final = "object expected as reply markup"
NOT_INLINE: Final = "inline keyboard expected"
LONE_SURROGATE: Final = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
NO_MESSAGE_ID: Final = "message identifier is not specified"
EDIT_NOT_FOUND: Final = "message to edit not found"
EDIT_FORBIDDEN: Final = "message can't be edited"
EDIT_NO_TEXT: Final = "there is no text in the message to edit"
EDIT_NO_CAPTION: Final = "there is no caption in the message to edit"
DELETE_NOT_FOUND: Final = "message to delete not found"
DELETE_FORBIDDEN: Final = "message can't be deleted for everyone"
REPLY_NOT_FOUND: Final = "message to be replied not found"
COPY_NOT_FOUND: Final = "message to copy not found"
FORWARD_NOT_FOUND: Final = "message to forward not found"
PROTECTED: Final = "message can't be forwarded"
PIN_NOT_FOUND: Final = "message to pin not found"
UNPIN_NOT_FOUND: Final = "message to unpin not found"
OLD_QUERY: Final = "query is too old and response timeout expired or query ID is invalid"
NO_CHAT_ID: Final = "chat_id is empty"
NO_CHAT: Final = "chat not found"
BLOCKED: Final = "bot was blocked by the user"
NOT_STARTED: Final = "bot can't initiate conversation with a user"
BIG_FILE: Final = "file is too big"
BAD_FILE: Final = "wrong file identifier/HTTP URL specified"
BAD_FILE_ID: Final = "invalid file_id"
EMPTY_FILE: Final = "file must be non-empty"
NOT_A_PICTURE: Final = "IMAGE_PROCESS_FAILED"
BAD_SIDES: Final = "PHOTO_INVALID_DIMENSIONS"
SHORT_ALBUM: Final = "an album holds 2 to 10 items"  # wording ours
LONG_ALBUM: Final = "too many messages to send as an album"
BAD_MEDIA: Final = 'can\'t parse InputMedia: field "type" is invalid'  # wording ours
BAD_ACTION: Final = "wrong parameter action in request"
MANY_COMMANDS: Final = "BOT_COMMANDS_TOO_MUCH"
BAD_COMMAND: Final = "BOT_COMMAND_INVALID"
BAD_COMMAND_DESCRIPTION: Final = "BOT_COMMAND_DESCRIPTION_INVALID"
LONG_PROFILE: Final = "{field} is too long"  # wording ours
BAD_PROOF: Final = "secret token contains unallowed characters"
BAD_WEBHOOK: Final = "bad webhook: An HTTPS URL must be provided for webhook"
BAD_JSON: Final = "can't parse {field} JSON object"  # wording ours where the field isn't a keyboard
POLLED_WITH_WEBHOOK: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
POLLED_TWICE: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
POLLED_OVER: Final = "terminated by setWebhook request"
