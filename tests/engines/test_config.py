import pytest
from tortoise.exceptions import ConfigurationError

from models.engines.config import config


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite://desk.sqlite", "desk.sqlite"), ("sqlite:///srv/desk.sqlite", "/srv/desk.sqlite")],
)
def test_a_sqlite_address_names_its_file(url: str, path: str) -> None:
    assert config(url)["connections"] == {
        "sqlite": {"engine": "models.engines.sqlite", "credentials": {"file_path": path}}
    }


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgres_address_is_taken_apart(scheme: str) -> None:
    found = config(f"{scheme}://desk:s%23cret@db.example:5433/desk?maxsize=9")["connections"]["postgres"]

    assert found["engine"] == "models.engines.asyncpg"
    assert found["credentials"] == {
        "user": "desk",
        "password": "s#cret",
        "host": "db.example",
        "port": 5433,
        "database": "desk",
        "maxsize": "9",
    }


@pytest.mark.parametrize("url", ["mysql://localhost/desk", "desk.sqlite", "sqlite://", ""])
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        config(url)
