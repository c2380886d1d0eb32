"""What other systems put into a subject: their tags are kept, so that their tickets hold together."""

import re

from handlers.mail.details import REQUEST

_TAG = re.compile(r"\[[^\[\]\r\n]{0,40}\d[^\[\]\r\n]{0,40}\]")
_PREFIX = re.compile(r"(?:[^\W\d_]{1,8}\s*(?:\[\d+\])?\s*[:：]\s*)+")
MOST = 3


def foreign_tags(subject: str) -> str:
    """The bracketed tags with a number that are none of ours, such as `[Ticket#2026]`, in their order."""
    found = dict.fromkeys(_TAG.findall(subject))
    return " ".join([tag for tag in found if not REQUEST.search(tag)][:MOST])


def bare(subject: str) -> str:
    """The subject without prefixes such as "Re:" and without other systems' tags."""
    return _PREFIX.sub("", _TAG.sub("", subject).strip(), count=1).strip()
