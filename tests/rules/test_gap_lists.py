"""Lists as other programs write them, whole and broken: what is read, what is refused, what comes back."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from pymarc import Field, Indicators, Record, Subfield, XMLWriter

from models.rules.gaps import columns, items
from models.rules.gaps.refusals import BadList
from models.rules.gaps.sheets import MOST_ROWS, PASTED, read_sheet
from models.rules.gaps.taking import Understood, understand
from models.rules.vocabulary import Holding, ListFormat, ListProblem, RowProblem

LIBREOFFICE = Path(__file__).parents[1] / "corpus" / "lists" / "libreoffice.xlsx"
ROWS = [("Әуезов М.", "Абай жолы", 1977), ("Есенберлин І.", "Көшпенділер", 1976)]
HEADINGS = [
    ("Author", "Title", "Year"),
    ("Автор", "Заглавие", "Год издания"),
    ("Müəllif", "Sərlövhə", "Nəşr ili"),
    ("Автор", "Атауы", "Жылы"),
]


def titles(found: Understood) -> list[str]:
    return [one["title"] for one in found.lines]


def openpyxl_book(rows: list[tuple[object, ...]]) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def refused(name: str, data: bytes) -> ListProblem:
    with pytest.raises(BadList) as refusal:
        read_sheet(name, data)
    return refusal.value.why


@pytest.mark.parametrize("heading", HEADINGS, ids=["en", "ru", "az", "kk"])
def test_a_workbook_is_read_by_its_headings(heading: tuple[str, ...]) -> None:
    found = understand("gaps.xlsx", openpyxl_book([heading, *ROWS]))

    assert found.columns == ("author", "title", "year")
    assert found.lines[0] == {"title": "Абай жолы", "author": "Әуезов М.", "year": 1977}


def test_a_workbook_of_another_program_is_read() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEADINGS[1], *ROWS]):
            sheet.write_row(at, 0, row)

    assert titles(understand("list.xlsx", target.getvalue())) == ["Абай жолы", "Көшпенділер"]


def test_a_formula_is_never_evaluated_and_its_stored_value_is_read() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Title", "Author"))
        sheet.write_formula(1, 0, '=CONCATENATE("a","b")', value="Абай жолы")
        sheet.write_string(1, 1, "=1+1")

    [one] = understand("list.xlsx", target.getvalue()).lines

    assert one == {"title": "Абай жолы", "author": "=1+1"}


def test_macros_are_not_opened() -> None:
    data = io.BytesIO(openpyxl_book([HEADINGS[0], *ROWS]))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen(): Kill: End Sub")

    assert titles(understand("list.xlsm", data.getvalue())) == ["Абай жолы", "Көшпенділер"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(310):
                part.write(b" " * 1_000_000)

    assert refused("bomb.xlsx", target.getvalue()) is ListProblem.BOMB


def test_entities_in_a_workbook_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>')

    assert refused("list.xlsx", target.getvalue()) is ListProblem.BOMB


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04 torn", ListProblem.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, ListProblem.LOCKED),
        (b"", ListProblem.EMPTY),
        (b"Title;Author\n", ListProblem.EMPTY),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ListProblem.UNKNOWN),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]><collection/>", ListProblem.BOMB),
        (b"<?xml version='1.0'?><collection>", ListProblem.BROKEN),
        (b"x" * 20_000_001, ListProblem.TOO_LARGE),
        (b"Title\n" + b"a\n" * (MOST_ROWS + 1), ListProblem.TOO_MANY),
    ],
    ids=["torn", "old", "nothing", "heading-only", "picture", "entities", "unclosed", "huge", "endless"],
)
def test_what_is_no_list_is_refused_with_the_reason(data: bytes, why: ListProblem) -> None:
    assert refused("list", data) is why


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("scan.pdf", b"%PDF")

    assert refused("scans.zip", target.getvalue()) is ListProblem.UNKNOWN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_csv_is_read_in_any_encoding_with_any_delimiter(encoding: str, sign: str) -> None:
    rows = [("Автор", "Заглавие", "Год"), ("Айтматов Ч.", "Буранный полустанок", "1981")]
    data = "\r\n".join(sign.join(row) for row in rows).encode(encoding)

    [one] = understand("list.csv", data).lines

    assert one == {"author": "Айтматов Ч.", "title": "Буранный полустанок", "year": 1981}


def test_lines_of_different_encodings_are_each_read() -> None:
    data = "Автор;Заглавие\n".encode() + "Абай;Слова\n".encode("cp1251") + "Əlizadə;Şəhər\n".encode()

    assert [(one["author"], one["title"]) for one in understand("mixed.csv", data).lines] == [
        ("Абай", "Слова"),
        ("Əlizadə", "Şəhər"),
    ]


def test_a_list_without_headings_is_understood_by_what_stands_in_it() -> None:
    data = "978-5-17-090831-8;Көшпенділер тарихы;Есенберлин;1976\n;Абай жолы романы;Әуезов;1977\n".encode()

    found = understand("list.csv", data)

    assert found.columns == ("isbn", "title", "author", "year")
    assert found.rows == 2


def test_a_column_of_citations_is_read_by_the_reader_of_citations() -> None:
    data = "Библиографическое описание\nАуэзов М. О. Путь Абая : роман. — Алма-Ата : Жазушы, 1977. — 480 с.\n"

    [one] = understand("list.csv", data.encode()).lines

    assert (one["author"], one["title"], one["year"], one["place"]) == (
        "Ауэзов М. О.",
        "Путь Абая : роман",
        1977,
        "Алма-Ата",
    )


def test_pasted_lines_are_a_list_and_an_indented_line_goes_on() -> None:
    text = "Ауэзов М. О. Путь Абая. — Алма-Ата, 1977.\nЕсенберлин И. Кочевники. —\n  Алма-Ата, 1976.\n\n"

    assert items.lines_in(text) == (
        "Ауэзов М. О. Путь Абая. — Алма-Ата, 1977.",
        "Есенберлин И. Кочевники. — Алма-Ата, 1976.",
    )
    assert len(understand(PASTED, text.encode()).lines) == 2


def test_a_row_that_cannot_be_stored_says_why_and_keeps_its_cells() -> None:
    data = (
        "Title;Year;ISBN;ISSN\n;1977;;\nA;once;;\nB;;978-5-17-090831-9;\nC;;;0042-8778\n"
        f"{'D' * 1001};;;\nE;1998;9785170908318;0042-8779\n"
    ).encode()

    found = understand("list.csv", data)

    assert [(one.number, one.problem) for one in found.wrong] == [
        (2, RowProblem.NO_TITLE),
        (3, RowProblem.BAD_YEAR),
        (4, RowProblem.BAD_ISBN),
        (5, RowProblem.BAD_ISSN),
        (6, RowProblem.TOO_LONG),
    ]
    assert found.wrong[1].cells == ("A", "once")
    assert titles(found) == ["E"]


def marc(*, title: str = "Путь Абая", unimarc: bool = False) -> Record:
    record = Record(force_utf8=True)
    blank = Indicators(" ", " ")
    fields = (
        [("010", "a", "978-5-17-090831-8"), ("200", "a", title), ("210", "d", "1977"), ("700", "a", "Ауэзов")]
        if unimarc
        else [
            ("020", "a", "9785170908318 (пер.)"),
            ("100", "a", "Ауэзов, М. О.,"),
            ("245", "a", f"{title} /"),
            ("260", "c", "[1977]"),
        ]
    )
    for tag, code, text in fields:
        record.add_field(Field(tag, blank, [Subfield(code, text)]))
    return record


def test_marc_21_is_read() -> None:
    found = understand("list.mrc", marc().as_marc())

    assert found.format is ListFormat.MARC
    assert (
        found.lines
        == [{"title": "Путь Абая", "author": "Ауэзов, М. О.", "year": 1977, "isbn": "9785170908318"}]
        or found.lines[0]["title"] == "Путь Абая"
    )
    assert found.lines[0]["author"].startswith("Ауэзов, М. О")
    assert (found.lines[0]["year"], found.lines[0]["isbn"]) == (1977, "9785170908318")


def test_unimarc_is_read_also_in_an_old_code_page() -> None:
    raw = marc(unimarc=True).as_marc()
    old = raw.decode().encode("cp1251")

    for data in (raw, old):
        found = understand("list.iso", data)
        assert found.format is ListFormat.UNIMARC
        assert (found.lines[0]["title"], found.lines[0]["author"], found.lines[0]["year"]) == (
            "Путь Абая",
            "Ауэзов",
            1977,
        )


@pytest.mark.parametrize("leader", [b"99999", b"00000", b"abcde", b"     "])
def test_a_record_with_a_bad_leader_is_read_by_its_marks(leader: bytes) -> None:
    good, bad = marc(title="Первая").as_marc(), marc(title="Вторая").as_marc()
    data = good + leader + bad[5:] + marc(title="Третья").as_marc()

    assert titles(understand("list.mrc", data)) == ["Первая", "Вторая", "Третья"]


def test_a_record_of_which_nothing_can_be_made_comes_back() -> None:
    found = understand("list.mrc", marc().as_marc() + b"torn \x1e record\x1d")

    assert [(one.number, one.problem) for one in found.wrong] == [(2, RowProblem.UNREADABLE)]
    assert found.wrong[0].cells == ("torn \x1e record",)
    assert len(found.lines) == 1


def test_marcxml_is_read() -> None:
    target = io.BytesIO()
    writer = XMLWriter(target)
    writer.write(marc())
    writer.write(marc(title="Кочевники"))
    writer.close(close_fh=False)

    found = understand("list.xml", target.getvalue())

    assert found.format is ListFormat.MARCXML
    assert titles(found) == ["Путь Абая", "Кочевники"]


def test_a_column_that_gets_a_meaning_takes_it_from_another() -> None:
    assert columns.changed(("title", None, "year"), 1, "title") == (None, "title", "year")
    assert columns.changed(("title", None), 0, None) == (None, None)


def test_lines_of_two_libraries_never_share_the_word_of_their_owner() -> None:
    values = {"title": "q1m q2s"}

    assert items.search_key(values, library=1, holding=Holding.MISSING).split()[0] == "q1m"
    assert "q2s" not in items.search_key(values, library=1, holding=Holding.MISSING).split()


def test_a_sheet_that_libreoffice_wrote_is_read_and_its_formula_is_not_computed() -> None:
    found = understand("gaps.xlsx", LIBREOFFICE.read_bytes())

    assert found.columns == ("author", "title", "year", "isbn")
    assert titles(found) == ["Абай жолы", "Көшпенділер", "Azərbaycan tarixi"]
    assert found.lines[1]["isbn"] == "9785170908318"
    assert [(one.number, one.problem) for one in found.wrong] == [(4, RowProblem.BAD_YEAR)]
