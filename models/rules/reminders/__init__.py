"""The clocks of the desk as a table: what each watches, when it speaks, to whom, what it offers. Pure.

`schedule()` dates every step of the clocks that run, `due()` gives those whose day has come, `deadline()`
says until when somebody has to act. Working days are counted in the calendar of the library whose turn it
is; its closures pause the clock.
"""

from models.rules.reminders.schedule import deadline, due, next_look, schedule, still
from models.rules.reminders.shape import COORDINATORS, Case, Due, Row, Step, Whom
from models.rules.reminders.table import ROWS

__all__ = [
    "COORDINATORS",
    "ROWS",
    "Case",
    "Due",
    "Row",
    "Step",
    "Whom",
    "deadline",
    "due",
    "next_look",
    "schedule",
    "still",
]
