"""What makes lists, searches and the look for duplicates cost the same however many requests there are.

Rows of a list are read in its order from an index of its own; a word is looked up, not looked for.
"""

from tortoise import migrations

from models.engines.ddl import Sql

MOVED = "updated_at DESC, id DESC"
ENDED = "ended_at DESC, id DESC"


def each_side(index: str, columns: str, where: str) -> Sql:
    """The same index for the side that asks and for the one that answers; `{side}` is its name."""
    return Sql(
        *(
            f"CREATE INDEX request_{side}_{index} ON request ({side}_id, {columns.format(side=side)}) "
            f"WHERE {where.format(side=side)}"
            for side in ("requesting", "supplying")
        )
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0002_work_indexes")]

    operations = [
        each_side("to_do", "urgent DESC, turn_since, id", "waits_for IN ('{side}', 'both')"),
        each_side("open", MOVED, "ended_at IS NULL"),
        each_side("group", f"group_{{side}}, {MOVED}", "ended_at IS NULL"),
        each_side("due", "due, id", "stage = 'on_loan'"),
        each_side("ended", ENDED, "ended_at IS NOT NULL"),
        each_side("service", f"service, {ENDED}", "ended_at IS NOT NULL"),
        Sql(
            f"CREATE INDEX request_pair ON request (requesting_id, supplying_id, {ENDED}) "
            "WHERE ended_at IS NOT NULL",
            f"CREATE INDEX request_pair_service ON request (requesting_id, supplying_id, service, {ENDED}) "
            "WHERE ended_at IS NOT NULL",
            "CREATE INDEX request_key_value ON request_key (value, request_id DESC)",
            "CREATE INDEX term_gram ON term (gram, word)",
        ),
        Sql(
            sqlite=[
                "CREATE VIRTUAL TABLE request_search USING fts5(search_key, content='request', "
                "content_rowid='id', tokenize='unicode61', detail=none, columnsize=0)",
                "CREATE TRIGGER request_search_insert AFTER INSERT ON request BEGIN "
                "INSERT INTO request_search (rowid, search_key) VALUES (new.id, new.search_key); END",
                "CREATE TRIGGER request_search_update AFTER UPDATE OF search_key ON request BEGIN "
                "INSERT INTO request_search (request_search, rowid, search_key) "
                "VALUES ('delete', old.id, old.search_key); "
                "INSERT INTO request_search (rowid, search_key) VALUES (new.id, new.search_key); END",
                "CREATE TRIGGER request_search_delete AFTER DELETE ON request BEGIN "
                "INSERT INTO request_search (request_search, rowid, search_key) "
                "VALUES ('delete', old.id, old.search_key); END",
                "INSERT INTO request_search (request_search) VALUES ('rebuild')",
            ],
            postgres=[
                "CREATE INDEX request_search ON request USING gin (to_tsvector('simple', search_key))",
            ],
        ),
    ]
