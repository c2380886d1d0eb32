"""The mark above what we write, by which our own words are cut away when they come back quoted."""

SEPARATOR_MARK = "-=- Abonement -=-"
SEPARATOR_ATTRIBUTE = "data-abonement"
OWN_HEADER = "X-Abonement"


def is_separator(line: str) -> bool:
    """Whether a line of text carries the mark, whatever clients have put around it."""
    return SEPARATOR_MARK in " ".join(line.split())
