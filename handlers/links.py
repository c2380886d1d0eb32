"""Signed links to a file, to the upload page and to a calendar: who may use them, for what, and until when.

A token is `<kind><number>.<person>.<expiry>.<mac>`: decimal numbers, Unix seconds, and 128 bits of
HMAC-SHA256 in base64url. The person's epoch is signed too, so raising it revokes the links together with the
person's reply addresses.
"""

import base64
import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from models.queries.files import FileView
from models.queries.parties import PersonView

VERSION = 1
MAC_BYTES = 16
UPLOAD_FOR = timedelta(days=14)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""A calendar program keeps an address for years: it ends with the person's epoch or with the key."""
TOKEN = re.compile(r"([fuc])(\d{1,18})\.(\d{1,18})\.(\d{1,12})\.([A-Za-z0-9_-]{22})", re.ASCII)


class LinkKind(StrEnum):
    """What a link opens; a signature for one says nothing about the other."""

    FILE = "f"
    UPLOAD = "u"
    CALENDAR = "c"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says: the number of an attachment, a request or a library, for whom; only a claim yet."""

    kind: LinkKind
    ref: int
    person: int
    expires: int
    mac: str


@dataclass(frozen=True, slots=True)
class Links:
    """Writes and checks the links of one installation. `base` is its public address without a final slash."""

    base: str
    secret: bytes = field(repr=False)

    def file(self, file: FileView, person: PersonView) -> str:
        """Where this person fetches the file, as long as the program keeps it."""
        token = self._token(LinkKind.FILE, file.id, person=person, expires=file.until)
        return f"{self.base}/files/{token}/{quote(file.name, safe='')}"

    def upload(self, request: int, person: PersonView, now: datetime) -> str:
        """Where this person sends large files for the request, for the next two weeks."""
        token = self._token(LinkKind.UPLOAD, request, person=person, expires=now + UPLOAD_FOR)
        return f"{self.base}/upload/{token}"

    def calendar(self, person: PersonView) -> str:
        """Where this person's programs read the library's calendar, until the person's links are revoked."""
        token = self._token(LinkKind.CALENDAR, person.library or 0, person=person, expires=NEVER)
        return f"{self.base}/calendar/{token}/abonement.ics"

    def _token(self, kind: LinkKind, ref: int, *, person: PersonView, expires: datetime) -> str:
        until = int(expires.timestamp())
        mac = self._mac(kind, ref, person=person.id, expires=until, epoch=person.epoch)
        return f"{kind}{ref}.{person.id}.{until}.{mac}"

    def _mac(self, kind: LinkKind, ref: int, *, person: int, expires: int, epoch: int) -> str:
        said = f"abonement link:{VERSION}:{kind}:{ref}:{person}:{expires}:{epoch}".encode()
        digest = hmac.digest(self.secret, said, "sha256")[:MAC_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def verify(self, claim: Claim, *, epoch: int, now: datetime) -> bool:
        """Whether we wrote it, the person's epoch is still that one, and its time is not over."""
        mac = self._mac(claim.kind, claim.ref, person=claim.person, expires=claim.expires, epoch=epoch)
        signed = hmac.compare_digest(mac.encode(), claim.mac.encode())
        return signed and now.timestamp() < claim.expires


def read_token(token: str, kind: LinkKind) -> Claim | None:
    """The claim in a token of this kind; None for anything that was never ours."""
    found = TOKEN.fullmatch(token)
    if found is None or found[1] != kind:
        return None
    # A number has one spelling: "007" was never written by us, and the mac would not notice.
    if any(number != str(int(number)) for number in found.group(2, 3, 4)):
        return None
    return Claim(kind, int(found[2]), int(found[3]), int(found[4]), found[5])
