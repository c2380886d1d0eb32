"""Signed addresses and Message-IDs: by them a reply finds its request and proves whom we wrote to.

A signed local part is `<name>+<purpose><ref>.<person>.<key id><mac>`: the numbers in base 36, the mac 80 bits
of HMAC-SHA256 in base32 (RFC 4648 §6). It is lower case, at most 64 characters (RFC 5321 §4.5.3.1.1), and
read without regard to case, because some servers on the way change it.
"""

import base64
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import idna

VERSION = 1
NUMBER_LIMIT = 36**8
LONGEST_NAME = 64 - len("+r" + 8 * "z" + "." + 8 * "z" + "." + "k" + 16 * "m")

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NUMBER = "0|[1-9a-z][0-9a-z]{0,7}"
_TOKEN = re.compile(rf"([rbidgmtasnpcvfoqlux])({_NUMBER})\.({_NUMBER})\.([a-z2-7])([a-z2-7]{{16}})")
_MAC_BYTES = 10


class Purpose(StrEnum):
    """What an address was made for; a signature for one purpose says nothing about another."""

    REPLY = "r"
    BOUNCE = "b"
    INVITATION = "i"
    LETTER = "d"
    GENERAL = "g"
    MESSAGE = "m"
    THREAD = "t"
    ADDRESS = "a"
    STRAY = "s"
    RENEWAL = "n"
    PLAN = "p"
    UNTEXTED = "c"
    ITEM = "v"
    BULLETIN = "f"
    ANSWER = "o"
    SHARED = "q"
    GAPS = "l"
    GAP_IMPORT = "u"
    EXCHANGE = "x"


class UnwritableAddressError(ValueError):
    """An address to which no mail of ours can be written; `address` is as it was given."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class NonAsciiLocalPartError(UnwritableAddressError):
    """The part before the @ is not ASCII: it would need SMTPUTF8 (RFC 6531) on the whole way."""


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key: `id` is one base32 character, `secret` at least 16 bytes."""

    id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch("[a-z2-7]", self.id) or len(self.secret) < 16:
            raise ValueError("a key has an id of one base32 character and a secret of at least 16 bytes")


