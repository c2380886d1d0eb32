"""An honest Telegram: the Bot API on loopback, for the sandbox's page and for every test that meets a wire.

`BotApi` is the state (people, chats, files, faults), `Server` its HTTP face. A bot cannot tell it from the
real one by what it uses; what is not built is answered 404, never a silent success.
"""

from bot.sandbox.botapi.api import Answer, BotApi, Call
from bot.sandbox.botapi.chats import Button, Message, User
from bot.sandbox.botapi.entities import Entity
from bot.sandbox.botapi.faults import Fault, Faults
from bot.sandbox.botapi.files import StoredFile
from bot.sandbox.botapi.limits import ApiError
from bot.sandbox.botapi.params import Params, Upload
from bot.sandbox.botapi.person import Person
from bot.sandbox.botapi.server import Server
from bot.sandbox.botapi.state import Change, ChangeKind, Toast

__all__ = [
    "Answer",
    "ApiError",
    "BotApi",
    "Button",
    "Call",
    "Change",
    "ChangeKind",
    "Entity",
    "Fault",
    "Faults",
    "Message",
    "Params",
    "Person",
    "Server",
    "StoredFile",
    "Toast",
    "Upload",
    "User",
]
