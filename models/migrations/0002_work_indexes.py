"""Indexes over what is still to do: the tables grow for years, the work does not."""

from tortoise import migrations

from models.engines.ddl import Sql


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    operations = [
        Sql("CREATE INDEX notice_due ON notice (channel, rank, next_at, id) WHERE status = 'pending'"),
        Sql("CREATE INDEX notice_leased ON notice (channel, lease_until) WHERE status = 'sending'"),
        Sql("CREATE INDEX notice_order ON notice (channel, target, id) WHERE status IN ('pending', 'sending')"),
        Sql('CREATE INDEX update_waiting ON "update" (id) WHERE done_at IS NULL'),
        Sql('CREATE INDEX update_order ON "update" (chat_id, id) WHERE done_at IS NULL'),
        Sql("CREATE INDEX mail_waiting ON mail (id) WHERE done_at IS NULL"),
        Sql("CREATE INDEX mail_order ON mail (sender, id) WHERE done_at IS NULL"),
        Sql("CREATE INDEX album_waiting ON album (id) WHERE done_at IS NULL"),
    ]
