"""Whoever writes work wakes whoever does it: a statement that inserts notifies in its own transaction."""

from tortoise import migrations

from models.engines.ddl import Sql

CHANNEL = "abonement"
TABLES = ("notice", "update", "mail")

FUNCTION = f"""
CREATE FUNCTION wake_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("models", "0004_gaps")]

    operations = [
        Sql(
            postgres=[
                FUNCTION,
                *(
                    f'CREATE TRIGGER wake_up AFTER INSERT ON "{table}" '
                    "FOR EACH STATEMENT EXECUTE FUNCTION wake_up()"
                    for table in TABLES
                ),
            ]
        ),
    ]
