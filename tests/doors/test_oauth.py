"""Access tokens by the refresh token, from an authority on loopback."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.oauth import Tokens, tokens_of
from bot.settings import Settings, SettingsError
from bot.transports.smtp import TokenRefusedError


class Authority:
    """Answers as it is told, and remembers what it was given."""

    def __init__(self) -> None:
        self.status, self.answer = 200, '{"access_token": "one", "expires_in": 3600}'
        self.given: list[dict[str, str]] = []
        self.url = ""

    async def token(self, request: web.Request) -> web.Response:
        self.given.append({name: str(value) for name, value in (await request.post()).items()})
        return web.Response(status=self.status, text=self.answer)


@pytest.fixture
async def authority() -> AsyncIterator[Authority]:
    made = Authority()
    application = web.Application()
    application.router.add_post("/token", made.token)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/token"
    yield made
    await runner.cleanup()


def tokens(authority: Authority) -> Tokens:
    return Tokens(authority.url, "desk", "secret", "first")


async def test_each_log_in_gets_a_fresh_token(authority: Authority) -> None:
    source = tokens(authority)

    assert [await source(), await source()] == ["one", "one"]
    assert authority.given == 2 * [
        {
            "grant_type": "refresh_token",
            "client_id": "desk",
            "client_secret": "secret",
            "refresh_token": "first",
        }
    ]


async def test_a_renewed_refresh_token_replaces_the_old_one(authority: Authority) -> None:
    source = tokens(authority)
    authority.answer = '{"access_token": "one", "refresh_token": "second"}'

    await source()
    await source()

    assert [one["refresh_token"] for one in authority.given] == ["first", "second"]


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (400, '{"error": "invalid_grant"}', TokenRefusedError),
        (200, "<html>", TokenRefusedError),
        (200, "[]", TokenRefusedError),
        (429, "", OSError),
        (503, "", OSError),
    ],
)
async def test_a_refusal_is_final_and_a_fault_is_not(
    authority: Authority, status: int, answer: str, error: type[Exception]
) -> None:
    authority.status, authority.answer = status, answer

    with pytest.raises(error):
        await tokens(authority)()


async def test_an_authority_that_is_away_is_a_fault() -> None:
    with pytest.raises(OSError, match="token address"):
        await Tokens("http://127.0.0.1:1/token", "desk", "secret", "first")()


def test_a_part_alone_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="ABONEMENT_OAUTH_CLIENT_SECRET"):
        tokens_of(Settings(oauth_client_id="desk", oauth_refresh_token="r", oauth_token_url="https://x"))
    assert tokens_of(Settings()) is None
