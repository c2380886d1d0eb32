import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiosmtplib
import pytest

from bot.mail_url import Security
from bot.sandbox.mail import MailServer
from bot.transports.result import AccountTrouble, Delivered, Permanent, Temporary
from bot.transports.smtp import SmtpServer, SmtpTransport, TokenRefusedError, verdict

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ILL = "ill@anl.example"
RAW = b"Subject: x\r\n\r\n.dot\r\nlast\r\n"


def clock() -> datetime:
    return NOW


def server_at(address: tuple[str, int], security: Security = Security.NONE, **log_in: str) -> SmtpServer:
    host = "localhost" if security is not Security.NONE else address[0]
    return SmtpServer(host, address[1], security, **log_in)


@asynccontextmanager
async def sending(server: SmtpServer, **options: object) -> AsyncIterator[SmtpTransport]:
    transport = SmtpTransport(server, **options)
    try:
        yield transport
    finally:
        await transport.close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a CA (ca.pem) and a certificate for localhost signed by it (srv.pem, srv.key)."""
    folder = tmp_path_factory.mktemp("tls")
    asyncio.run(certify(folder))
    return folder


async def certify(folder: Path) -> None:
    await certificate(folder, "ca", "basicConstraints=critical,CA:TRUE")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE")
    await certificate(folder, "srv", "subjectAltName=DNS:localhost", *signed)


async def certificate(folder: Path, name: str, extension: str, *more: str) -> None:
    made = await asyncio.create_subprocess_exec(
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem"),
        *("-addext", extension, *more),
        cwd=folder,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await made.communicate()
    assert made.returncode == 0, said.decode()


@pytest.fixture
def served(certificates: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "srv.pem", certificates / "srv.key")
    return context


@pytest.fixture
def trusting(certificates: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificates / "ca.pem")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 25, Security.NONE)),
        ("smtp+starttls://mail.example", SmtpServer("mail.example", 587, Security.STARTTLS)),
        (
            "smtps://u%40x:p%3Aa%2Fb@mail.example:4465",
            SmtpServer("mail.example", 4465, Security.TLS, "u@x", "p:a/b"),
        ),
        ("smtp://[::1]:2525/", SmtpServer("::1", 2525, Security.NONE)),
    ],
)
def test_a_url_is_read(url: str, server: SmtpServer) -> None:
    assert SmtpServer.from_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://u:secret@x",
        "smtp://",
        "smtp://u:secret@x:port",
        "smtp://x/path",
        "smtp://u:secret@x?tls=1",
    ],
)
def test_a_url_that_is_wrong_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(ValueError, match="a mail server") as refused:
        SmtpServer.from_url(url)
    assert "secret" not in str(refused.value)


def test_the_password_is_never_printed_and_its_exposure_is_known() -> None:
    plain, private = SmtpServer.from_url("smtp://u:secret@x"), SmtpServer.from_url("smtps://u:secret@x")
    assert "secret" not in repr(plain)
    assert (plain.shows_password, private.shows_password) == (True, False)


async def test_a_message_arrives_with_its_envelope_byte_for_byte() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        assert await transport.send(RAW, sender="b+1@desk.example", recipient=ILL) == Delivered("2.0.0 Kept")
    [mail] = server.box(ILL)
    assert (mail.raw, mail.sender, mail.recipient, mail.received_at) == (RAW, "b+1@desk.example", ILL, NOW)


async def test_a_message_that_must_not_bounce_has_an_empty_sender() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        await transport.send(RAW, sender="", recipient=ILL)
    assert [mail.sender for mail in server.box(ILL)] == [""]


async def test_one_connection_serves_a_hundred_messages_and_the_next_another() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        for _ in range(101):
            await transport.send(RAW, sender="", recipient=ILL)
        assert (len(server.box(ILL)), server.connections) == (101, 2)


async def test_concurrent_sends_share_the_connection_in_turn() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        sends = [transport.send(RAW, sender="", recipient=f"{number}@x.example") for number in range(20)]
        assert await asyncio.gather(*sends) == [Delivered("2.0.0 Kept")] * 20
        assert server.connections == 1


async def test_an_idle_connection_is_given_up() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address), idle=0.01) as transport:
        await transport.send(RAW, sender="", recipient=ILL)
        for _ in range(2000):
            if server.conversations:
                await asyncio.sleep(0.005)
        await transport.send(RAW, sender="", recipient=ILL)
        assert server.connections == 2


async def test_a_kept_connection_that_the_server_ended_costs_no_message() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        await transport.send(RAW, sender="", recipient=ILL)
        await server.down()
        await server.up()
        assert await transport.send(RAW, sender="", recipient=ILL) == Delivered("2.0.0 Kept")


async def test_a_refused_recipient_is_permanent_and_the_next_message_goes() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        server.faults.refuse("gone@anl.example")
        refused = await transport.send(RAW, sender="", recipient="gone@anl.example")
        assert refused == Permanent("5.1.1 No such user", 550)
        assert await transport.send(RAW, sender="", recipient=ILL) == Delivered("2.0.0 Kept")


async def test_greylisting_is_temporary_and_passes() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        server.faults.greylist(ILL, times=2)
        results = [await transport.send(RAW, sender="", recipient=ILL) for _ in range(3)]
    later = Temporary("4.7.1 Greylisted, please try again later", code=451)
    assert results == [later, later, Delivered("2.0.0 Kept")]


async def test_a_server_that_is_down_is_temporary() -> None:
    async with MailServer(clock) as server:
        await server.down()
        async with sending(server_at(server.address)) as transport:
            assert isinstance(await transport.send(RAW, sender="", recipient=ILL), Temporary)
            await server.up()
            assert await transport.send(RAW, sender="", recipient=ILL) == Delivered("2.0.0 Kept")


async def test_a_connection_cut_in_the_middle_of_a_message_is_temporary() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        server.faults.drop_in_data()
        assert isinstance(await transport.send(RAW * 100_000, sender="", recipient=ILL), Temporary)
        assert server.box(ILL) == []
        assert await transport.send(RAW, sender="", recipient=ILL) == Delivered("2.0.0 Kept")


async def test_a_lost_answer_is_temporary_though_the_message_may_have_arrived() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        server.faults.lose_answer()
        assert isinstance(await transport.send(RAW, sender="", recipient=ILL), Temporary)
        assert len(server.box(ILL)) == 1


async def test_a_cancelled_send_does_not_put_the_next_one_out_of_step() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        for pause in range(12):
            task = asyncio.create_task(transport.send(RAW, sender="", recipient="first@x.example"))
            for _ in range(pause):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert await transport.send(RAW, sender="", recipient=ILL) == Delivered("2.0.0 Kept")
    assert len(server.box(ILL)) == 12


async def test_messages_are_paced() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address), pace=0.05) as transport:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for _ in range(4):
            await transport.send(RAW, sender="", recipient=ILL)
        assert loop.time() - begun >= 0.15


@pytest.mark.parametrize("recipient", ["лала@anl.example", "a b@x.example", "a@x>\r\nRCPT TO:<b@y", ""])
async def test_an_address_that_no_mail_can_be_written_to_is_permanent(recipient: str) -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        result = await transport.send(RAW, sender="", recipient=recipient)
        assert result == Permanent(f"no mail can be written to {recipient}")
        assert server.connections == 0


async def test_an_international_domain_goes_out_in_ascii() -> None:
    async with MailServer(clock) as server, sending(server_at(server.address)) as transport:
        await transport.send(RAW, sender="", recipient="ill@кітапхана.қаз")
    assert list(server.boxes) == ["ill@xn--80aaa1brkt0a3m.xn--80ao21a"]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_tls_and_log_in(security: Security, served: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    implicit = security is Security.TLS
    async with MailServer(clock, tls=served, implicit=implicit, accounts={"bot": "pä:ss"}) as server:
        account = server_at(server.address, security, user="bot", password="pä:ss")
        async with sending(account, tls=trusting) as transport:
            assert await transport.send(RAW, sender="", recipient=ILL) == Delivered("2.0.0 Kept")


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_an_unknown_certificate_stops_the_account(security: Security, served: ssl.SSLContext) -> None:
    async with (
        MailServer(clock, tls=served, implicit=security is Security.TLS) as server,
        sending(server_at(server.address, security)) as transport,
    ):
        result = await transport.send(RAW, sender="", recipient=ILL)
    assert isinstance(result, AccountTrouble)
    assert re.match("TLS: .*certificate verify failed", result.reason)


async def test_a_certificate_for_another_host_stops_the_account(
    served: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    async with MailServer(clock, tls=served) as server:
        elsewhere = SmtpServer("127.0.0.1", server.address[1], Security.STARTTLS)
        async with sending(elsewhere, tls=trusting) as transport:
            assert isinstance(await transport.send(RAW, sender="", recipient=ILL), AccountTrouble)


async def test_a_password_is_never_sent_where_starttls_is_missing(trusting: ssl.SSLContext) -> None:
    async with MailServer(clock, accounts={"bot": "secret"}) as server:
        account = server_at(server.address, Security.STARTTLS, user="bot", password="secret")
        async with sending(account, tls=trusting) as transport:
            result = await transport.send(RAW, sender="", recipient=ILL)
    assert result == AccountTrouble("SMTP STARTTLS extension not supported by server.")
    assert server.log_ins == 0


async def test_a_wrong_password_stops_the_account_after_one_attempt(
    served: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    async with MailServer(clock, tls=served, accounts={"bot": "secret"}) as server:
        account = server_at(server.address, Security.STARTTLS, user="bot", password="wrong")
        async with sending(account, tls=trusting) as transport:
            result = await transport.send(RAW, sender="", recipient=ILL)
    assert result == AccountTrouble("5.7.8 Authentication credentials invalid", 535)
    assert server.log_ins == 1


async def test_a_server_that_wants_a_log_in_stops_an_account_without_one(
    served: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    async with (
        MailServer(clock, tls=served, accounts={}) as server,
        sending(server_at(server.address, Security.STARTTLS), tls=trusting) as transport,
    ):
        result = await transport.send(RAW, sender="", recipient=ILL)
    assert result == AccountTrouble("5.7.0 Authentication required", 530)


async def test_a_refused_token_stops_the_account_and_an_unreachable_authority_does_not(
    served: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    async def refused() -> str:
        raise TokenRefusedError("invalid_grant")

    async def unreachable() -> str:
        raise ConnectionRefusedError("token endpoint")

    async with MailServer(clock, tls=served) as server:
        account = server_at(server.address, Security.STARTTLS, user="bot")
        async with sending(account, tls=trusting, token=refused) as transport:
            assert await transport.send(RAW, sender="", recipient=ILL) == AccountTrouble("invalid_grant")
        async with sending(account, tls=trusting, token=unreachable) as transport:
            assert await transport.send(RAW, sender="", recipient=ILL) == Temporary("token endpoint")


async def test_a_plain_server_behind_a_tls_url_stops_the_account(trusting: ssl.SSLContext) -> None:
    async with (
        MailServer(clock) as server,
        sending(server_at(server.address, Security.TLS), tls=trusting) as transport,
    ):
        assert isinstance(await transport.send(RAW, sender="", recipient=ILL), AccountTrouble)


async def test_a_name_that_does_not_resolve_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with sending(SmtpServer("no-such-host.invalid", port, Security.NONE)) as transport:
        assert isinstance(await transport.send(RAW, sender="", recipient=ILL), Temporary)


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (aiosmtplib.SMTPConnectResponseError(554, "blocked"), AccountTrouble("blocked", 554)),
        (aiosmtplib.SMTPConnectResponseError(421, "busy"), Temporary("busy", code=421)),
        (aiosmtplib.SMTPSenderRefused(553, "not yours", "a@b"), AccountTrouble("not yours", 553)),
        (aiosmtplib.SMTPSenderRefused(552, "too large", "a@b"), Permanent("too large", 552, of_content=True)),
        (aiosmtplib.SMTPRecipientRefused(530, "log in", "a@b"), AccountTrouble("log in", 530)),
        (aiosmtplib.SMTPDataError(554, "spam"), Permanent("spam", 554, of_content=True)),
        (aiosmtplib.SMTPDataError(452, "disk\nfull"), Temporary("disk full", code=452)),
        (aiosmtplib.SMTPAuthenticationError(454, "later"), Temporary("later", code=454)),
        (aiosmtplib.SMTPResponseException(-1, "garbled"), Temporary("garbled", code=-1)),
        (aiosmtplib.SMTPReadTimeoutError("slow"), Temporary("slow")),
        (ssl.SSLEOFError(8, "cut"), Temporary("cut")),
        (ConnectionResetError(), Temporary("ConnectionResetError")),
    ],
)
def test_every_failure_has_its_meaning(
    error: Exception, result: AccountTrouble | Permanent | Temporary
) -> None:
    assert verdict(error) == result
