from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.mail.addresses import (
    LONGEST_NAME,
    NUMBER_LIMIT,
    Key,
    NonAsciiLocalPartError,
    Purpose,
    Signer,
    UnwritableAddressError,
    ascii_address,
)

OLD, NEW = Key("a", b"an old secret, sixteen bytes"), Key("7", b"a new secret of sixteen bytes")
SIGNER = Signer((OLD,), "requests@desk.example")
NUMBERS = st.integers(0, NUMBER_LIMIT - 1)
EPOCHS = st.integers(0, 10_000)


def trusted(signer: Signer, address: str, epoch: int) -> bool:
    token = signer.read(address)
    return token is not None and signer.verify(token, epoch)


@given(NUMBERS, NUMBERS, EPOCHS)
def test_a_reply_address_carries_request_and_person_and_is_trusted(
    request: int, person: int, epoch: int
) -> None:
    address = SIGNER.reply(request, person, epoch=epoch)
    token = SIGNER.read(address)
    assert token is not None
    assert (token.purpose, token.ref, token.person) == (Purpose.REPLY, request, person)
    assert SIGNER.verify(token, epoch)


def test_a_reply_address_looks_as_promised() -> None:
    assert SIGNER.reply(42, 7, epoch=1) == "requests+r16.7.aztupqzns333cck5r@desk.example"


@given(NUMBERS, NUMBERS, EPOCHS, st.sampled_from([str.upper, str.title, str.swapcase]))
def test_an_address_is_trusted_in_any_case(
    request: int, person: int, epoch: int, case: Callable[[str], str]
) -> None:
    address = SIGNER.reply(request, person, epoch=epoch)
    assert address == address.lower()
    assert trusted(SIGNER, case(address), epoch)


@given(NUMBERS, NUMBERS, st.data())
def test_any_damaged_character_makes_it_worthless(request: int, person: int, data: st.DataObject) -> None:
    address = SIGNER.reply(request, person, epoch=3)
    place = data.draw(st.integers(0, len(address) - 1))
    other = data.draw(st.one_of(st.sampled_from("abcxyz0123456789.+-@"), st.characters()))
    damaged = address[:place] + other + address[place + 1 :]
    assert trusted(SIGNER, damaged, 3) == (other.isascii() and other.lower() == address[place])


@given(NUMBERS, NUMBERS, st.data())
def test_a_lost_or_added_character_makes_it_worthless(request: int, person: int, data: st.DataObject) -> None:
    address = SIGNER.reply(request, person, epoch=3)
    place = data.draw(st.integers(0, len(address) - 1))
    added = data.draw(st.sampled_from("0az. \r\n\u212a"))
    assert not trusted(SIGNER, address[:place] + address[place + 1 :], 3)
    assert not trusted(SIGNER, address[:place] + added + address[place:], 3)


@given(NUMBERS, NUMBERS, st.integers(1, LONGEST_NAME), st.sampled_from("+-"))
def test_a_local_part_never_exceeds_64_characters(ref: int, person: int, length: int, delimiter: str) -> None:
    signer = Signer((NEW,), "n" * length + "@desk.example", delimiter)
    for address in (signer.reply(ref, person, epoch=1), signer.bounce(ref, person, epoch=1)):
        assert len(address.partition("@")[0]) <= 64
        assert trusted(signer, address, 1)


def test_every_purpose_is_told_apart() -> None:
    made = {
        Purpose.REPLY: SIGNER.reply(5, 6, epoch=1),
        Purpose.BOUNCE: SIGNER.bounce(5, 6, epoch=1),
        Purpose.INVITATION: SIGNER.invitation(5, 6, epoch=1),
        Purpose.LETTER: SIGNER.letter(5, 6, epoch=1),
        Purpose.GENERAL: SIGNER.general(6, epoch=1),
    }
    assert [token.purpose for token in map(SIGNER.read, made.values()) if token] == list(made)
    macs = {token.mac for token in map(SIGNER.read, made.values()) if token}
    assert len(macs) == len(made)


def test_a_signature_for_one_purpose_is_worthless_for_another() -> None:
    bounce = SIGNER.bounce(5, 6, epoch=1)
    assert not trusted(SIGNER, bounce.replace("+b", "+r"), 1)


def test_a_new_epoch_of_the_person_revokes() -> None:
    address = SIGNER.reply(5, 6, epoch=1)
    assert not trusted(SIGNER, address, 2)


def test_an_old_key_still_verifies_after_rotation_until_it_is_dropped() -> None:
    address = SIGNER.reply(5, 6, epoch=1)
    rotated, later = Signer((NEW, OLD), SIGNER.address), Signer((NEW,), SIGNER.address)
    assert trusted(rotated, address, 1)
    assert trusted(later, rotated.reply(5, 6, epoch=1), 1)
    assert not trusted(later, address, 1)


