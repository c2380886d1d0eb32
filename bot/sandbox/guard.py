"""The sandbox is a toy: it never comes near a service in earnest."""

from pathlib import Path

from bot.settings import Settings

DATABASE = "abonement.sqlite3"


def refusal(settings: Settings, keep: Path | None) -> str | None:
    """Why the sandbox must not start here, in one sentence; None when nothing live is in reach."""
    if settings.bot_token:
        return "ABONEMENT_BOT_TOKEN is set: the sandbox refuses to run beside a real token; unset it first"
    if settings.database_url:
        return "ABONEMENT_DATABASE_URL is set: the sandbox refuses to run beside a real one; unset it first"
    if keep is None:
        return None
    if keep.resolve() == settings.data_dir.resolve():
        return f"--keep {keep}: that is the data directory of the service; choose another folder"
    if (keep / DATABASE).exists():
        return f"--keep {keep}: the sandbox does not touch the database that lies there"
    return None
