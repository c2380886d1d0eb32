"""When an item takes place, in words: a day, a quarter, still open."""

import re

from handlers.text.voice import Voice, message
from models.rules.planning import read_when

QUARTER = message("quarter {n} of {year}")
OPEN = message("date still open")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


def when_text(voice: Voice, written: str) -> str:
    """`2027-05-14` as a day, `2027-Q2` as a quarter, nothing as still open."""
    if found := _QUARTER.fullmatch(written):
        return voice.say(QUARTER, n=found[2], year=found[1])
    when = read_when(written)
    return voice.day(when.first) if when else voice.say(OPEN)