def test_a_minus_serves_hosts_without_plus_addressing() -> None:
    signer = Signer((NEW,), "ill-requests@desk.example", "-")
    address = signer.reply(5, 6, epoch=1)
    assert address.startswith("ill-requests-r5.6.7")
    assert trusted(signer, address, 1)


def test_mail_is_accepted_for_the_mailbox_and_whatever_is_behind_its_delimiter() -> None:
    ours = [
        "requests@desk.example",
        "Requests@DESK.example",
        "requests+anything@desk.example",
        "requests+@desk.example",
    ]
    others = [
        "requestsx@desk.example",
        "request@desk.example",
        "requests@desk.example.org",
        "requests",
        "",
        "@",
    ]
    assert [SIGNER.accepts(address) for address in ours] == [True] * len(ours)
    assert [SIGNER.accepts(address) for address in others] == [False] * len(others)


@given(NUMBERS, NUMBERS, EPOCHS)
def test_a_message_id_authenticates_a_reply(notice: int, person: int, epoch: int) -> None:
    token = SIGNER.read_message_id(f" {SIGNER.message_id(notice, person, epoch=epoch).upper()}\r\n")
    assert token is not None
    assert (token.purpose, token.ref, token.person) == (Purpose.MESSAGE, notice, person)
    assert SIGNER.verify(token, epoch)


def test_a_message_id_of_anybody_else_claims_nothing() -> None:
    ours = SIGNER.message_id(5, 6, epoch=1)
    assert SIGNER.read_message_id(ours.replace("desk", "elsewhere")) is None
    assert SIGNER.read_message_id("<CAFx@mail.gmail.com>") is None
    assert SIGNER.read_message_id("") is None


def test_a_message_id_is_no_address_and_an_address_no_message_id() -> None:
    message_id = SIGNER.message_id(5, 6, epoch=1).strip("<>")
    assert SIGNER.read("requests+" + message_id) is None
    assert SIGNER.read_message_id(SIGNER.reply(5, 6, epoch=1).removeprefix("requests+")) is None


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    assert SIGNER.read(text) is None
    assert SIGNER.read_message_id(text) is None
    assert SIGNER.read(f"requests+{text}@desk.example") is None


def test_numbers_that_do_not_fit_are_refused() -> None:
    for number in (-1, NUMBER_LIMIT):
        with pytest.raises(ValueError, match="does not fit"):
            SIGNER.reply(number, 1, epoch=1)


@pytest.mark.parametrize(
    ("keys", "address", "delimiter"),
    [
        ((), "requests@desk.example", "+"),
        ((NEW, NEW), "requests@desk.example", "+"),
        ((NEW,), "requests@desk.example", "_"),
        ((NEW,), "n" * (LONGEST_NAME + 1) + "@desk.example", "+"),
    ],
)
def test_a_signer_that_could_not_keep_its_promise_is_refused(
    keys: tuple[Key, ...], address: str, delimiter: str
) -> None:
    with pytest.raises(ValueError, match=r"a signer has|the delimiter is"):
        Signer(keys, address, delimiter)


@pytest.mark.parametrize(("name", "secret"), [("ab", b"x" * 16), ("1", b"x" * 16), ("a", b"x" * 15)])
def test_a_weak_or_unspeakable_key_is_refused(name: str, secret: bytes) -> None:
    with pytest.raises(ValueError, match="a key has"):
        Key(name, secret)


def test_an_international_domain_is_written_in_ascii() -> None:
    assert ascii_address("ill@кітапхана.қаз") == "ill@xn--80aaa1brkt0a3m.xn--80ao21a"
    assert Signer((NEW,), "ill@кітапхана.қаз").accepts("ILL+x@КІТАПХАНА.қаз")


def test_a_local_part_that_is_not_ascii_is_refused_by_its_own_error() -> None:
    with pytest.raises(NonAsciiLocalPartError) as refused:
        ascii_address("библиотека@example.org")
    assert refused.value.address == "библиотека@example.org"


@pytest.mark.parametrize(
    "address",
    [
        *["", "nobody", "@x.example", "a@", "a b@x.example", "a@x..example", "a@[127.0.0.1]", ".a@x.example"],
        *["a,b@x.example", '"a b"@x.example', "a" * 65 + "@x.example", "a@" + "x" * 254, "a@-\u0300.example"],
        "a@x.example>\r\nRCPT TO:<b@y",
    ],
)
def test_what_is_no_plain_mailbox_is_refused(address: str) -> None:
    with pytest.raises(UnwritableAddressError):
        ascii_address(address)
