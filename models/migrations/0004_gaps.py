"""What makes a list of gaps cost the same however long it is: pages by their order, words looked up."""

from tortoise import migrations

from models.engines.ddl import Sql


class Migration(migrations.Migration):
    dependencies = [("models", "0003_search")]

    operations = [
        Sql(
            "CREATE INDEX gap_item_listed ON gap_item (library_id, holding, state, id DESC)",
            "CREATE INDEX exchange_taken ON exchange (taker_id, stage, updated_at DESC)",
            "CREATE INDEX exchange_given ON exchange (giver_id, stage, updated_at DESC)",
        ),
        Sql(
            sqlite=[
                "CREATE VIRTUAL TABLE gap_search USING fts5(search_key, content='gap_item', "
                "content_rowid='id', tokenize='unicode61', detail=none, columnsize=0)",
                "CREATE TRIGGER gap_search_insert AFTER INSERT ON gap_item BEGIN "
                "INSERT INTO gap_search (rowid, search_key) VALUES (new.id, new.search_key); END",
                "CREATE TRIGGER gap_search_delete AFTER DELETE ON gap_item BEGIN "
                "INSERT INTO gap_search (gap_search, rowid, search_key) "
                "VALUES ('delete', old.id, old.search_key); END",
            ],
            postgres=[
                "CREATE INDEX gap_search ON gap_item USING gin (to_tsvector('simple', search_key))",
            ],
        ),
    ]
