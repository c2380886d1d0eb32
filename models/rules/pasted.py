"""A pasted link: the delivery of those whose scan is too large for any other way."""

from urllib.parse import urlsplit

LONGEST = 2000


def pasted_link(text: str) -> str | None:
    """The link, when these words are one http(s) address and nothing else."""
    words = text.split()
    if len(words) != 1:
        return None
    link = words[0].removeprefix("<").removesuffix(">")
    return link if is_link(link) else None


def is_link(text: str) -> bool:
    """Whether a browser opens it: http or https, a host with a dot, no blank or control character."""
    if len(text) > LONGEST or not text.isprintable() or any(c.isspace() for c in text):
        return False
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host.strip(".")
