"""The settings: file and environment, one meaning each, no secret in sight."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import NAMES, PREFIX, SECRETS, Settings, SettingsError, address, load

SAMPLES = {
    "bot_token": "1:{}",
    "bot_api": "https://{}.example",
    "database_url": "sqlite://{}",
    "webhook_url": "https://desk.example/{}",
    "listen": "{}:1",
    "lmtp_listen": "{}:1",
    "mail_address": "{}@desk.example",
    "smtp_url": "smtps://{}",
    "imap_url": "imaps://{}",
}
"""A value of the form that a setting needs."""


def sample(name: str, word: str) -> str:
    return SAMPLES.get(name, "{}").format(word)


def written(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_nothing_given_is_sqlite_in_the_users_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")

    settings = load({})

    assert settings.database == "sqlite:///data/abonement/abonement.sqlite3"
    assert settings.files == Path("/data/abonement/files")
    assert (settings.bot_api, settings.serves) == ("https://api.telegram.org", None)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_setting_is_read_from_either_place_and_the_environment_wins(name: str, tmp_path: Path) -> None:
    file = written(tmp_path / "abonement.toml", f'{name} = "{sample(name, "file")}"')
    key = f"{PREFIX}{name.upper()}"

    from_file = load({"ABONEMENT_CONFIG": file})
    from_both = load({"ABONEMENT_CONFIG": file, key: sample(name, "environment")})

    assert str(getattr(from_file, name)) == sample(name, "file")
    assert str(getattr(from_both, name)) == sample(name, "environment")


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_can_be_the_path_of_a_file(name: str, tmp_path: Path) -> None:
    secret = written(tmp_path / "secret", f"{sample(name, 's3cret')}\n")
    file = written(tmp_path / "abonement.toml", f'{name}_file = "{secret}"')

    assert getattr(load({f"{PREFIX}{name.upper()}_FILE": secret}), name) == sample(name, "s3cret")
    assert getattr(load({"ABONEMENT_CONFIG": file}), name) == sample(name, "s3cret")


def test_what_is_no_secret_has_no_file_of_its_own() -> None:
    with pytest.raises(SettingsError, match="ABONEMENT_BOT_API_FILE"):
        load({"ABONEMENT_BOT_API_FILE": "/dev/null"})


def test_a_secret_given_twice_is_refused_whatever_comes_first(tmp_path: Path) -> None:
    twice = {"ABONEMENT_BOT_TOKEN": "a", "ABONEMENT_BOT_TOKEN_FILE": written(tmp_path / "s", "b")}

    for environment in (twice, dict(reversed(twice.items()))):
        with pytest.raises(SettingsError, match="bot_token is given twice"):
            load(environment)


def test_the_environment_wins_over_the_file_with_either_form(tmp_path: Path) -> None:
    config = written(tmp_path / "abonement.toml", 'bot_token = "1:old"')
    secret = written(tmp_path / "secret", "1:new")

    settings = load({"ABONEMENT_CONFIG": config, "ABONEMENT_BOT_TOKEN_FILE": secret})

    assert settings.bot_token == "1:new"


@pytest.mark.parametrize(
    ("given", "nearest"),
    [
        ("ABONEMENT_BOT_TOKN", "ABONEMENT_BOT_TOKEN"),
        ("ABONEMENT_SMTP", "ABONEMENT_SMTP_URL"),
        ("ABONEMENT_MAILADDRESS", "ABONEMENT_MAIL_ADDRESS"),
        ("ABONEMENT_", "ABONEMENT_"),
    ],
)
def test_an_unknown_variable_names_the_nearest(given: str, nearest: str) -> None:
    with pytest.raises(SettingsError, match=f"^{given}: there is no such setting; the nearest is {nearest}"):
        load({given: "x"})


def test_an_unknown_key_of_the_file_names_the_nearest_as_the_file_writes_it(tmp_path: Path) -> None:
    config = written(tmp_path / "abonement.toml", 'bot_tokn = "x"')

    with pytest.raises(SettingsError) as refused:
        load({"ABONEMENT_CONFIG": config})

    assert str(refused.value) == "bot_tokn: there is no such setting; the nearest is bot_token"


def test_what_is_empty_or_another_programs_is_not_given() -> None:
    assert load({"ABONEMENT_BOT_TOKEN": "", "OTHER_KEY": "x", "ABONEMENT_CONFIG": ""}) == load({})


@pytest.mark.parametrize(
    "content",
    ["bot_token =", b"bot_token = '\xff'", "[mail]\naddress = 'a'", "listen = true", "listen = ['a']"],
)
def test_a_file_that_cannot_be_meant_is_refused(content: str | bytes, tmp_path: Path) -> None:
    config = written(tmp_path / "abonement.toml", content)

    with pytest.raises(SettingsError):
        load({"ABONEMENT_CONFIG": config})


def test_a_file_that_is_not_there_or_no_text_is_refused_by_its_key(tmp_path: Path) -> None:
    absent, binary = str(tmp_path / "absent"), written(tmp_path / "binary", b"\xff\xfe")

    for path in (absent, binary, str(tmp_path)):
        with pytest.raises(SettingsError, match=r"^ABONEMENT_BOT_TOKEN_FILE: "):
            load({"ABONEMENT_BOT_TOKEN_FILE": path})
    with pytest.raises(SettingsError, match="absent"):
        load({"ABONEMENT_CONFIG": absent})


def test_a_number_in_the_file_is_its_text(tmp_path: Path) -> None:
    config = written(tmp_path / "abonement.toml", "home_library = 12")

    assert load({"ABONEMENT_CONFIG": config}).home_library == "12"


def test_a_data_directory_may_be_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/leyla")

    assert load({"ABONEMENT_DATA_DIR": "~/desk"}).data_dir == Path("/home/leyla/desk")


def test_no_secret_is_shown() -> None:
    settings = load({f"{PREFIX}{name.upper()}": sample(name, "hidden") for name in SECRETS})

    assert "hidden" not in repr(settings)
    assert {one.name for one in fields(Settings) if not one.repr} == SECRETS


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("[::1]:0", ("::1", 0)),
        (":25", ("127.0.0.1", 25)),
        ("mail.example:65535", ("mail.example", 65535)),
    ],
)
def test_an_address_is_host_and_port(text: str, pair: tuple[str, int]) -> None:
    assert address(text, setting="listen") == pair


@pytest.mark.parametrize("text", ["", "8080", "host:", "host:x", "host:65536", "host:-1", "host:²"])
def test_anything_else_is_no_address(text: str) -> None:
    with pytest.raises(SettingsError, match="ABONEMENT_LISTEN"):
        address(text, setting="listen")