@dataclass(frozen=True, slots=True)
class Token:
    """What an address claims. It is a claim only, until `Signer.verify` has agreed."""

    purpose: Purpose
    ref: int
    person: int
    key: str
    mac: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Writes and reads the signed forms of one mailbox.

    The first key signs and every key verifies, so a key is replaced by putting a new one in front of it
    and dropped when its letters have grown old. Verification takes constant time.
    """

    keys: Sequence[Key]
    address: str
    delimiter: str = "+"
    _name: str = field(init=False, repr=False)
    _host: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        name, _, host = ascii_address(self.address).lower().rpartition("@")
        if not self.keys or len({key.id for key in self.keys}) < len(self.keys):
            raise ValueError("a signer has at least one key, and no two with the same id")
        if self.delimiter not in {"+", "-"} or len(name) > LONGEST_NAME:
            raise ValueError(f"the delimiter is + or -, and {name!r} at most {LONGEST_NAME} characters")
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_host", host)

    def reply(self, request: int, person: int, *, epoch: int) -> str:
        """The Reply-To under which this person speaks about this request."""
        return self._address(Purpose.REPLY, request, person=person, epoch=epoch)

    def bounce(self, notice: int, person: int, *, epoch: int) -> str:
        """The envelope sender of a notice: its non-delivery report finds the notice without being parsed."""
        return self._address(Purpose.BOUNCE, notice, person=person, epoch=epoch)

    def invitation(self, invitation: int, person: int, *, epoch: int) -> str:
        """The address whose YES accepts an invitation."""
        return self._address(Purpose.INVITATION, invitation, person=person, epoch=epoch)

    def letter(self, letter: int, person: int, *, epoch: int) -> str:
        """The address under which this person decides about a draft."""
        return self._address(Purpose.LETTER, letter, person=person, epoch=epoch)

    def thread(self, thread: int, person: int, *, epoch: int) -> str:
        """The address under which this person answers the letters of a correspondence."""
        return self._address(Purpose.THREAD, thread, person=person, epoch=epoch)

    def general(self, person: int, *, epoch: int) -> str:
        """The address under which this person starts a new matter."""
        return self._address(Purpose.GENERAL, 0, person=person, epoch=epoch)

    def confirmation(self, person: int, *, epoch: int) -> str:
        """The address whose YES makes the answering mailbox this person's own."""
        return self._address(Purpose.ADDRESS, 0, person=person, epoch=epoch)

    def stray(self, aside: int, person: int, *, epoch: int) -> str:
        """The address under which this person decides about a mail that was kept aside."""
        return self._address(Purpose.STRAY, aside, person=person, epoch=epoch)

    def renewal(self, agreement: int, person: int, *, epoch: int) -> str:
        """The address under which this person answers what they are told of an agreement."""
        return self._address(Purpose.RENEWAL, agreement, person=person, epoch=epoch)

    def about(self, purpose: Purpose, ref: int, person: int, *, epoch: int) -> str:
        """The address under which this person answers a plan, an item, an exchange, or shared information."""
        return self._address(purpose, ref, person=person, epoch=epoch)

    def gaps(self, person: int, *, epoch: int) -> str:
        """The address under which this person answers lines of gap lists."""
        return self._address(Purpose.GAPS, 0, person=person, epoch=epoch)

    def gap_import(self, number: int, person: int, *, epoch: int) -> str:
        """The address under which this person decides about a list on its way in."""
        return self._address(Purpose.GAP_IMPORT, number, person=person, epoch=epoch)

    def message_id(self, notice: int, person: int, *, epoch: int) -> str:
        """A Message-ID (RFC 5322 §3.6.4) that authenticates a reply through its In-Reply-To."""
        return f"<{self._token(Purpose.MESSAGE, notice, person=person, epoch=epoch)}@{self._host}>"

    def accepts(self, recipient: str) -> bool:
        """Whether mail for this address is ours: the mailbox itself, or anything behind its delimiter."""
        name, _, host = recipient.rpartition("@")
        local = name.lower() if name.isascii() else ""
        mine = local == self._name or local.startswith(self._name + self.delimiter)
        return mine and _same_host(host, self._host)

    def read(self, address: str) -> Token | None:
        """The claim in an address of this mailbox, unverified; None where there is none."""
        if not self.accepts(address):
            return None
        claim = _parse(address.rpartition("@")[0][len(self._name + self.delimiter) :])
        return None if claim is None or claim.purpose is Purpose.MESSAGE else claim

    def read_message_id(self, message_id: str) -> Token | None:
        """The claim in a Message-ID of ours, with or without its angle brackets; None in anybody else's."""
        left, _, host = message_id.strip().removeprefix("<").removesuffix(">").rpartition("@")
        claim = _parse(left) if host.lower() == self._host else None
        return claim if claim is not None and claim.purpose is Purpose.MESSAGE else None

    def verify(self, token: Token, epoch: int) -> bool:
        """Whether a live key made this claim in this epoch of the person; raising the epoch revokes."""
        key = next((key for key in self.keys if key.id == token.key), None)
        expected = _mac(key or self.keys[0], token.purpose, token.ref, person=token.person, epoch=epoch)
        return hmac.compare_digest(expected.encode(), token.mac.encode()) and key is not None

    def _address(self, purpose: Purpose, ref: int, *, person: int, epoch: int) -> str:
        token = self._token(purpose, ref, person=person, epoch=epoch)
        return f"{self._name}{self.delimiter}{token}@{self._host}"

    def _token(self, purpose: Purpose, ref: int, *, person: int, epoch: int) -> str:
        key = self.keys[0]
        mac = _mac(key, purpose, ref, person=person, epoch=epoch)
        return f"{purpose}{_base36(ref)}.{_base36(person)}.{key.id}{mac}"


def ascii_address(address: str) -> str:
    """The address as it can be written on a wire: the domain in its IDNA form (RFC 5891).

    Raises `NonAsciiLocalPartError` or, for anything else that is no plain mailbox, `UnwritableAddressError`.
    """
    local, at, domain = address.strip().rpartition("@")
    if not local.isascii():
        raise NonAsciiLocalPartError(address)
    if (
        not at
        or not re.fullmatch(r"[!#-'*+\-/-9=?A-Z^-~]+(?:\.[!#-'*+\-/-9=?A-Z^-~]+)*", local)
        or len(local) > 64
    ):
        raise UnwritableAddressError(address)
    try:
        host = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as error:
        raise UnwritableAddressError(address) from error
    if not re.fullmatch(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*", host) or len(host) > 253:
        raise UnwritableAddressError(address)
    return f"{local}@{host}"


def _same_host(host: str, ours: str) -> bool:
    try:
        return (host if host.isascii() else idna.encode(host, uts46=True).decode()).lower() == ours
    except idna.IDNAError:
        return False


def _parse(token: str) -> Token | None:
    # Kelvin's sign and its like become ASCII in lower case: they are damage, not another spelling.
    found = _TOKEN.fullmatch(token.lower()) if token.isascii() else None
    if found is None:
        return None
    purpose, ref, person, key, mac = found.groups()
    return Token(Purpose(purpose), int(ref, 36), int(person, 36), key, mac)


def _mac(key: Key, purpose: Purpose, ref: int, *, person: int, epoch: int) -> str:
    said = f"abonement:{VERSION}:{purpose}:{ref}:{person}:{epoch}".encode()
    digest = hmac.digest(key.secret, said, "sha256")[:_MAC_BYTES]
    return base64.b32encode(digest).decode().lower()


def _base36(number: int) -> str:
    if not 0 <= number < NUMBER_LIMIT:
        raise ValueError(f"{number} does not fit into an address")
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
