"""Where the own mail server says nothing: is a mail signed by the domain of its From (RFC 6376)?

The verdict is "pass" or nothing. A key that cannot be had, an answer that takes too long or a broken
signature says nothing about the sender: mailing lists and gateways break signatures every day.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.mail.trust import aligned

if TYPE_CHECKING:
    import dkim
    from dns.resolver import Resolver

PATIENCE = 3.0
MOST_SIGNATURES = 5
log = logging.getLogger(__name__)


def _resolver() -> "Resolver":
    import dns.resolver

    resolver = dns.resolver.Resolver(configure=False)
    try:
        resolver.read_resolv_conf("/etc/resolv.conf")
    except (OSError, dns.resolver.NoResolverConfiguration):
        resolver.nameservers = ["127.0.0.1"]
    return resolver


@dataclass(slots=True)
class Signatures:
    """Checks signatures; keys are looked up once and kept as long as their record allows."""

    resolver: "Resolver | None" = None
    """None: that of this computer, made at the first signature: its library is not cheap to import."""
    patience: float = PATIENCE

    async def vouch(self, raw: bytes, sender: str) -> bool:
        """Whether a domain to which the sender's address belongs has signed the whole mail. Never raises."""
        domain = sender.rpartition("@")[2].lower()
        if b"dkim-signature" not in raw[:100_000].lower() or not domain:
            return False
        try:
            async with asyncio.timeout(self.patience):
                return await asyncio.to_thread(self._vouch, raw, domain)
        except TimeoutError:
            return False
        except Exception:
            log.exception("a signature could not be checked")
            return False

    def _vouch(self, raw: bytes, domain: str) -> bool:
        import dkim

        message = dkim.DKIM(raw, timeout=int(self.patience))
        names = [name for name, _ in message.headers]
        if sum(name.lower() == b"from" for name in names) != 1:
            return False
        signatures = sum(name.lower() == b"dkim-signature" for name in names)
        return any(self._signs(message, index, domain) for index in range(min(signatures, MOST_SIGNATURES)))

    def _signs(self, message: "dkim.DKIM", index: int, domain: str) -> bool:
        import dkim
        import dns.exception

        faults = (dkim.DKIMException, dns.exception.DNSException, ValueError, LookupError, OSError)
        try:
            if not message.verify(idx=index, dnsfunc=self._key):
                return False
        except faults:
            return False
        fields = message.signature_fields
        # With a length only the beginning of the body is signed: anybody may have written the rest.
        return b"l" not in fields and aligned(fields[b"d"].decode("ascii", "replace").lower(), domain)

    def _key(self, name: bytes, **_: object) -> bytes:
        """The key record. The library's own time-out is not used: ours is the resolver's."""
        answer = self._asked().resolve(name.decode("ascii", "replace"), "TXT", search=False)
        return b"".join(next(iter(answer)).strings)

    def _asked(self) -> "Resolver":
        """The resolver, with our patience and a memory."""
        import dns.resolver

        if self.resolver is None:
            self.resolver = _resolver()
        self.resolver.cache = self.resolver.cache or dns.resolver.LRUCache(500)
        self.resolver.lifetime = self.patience
        return self.resolver
