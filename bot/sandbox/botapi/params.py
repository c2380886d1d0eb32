"""Parameters of a call, however they travelled: query, form, multipart or JSON, all as text.

Like the real server, an absent parameter and an empty one are the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.botapi import limits

FILES = frozenset({"document", "photo"})
STRUCTURED = frozenset(
    {"allowed_updates", "caption_entities", "commands", "entities", "link_preview_options", "media"}
    | {"menu_button", "reply_markup", "reply_parameters", "scope"}
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in the multipart body."""

    name: str
    mime_type: str | None
    data: bytes = field(repr=False)


class Params:
    """The parameters of one call; reading never fails but for JSON that is none."""

    def __init__(
        self, values: Mapping[str, object] | None = None, uploads: Mapping[str, Upload] | None = None
    ) -> None:
        self._values = {name: as_text(value) for name, value in (values or {}).items()}
        self._uploads = dict(uploads or {})

    def text(self, name: str) -> str:
        return self._values.get(name, "").replace("\r", "").replace("\0", "")

    def integer(self, name: str, default: int = 0) -> int:
        """A number; what is none counts as absent."""
        try:
            return int(self._values.get(name, ""))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self._values.get(name, "").lower() in {"true", "yes", "1"}

    def json(self, name: str) -> object:
        """A JSON value, None if absent; raises ApiError for text that is no JSON."""
        raw = self._values.get(name, "")
        if not raw:
            return None
        try:
            value: object = json.loads(raw)
        except ValueError:
            raise limits.bad(limits.BAD_JSON.format(field=name.replace("_", " "))) from None
        return value

    def strings(self, name: str) -> list[str] | None:
        """An array of strings, None if absent or something else."""
        value = self.json(name)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else None

    def upload(self, reference: str) -> Upload | None:
        """The file named by a parameter or by `attach://name`."""
        return self._uploads.get(reference.removeprefix("attach://"))

    def within(self, values: Mapping[str, object]) -> "Params":
        """The parameters of one part, an album's item, with the uploads of the whole call."""
        return Params(values, self._uploads)

    def recorded(self) -> dict[str, object]:
        """What a test looks at: JSON decoded, uploads in place of their references."""
        return {name: self._recorded(name, value) for name, value in self._values.items()} | {
            name: upload for name, upload in self._uploads.items() if name in FILES
        }

    def _recorded(self, name: str, value: str) -> object:
        upload = self._uploads.get(value.removeprefix("attach://")) if name in FILES else None
        if upload is not None or name not in STRUCTURED:
            return upload or value
        try:
            decoded: object = json.loads(value)
        except ValueError:
            return value
        return decoded


def as_text(value: object) -> str:
    """A JSON null arrives as the word, which the real server refuses in most places too."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def json_object(raw: str) -> dict[str, object]:
    """A JSON object, empty for any other text."""
    try:
        value: object = json.loads(raw)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
