"""Log-ins without a password (XOAUTH2) at a real Dovecot and, through it, at a real Postfix."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from bot.intake.imap import ImapServer, knock
from bot.transports.result import AccountTrouble, Delivered
from bot.transports.smtp import SmtpServer, SmtpTransport
from tests.maillab.lab import BAKU, BOT, Lab
from tests.maillab.town import Town, town

REFRESH = "refresh-token"


@dataclass
class Authority:
    """Gives access tokens to the bot (RFC 6749), and tells Dovecot which of them are good (RFC 7662)."""

    url: str = ""
    given: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    revoked: bool = False

    async def token(self, request: web.Request) -> web.Response:
        """A new token for the refresh token."""
        if (await request.post())["refresh_token"] != REFRESH:
            return web.json_response({"error": "invalid_grant"}, status=400)
        self.given.append(f"access-{len(self.given)}")
        return web.json_response({"access_token": self.given[-1], "expires_in": 3600})

    async def introspect(self, request: web.Request) -> web.Response:
        """Whose a token is."""
        token = str((await request.post()).get("token", ""))
        self.asked.append(token)
        if self.revoked or token not in self.given:
            return web.json_response({"active": False})
        return web.json_response({"active": True, "username": BOT})

    @property
    def settings(self) -> dict[str, str]:
        """What an operator sets."""
        return {
            "oauth_client_id": "desk",
            "oauth_client_secret": "secret",
            "oauth_refresh_token": REFRESH,
            "oauth_token_url": f"{self.url}/token",
        }

    async def newest(self) -> str:
        """A token of its own for a log-in."""
        self.given.append(f"access-{len(self.given)}")
        return self.given[-1]


@pytest.fixture
async def authority(trusted: Lab) -> AsyncIterator[Authority]:
    """On the port where Dovecot asks."""
    made = Authority(f"http://127.0.0.1:{trusted.ports['tokens']}")
    application = web.Application()
    application.router.add_post("/token", made.token)
    application.router.add_post("/introspect", made.introspect)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", trusted.ports["tokens"]).start()
    yield made
    await runner.cleanup()


@pytest.fixture
async def without_password(
    trusted: Lab, authority: Authority, tmp_path: Path, desk_file: str
) -> AsyncIterator[Town]:
    """The program, which knows no password, in front of a mailbox of Dovecot."""
    urls = {
        "smtp_url": trusted.smtp_url().replace(":bot@", "@"),
        "imap_url": trusted.imap_url().replace(":bot@", "@"),
    }
    async with town(trusted, tmp_path, desk_file, by_imap=True, **urls, **authority.settings) as made:
        yield made


async def test_mail_leaves_and_comes_in_without_a_password(
    without_password: Town, authority: Authority
) -> None:
    await without_password.invites("ANL", BAKU)
    await without_password.answers(await without_password.reads(BAKU, ""), BAKU, "YES")

    await without_password.has(BAKU, 2)

    assert len(authority.given) >= 2
    assert set(authority.asked) <= set(authority.given)


async def test_revoked_token_is_an_account_trouble_and_no_fault_of_a_mail(
    trusted: Lab, authority: Authority
) -> None:
    server = SmtpServer.from_url(trusted.smtp_url().replace(":bot@", "@"))
    transport = SmtpTransport(server, token=authority.newest)
    assert isinstance(await transport.knock(), Delivered)

    authority.revoked = True

    assert isinstance(await transport.knock(), AccountTrouble)


async def test_mailbox_opens_with_a_token_and_with_none_that_is_not_its_own(
    trusted: Lab, authority: Authority
) -> None:
    server = ImapServer.from_url(trusted.imap_url().replace(":bot@", "@"))
    assert await knock(server, token=authority.newest) == 0

    async def forged() -> str:
        return "made-up"

    with pytest.raises(Exception, match=r"(?i)auth"):
        await asyncio.wait_for(knock(server, token=forged), 30)
