"""What never reaches a log, however it came into the message."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest

from bot.logs import Human, Json, clean, configure
from handlers.mail.addresses import Key, Signer

TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-"
SIGNER = Signer((Key("a", b"k" * 32),), "requests@desk.example")
SECRETS = [
    (f"polling with {TOKEN}", "polling with <token>"),
    (f"https://api.telegram.org/bot{TOKEN}/getMe", "https://api.telegram.org/bot<token>/getMe"),
    (f"/file/bot{TOKEN}/documents/a.pdf", "/file/bot<token>/documents/a.pdf"),
    ("smtp+starttls://desk:pa55@mail.example:587", "smtp+starttls://desk:<password>@mail.example:587"),
    ("imaps://desk@mail.example:p%40ss@mail.example/", "imaps://desk@mail.example:<password>@mail.example/"),
    ("postgres://u:p@ss/w0rd@db/desk", "postgres://u:<password>@db/desk"),
    ("redis://:pa55@cache", "redis://:<password>@cache"),
]
HARMLESS = [
    "https://nlrk.example:8443/catalogue",
    "update 123456789:",
    "request 12:30 at 10:15",
    "ill@nlrk.example wrote",
    "host http://127.0.0.1:8080/a and mail a@b.example",
]


@pytest.mark.parametrize(("text", "shown"), SECRETS)
def test_tokens_and_passwords_are_blotted_out(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "signed",
    [
        SIGNER.reply(123456, 7, epoch=1),
        SIGNER.bounce(1, 2, epoch=3),
        SIGNER.invitation(35, 36, epoch=1),
        SIGNER.general(9, epoch=1),
        SIGNER.message_id(5, 6, epoch=1),
    ],
)
def test_a_signature_is_blotted_out_in_every_form_of_address(signed: str) -> None:
    mac = signed.rpartition("@")[0].rpartition(".")[2]

    for form in (signed, signed.upper(), f"<{signed}>", f"to={signed},"):
        assert mac not in clean(form).lower()
        assert "<signature>" in clean(form)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_secret_stays(text: str) -> None:
    assert clean(text) == text


def record(message: str, *arguments: object, error: bool = False) -> logging.LogRecord:
    exception = None
    if error:
        try:
            raise ValueError(f"refused: {TOKEN}")
        except ValueError:
            exception = sys.exc_info()
    return logging.LogRecord("bot.outbox", logging.WARNING, __file__, 1, message, arguments, exception)


@pytest.mark.parametrize("formatter", [Human("%(levelname)s %(message)s"), Json()])
def test_arguments_and_tracebacks_are_cleaned_too(formatter: logging.Formatter) -> None:
    line = formatter.format(record("login %s", SECRETS[3][0], error=True))

    assert TOKEN not in line
    assert "pa55" not in line
    assert "ValueError: refused: <token>" in line


def test_a_json_line_is_one_object_with_its_letters_as_they_are() -> None:
    line = json.loads(Json().format(record("Dədə %s\nQorqud", "К")))

    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "WARNING", "logger": "bot.outbox", "message": "Dədə К\nQorqud"}


@pytest.fixture
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(("form", "starts"), [("json", "{"), (None, "{"), ("human", "2")])
@pytest.mark.usefixtures("restored")
def test_away_from_a_terminal_it_is_json_unless_asked(form: str | None, starts: str) -> None:
    with redirect_stderr(io.StringIO()) as stream:
        configure(form)
        logging.getLogger("bot.outbox").info("notice %s", TOKEN)

    assert stream.getvalue().startswith(starts)
    assert stream.getvalue().count("\n") == 1
    assert TOKEN not in stream.getvalue()
