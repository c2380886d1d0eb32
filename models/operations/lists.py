"""The list that a person opened last."""

from models.queries.lists import ListChoice
from models.tables import LastList


async def remember(person: int, choice: ListChoice) -> None:
    """Open this list again next time."""
    await LastList.update_or_create(
        person_id=person,
        defaults={
            "chosen": choice.filter,
            "narrowing": choice.narrowing.pack(),
            "page": max(0, choice.page),
        },
    )
