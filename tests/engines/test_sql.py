from datetime import UTC, datetime, timedelta, timezone

import pytest
from tortoise.exceptions import IntegrityError

from models.engines import sql, transaction
from tests.engines.shelf import Book, Shelf

BAKU = timezone(timedelta(hours=4))


async def test_update_returning_gives_the_changed_rows(shelves: str) -> None:
    await Shelf.create(name="a", room="north")
    await Shelf.create(name="b", room="south")

    found = await sql.rows(
        "UPDATE shelf SET room = $2 WHERE room = $1 RETURNING name, room", ["north", "cellar"]
    )

    assert found == [{"name": "a", "room": "cellar"}]


async def test_execute_counts_what_it_inserted_updated_and_deleted(shelves: str) -> None:
    inserted = await sql.execute(
        "INSERT INTO shelf (name, room, facts) VALUES ($1, $2, '{}'), ($3, $2, '{}')", ["a", "x", "b"]
    )
    updated = await sql.execute("UPDATE shelf SET room = $1 WHERE room = $2", ["y", "x"])
    deleted = await sql.execute("DELETE FROM shelf WHERE name = $1", ["a"])

    assert (inserted, updated, deleted) == (2, 2, 1)


async def test_execute_does_not_count_the_children_a_delete_takes_along(shelves: str) -> None:
    shelf = await Shelf.create(name="a")
    await Book.create(shelf=shelf, title="one")
    await Book.create(shelf=shelf, title="two")

    assert await sql.execute("DELETE FROM shelf") == 1
    assert await Book.all().count() == 0


async def test_a_placeholder_may_be_used_twice_and_out_of_order(shelves: str) -> None:
    await Shelf.create(name="a", room="north")

    found = await sql.rows(
        "SELECT name FROM shelf WHERE room = $2 AND name = $1 AND $2 <> name", ["a", "north"]
    )

    assert found == [{"name": "a"}]


async def test_a_moment_reads_the_same_in_both_dialects(shelves: str) -> None:
    await Shelf.create(name="a", made_at=datetime(2026, 3, 1, 12, tzinfo=BAKU))

    [row] = await sql.rows("SELECT made_at FROM shelf")

    assert sql.moment(row["made_at"]) == datetime(2026, 3, 1, 8, tzinfo=UTC)


async def test_a_filter_in_another_zone_finds_the_same_instant(shelves: str) -> None:
    at = datetime(2026, 3, 1, 8, tzinfo=UTC)
    await Shelf.create(name="a", made_at=at)

    by_orm = await Shelf.filter(made_at__lte=at.astimezone(BAKU)).count()
    by_sql = await sql.rows("SELECT name FROM shelf WHERE made_at = $1", [at.astimezone(BAKU)])
    await Shelf.filter(name="a").update(made_at=at.astimezone(BAKU))

    assert by_orm == 1
    assert by_sql == [{"name": "a"}]
    assert await Shelf.filter(made_at=at).count() == 1


async def same_name_twice() -> None:
    async with transaction():
        await sql.execute("INSERT INTO shelf (name, room, facts) VALUES ('a', '', '{}')")
        await Shelf.create(name="a")


async def test_raw_sql_belongs_to_the_transaction_around_it(shelves: str) -> None:
    with pytest.raises(IntegrityError):
        await same_name_twice()

    assert await sql.rows("SELECT name FROM shelf") == []


async def test_the_dialect_is_the_one_of_the_address(shelves: str) -> None:
    assert shelves.startswith(sql.dialect())
