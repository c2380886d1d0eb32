"""Names under which foreign files may be kept and shown."""

import unicodedata

LONGEST = 120
_LONGEST_SUFFIX = 16
_SUFFIXES = {
    "application/pdf": ".pdf",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
}


def safe(name: str, content_type: str = "") -> str:
    """The last component, NFC, at most 120 bytes of UTF-8 with its suffix kept, and never empty.

    Without control, bidirectional and other invisible characters; not `.` or `..`.
    """
    last = name.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    seen = "".join(
        letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    clean = _shortened(unicodedata.normalize("NFC", " ".join(seen.split())))
    return clean if clean.strip(". ") else "attachment" + _SUFFIXES.get(content_type, "")


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    tail = dot + suffix if stem and len(suffix.encode()) < _LONGEST_SUFFIX else ""
    head = name[: len(name) - len(tail)].encode()[: LONGEST - len(tail.encode())]
    return head.decode("utf-8", "ignore").rstrip() + tail
