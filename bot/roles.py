"""What one of several processes on one PostgreSQL may be there for."""

from enum import StrEnum


class Role(StrEnum):
    """`abonement run --only …`; without it one process does all."""

    INTAKE = "intake"
    WORK = "work"
    PLAN = "plan"
