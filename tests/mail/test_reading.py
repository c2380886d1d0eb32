"""A table of mails as clients of the region write them, and what a colleague would understand.

The expectations are what the people typed, never what the reader gave. A file is named by what is odd in it.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.mail.parse import MailKind, Reading, as_json, read

CORPUS = Path(__file__).parent.parent / "corpus"
OWN = frozenset({"requests@desk.example"})
LEAST_EXACT_TEXT = 0.97
LEAST_RIGHT_ACT = 0.98

Row = dict[str, Any]


def rows() -> list[Row]:
    return [json.loads(line) for line in (CORPUS / "expected.jsonl").read_text("utf-8").splitlines()]


def understood(row: Row) -> Reading:
    return read((CORPUS / row["file"]).read_bytes(), own_addresses=OWN)


@pytest.fixture(scope="module")
def table() -> list[tuple[Row, Reading]]:
    return [(row, understood(row)) for row in rows()]


def test_every_mail_of_the_corpus_has_its_row() -> None:
    assert sorted(path.name for path in CORPUS.glob("*.eml")) == sorted(row["file"] for row in rows())


def test_the_corpus_is_read_as_well_as_promised(
    table: list[tuple[Row, Reading]], capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [row["text"] == reading.text for row, reading in table if row["text"] is not None]
    acts = [row["act"] == reading.act for row, reading in table]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(_report(table)) + "\n")

    assert sum(texts) >= LEAST_EXACT_TEXT * len(texts)
    assert sum(acts) >= LEAST_RIGHT_ACT * len(acts)


def test_no_act_is_ever_invented(table: list[tuple[Row, Reading]]) -> None:
    invented = [row["file"] for row, reading in table if reading.act not in {None, row["act"]}]

    assert invented == []


def test_what_is_no_persons_mail_orders_nothing(table: list[tuple[Row, Reading]]) -> None:
    persons = {MailKind.REPLY, MailKind.NEW, MailKind.COMMAND}

    assert [row["file"] for row, reading in table if reading.kind not in persons and reading.act] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"].removesuffix(".eml"))
def test_kind_details_files_and_number(row: Row) -> None:
    reading = understood(row)

    assert (reading.kind, reading.details.as_json()) == (row["kind"], row.get("details", {}))
    assert [file.name for file in reading.attachments] == row.get("attachments", [])
    assert "request" not in row or reading.request == row["request"]
    assert "note" not in row or reading.note == row["note"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"].removesuffix(".eml"))
def test_json_has_the_shape_that_is_promised(row: Row) -> None:
    shown = json.loads(json.dumps(as_json(understood(row))))

    assert list(shown) == [
        "kind", "from", "message_id", "request", "text", "act", "details", "attachments", "reason",
    ]  # fmt: skip


def _report(table: list[tuple[Row, Reading]]) -> Iterator[str]:
    yield f"{'area':12} {'mails':>6} {'text':>8} {'act':>8} {'kind':>8}"
    for area in [*dict.fromkeys(row["area"] for row, _ in table), "all"]:
        group = [(row, reading) for row, reading in table if area in {row["area"], "all"}]
        yield f"{area:12} {len(group):6} " + " ".join(
            f"{share:8.1%}"
            for share in (
                _share([row["text"] in {None, reading.text} for row, reading in group]),
                _share([row["act"] == reading.act for row, reading in group]),
                _share([row["kind"] == reading.kind for row, reading in group]),
            )
        )


def _share(right: list[bool]) -> float:
    return sum(right) / len(right)
