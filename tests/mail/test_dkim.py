"""Signatures (RFC 6376), with keys in a name server of our own on loopback."""

import asyncio
import base64
from collections.abc import AsyncIterator

import dkim
import dns.flags
import dns.message
import dns.resolver
import dns.rrset
import pytest

from handlers.mail.dkim import Signatures

MAIL = b"From: Ill <ill@nlrk.example>\r\nTo: requests@desk.example\r\nSubject: x\r\n\r\nYES\r\n"


class Names(asyncio.DatagramProtocol):
    """Answers TXT questions; `asked` counts them. A name that it does not know it keeps silent about."""

    def __init__(self, records: dict[str, str]) -> None:
        self.records, self.asked = records, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        self.asked += 1
        question = dns.message.from_wire(data)
        name = question.question[0].name
        text = self.records.get(name.to_text().rstrip("."))
        if text is None:
            return
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        parts = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
        answer.answer.append(dns.rrset.from_text(name, 300, "IN", "TXT", parts))
        self.transport.sendto(answer.to_wire(), address)


async def ran(*command: str, given: bytes = b"") -> bytes:
    made = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    output, _ = await made.communicate(given)
    assert made.returncode == 0
    return output


async def pair() -> tuple[bytes, bytes]:
    private = await ran("openssl", "genrsa", "-traditional", "2048")
    return private, await ran("openssl", "rsa", "-pubout", "-outform", "DER", given=private)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """A private key, and its record."""
    private, public = asyncio.run(pair())
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


@pytest.fixture
async def names(keys: tuple[bytes, str]) -> AsyncIterator[Names]:
    record = keys[1]
    served = Names({f"s._domainkey.{host}": record for host in ("nlrk.example", "mailer.example")})
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: served, local_addr=("127.0.0.1", 0))
    yield served
    transport.close()


def signatures(names: Names, patience: float = 3) -> Signatures:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = names.transport.get_extra_info("sockname")[1]
    return Signatures(resolver, patience)


def signed(keys: tuple[bytes, str], domain: str = "nlrk.example", raw: bytes = MAIL, **more: object) -> bytes:
    return dkim.sign(raw, b"s", domain.encode(), keys[0], include_headers=[b"from", b"subject"], **more) + raw


async def test_a_mail_signed_by_the_domain_of_its_from_is_vouched_for(
    names: Names, keys: tuple[bytes, str]
) -> None:
    assert await signatures(names).vouch(signed(keys), "ill@nlrk.example")


async def test_a_valid_signature_of_somebody_else_says_nothing(names: Names, keys: tuple[bytes, str]) -> None:
    assert not await signatures(names).vouch(signed(keys, "mailer.example"), "ill@nlrk.example")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.replace(b"YES", b"NO"),
        lambda raw: raw.replace(b"Subject: x", b"Subject: y"),
        lambda raw: b"From: other@nlrk.example\r\n" + raw,
        lambda raw: b"From:" + raw.partition(b"\r\nFrom:")[2],
        lambda raw: b"DKIM-Signature: v=1; damaged\r\n" + raw.partition(b"\r\nFrom:")[2],
    ],
    ids=["body", "subject", "two-froms", "unsigned", "damaged"],
)
async def test_a_broken_or_missing_signature_says_nothing(
    names: Names, keys: tuple[bytes, str], spoil: object
) -> None:
    assert not await signatures(names).vouch(spoil(signed(keys)), "ill@nlrk.example")


async def test_a_signature_over_the_beginning_alone_says_nothing(
    names: Names, keys: tuple[bytes, str]
) -> None:
    assert not await signatures(names).vouch(signed(keys, length=True), "ill@nlrk.example")


async def test_a_silent_name_server_says_nothing_after_the_patience(
    names: Names, keys: tuple[bytes, str]
) -> None:
    names.records.clear()

    assert not await signatures(names, patience=0.3).vouch(signed(keys), "ill@nlrk.example")


async def test_a_key_is_asked_for_once(names: Names, keys: tuple[bytes, str]) -> None:
    checks = signatures(names)

    for _ in range(3):
        assert await checks.vouch(signed(keys), "ill@nlrk.example")

    assert names.asked == 1
