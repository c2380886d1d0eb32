"""The secret that signs addresses: made once, kept to its owner."""

import stat
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.keys import NAME, secret_of, signer_of
from bot.settings import Settings, SettingsError


def test_a_secret_is_made_on_the_first_start_and_found_on_the_next(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "not" / "yet")

    secret = secret_of(settings)

    assert len(secret) >= 32
    assert secret_of(settings) == secret
    assert [one.name for one in settings.data_dir.iterdir()] == [NAME]


def test_it_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    secret_of(Settings(data_dir=tmp_path))

    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_programs_that_start_at_once_make_one(tmp_path: Path) -> None:
    starts = [Settings(data_dir=tmp_path)] * 16
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(secret_of, starts))

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as programs:
        made |= set(programs.map(secret_of, starts[:4]))

    assert made == {(tmp_path / NAME).read_bytes()}
    assert [one.name for one in tmp_path.iterdir()] == [NAME]


def test_a_given_secret_leaves_no_file(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key="g" * 32)

    assert secret_of(settings) == b"g" * 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", ["", "short\n"])
def test_a_secret_that_is_too_short_signs_nothing(tmp_path: Path, kept: str) -> None:
    (tmp_path / NAME).write_text(kept)

    with pytest.raises(SettingsError, match=NAME):
        secret_of(Settings(data_dir=tmp_path))
    with pytest.raises(SettingsError, match="ABONEMENT_SECRET_KEY"):
        secret_of(Settings(data_dir=tmp_path, secret_key="short"))


def test_a_signature_is_the_secrets(tmp_path: Path) -> None:
    address = "requests@desk.example"
    one, same, other = (
        signer_of(Settings(data_dir=tmp_path, mail_address=address, secret_key=key * 32)) for key in "aab"
    )
    assert one is not None
    assert same is not None
    assert other is not None

    signed = one.reply(1, 2, epoch=1)

    assert same.reply(1, 2, epoch=1) == signed
    assert other.reply(1, 2, epoch=1) != signed


def test_without_an_address_nothing_is_signed_and_no_secret_made(tmp_path: Path) -> None:
    assert signer_of(Settings(data_dir=tmp_path)) is None
    assert list(tmp_path.iterdir()) == []
