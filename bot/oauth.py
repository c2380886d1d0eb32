"""Access tokens for mail accounts that take no password (XOAUTH2), asked for by the refresh token."""

import json
from dataclasses import dataclass, field

import aiohttp

from bot.settings import Settings, SettingsError
from bot.transports.smtp import TokenRefusedError

PATIENCE = 20.0
_SLOWER, _BROKEN = 429, 500
NAMES = ("oauth_client_id", "oauth_client_secret", "oauth_refresh_token", "oauth_token_url")


@dataclass(slots=True)
class Tokens:
    """Asks the token address for an access token (RFC 6749 §6): a fresh one at each log-in.

    Raises `TokenRefusedError` when the authority says no, OSError when it cannot be reached. A refresh token
    that comes back with an answer replaces the one before it for as long as the program runs.
    """

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)

    async def __call__(self) -> str:
        """A token for one log-in."""
        try:
            answer = await self._ask()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ConnectionError(f"the token address: {error}") from error
        token = answer.get("access_token")
        if not isinstance(token, str):
            raise TokenRefusedError(str(answer.get("error", "no token in the answer"))[:200])
        renewed = answer.get("refresh_token")
        if isinstance(renewed, str) and renewed:
            self.refresh_token = renewed
        return token

    async def _ask(self) -> dict[str, object]:
        given = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
        }
        patience = aiohttp.ClientTimeout(total=PATIENCE)
        async with (
            aiohttp.ClientSession(timeout=patience) as http,
            http.post(self.url, data=given) as response,
        ):
            said = await response.text()
        if response.status == _SLOWER or response.status >= _BROKEN:
            raise ConnectionError(f"the token address answers {response.status}")
        return _object(said)


def _object(said: str) -> dict[str, object]:
    try:
        answer = json.loads(said)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def tokens_of(settings: Settings) -> Tokens | None:
    """None without XOAUTH2; raises `SettingsError` where a part of it is missing."""
    client_id, secret = settings.oauth_client_id, settings.oauth_client_secret
    refresh, url = settings.oauth_refresh_token, settings.oauth_token_url
    if not any((client_id, secret, refresh, url)):
        return None
    if not (client_id and secret and refresh and url):
        absent = next(name for name in NAMES if not getattr(settings, name))
        raise SettingsError(f"ABONEMENT_{absent.upper()}: XOAUTH2 needs it beside the other three")
    return Tokens(url, client_id, secret, refresh)
