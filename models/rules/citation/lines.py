"""One line that edits one field: "pages: 12-40", "страницы: 12-40", "səh.: 12-40", "беттер: 12-40"."""

import re

# The first word of each language is the glossary's (`locales/glossary.tsv`); the others are what people type.
FIELD_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "title": {
        "en": ("title",),
        "ru": ("заглавие", "название"),
        "az": ("sərlövhə", "ad", "adı"),
        "kk": ("атауы", "тақырыбы"),
    },
    "author": {
        "en": ("author", "by"),
        "ru": ("автор", "авторы"),
        "az": ("müəllif",),
        "kk": ("автор", "авторы"),
    },
    "part_title": {
        "en": ("article title", "article", "chapter"),
        "ru": ("название статьи", "статья", "глава"),
        "az": ("məqalənin adı", "məqalə", "fəsil"),
        "kk": ("мақала атауы", "мақала", "тарау"),
    },
    "journal": {
        "en": ("journal title", "journal"),
        "ru": ("название журнала", "журнал"),
        "az": ("jurnalın adı", "jurnal"),
        "kk": ("журнал атауы", "журнал"),
    },
    "part_author": {
        "en": ("article author",),
        "ru": ("автор статьи",),
        "az": ("məqalənin müəllifi",),
        "kk": ("мақала авторы",),
    },
    "publisher": {
        "en": ("publisher",),
        "ru": ("издательство",),
        "az": ("nəşriyyat",),
        "kk": ("баспа", "баспасы"),
    },
    "place": {
        "en": ("place of publication", "place"),
        "ru": ("место издания", "место", "город"),
        "az": ("nəşr yeri", "yer", "şəhər"),
        "kk": ("басылып шыққан жері", "жері", "қала"),
    },
    "year": {
        "en": ("year of publication", "year"),
        "ru": ("год издания", "год"),
        "az": ("nəşr ili", "il"),
        "kk": ("басылып шыққан жылы", "жылы", "жыл"),
    },
    "edition": {"en": ("edition",), "ru": ("издание",), "az": ("nəşr",), "kk": ("басылым", "басылымы")},
    "volume": {"en": ("volume", "vol"), "ru": ("том", "т"), "az": ("cild",), "kk": ("том", "томы", "кітап")},
    "issue": {
        "en": ("issue", "number", "no"),
        "ru": ("выпуск", "номер", "№"),
        "az": ("buraxılış", "nömrə"),
        "kk": ("шығарылым", "нөмір", "нөмірі"),
    },
    "issue_date": {
        "en": ("date of issue", "issue date"),
        "ru": ("дата выпуска", "дата"),
        "az": ("buraxılış tarixi", "tarix"),
        "kk": ("шыққан күні",),
    },
    "pages": {
        "en": ("pages", "page", "pp", "p"),
        "ru": ("страницы", "страница", "стр", "с"),
        "az": ("səhifələr", "səhifə", "səh", "s"),
        "kk": ("беттер", "беттері", "бет", "бб", "б"),
    },
    "isbn": dict.fromkeys(("en", "ru", "az", "kk"), ("isbn",)),
    "issn": dict.fromkeys(("en", "ru", "az", "kk"), ("issn",)),
    "doi": dict.fromkeys(("en", "ru", "az", "kk"), ("doi",)),
    "url": {"en": ("address", "link", "url"), "ru": ("ссылка",), "az": ("keçid", "link"), "kk": ("сілтеме",)},
    "shelf_mark": {
        "en": ("shelf mark",),
        "ru": ("шифр хранения", "шифр"),
        "az": ("saxlanma şifri", "şifr"),
        "kk": ("сақтау шифрі", "шифр"),
    },
    "language": {
        "en": ("language of the document",),
        "ru": ("язык документа",),
        "az": ("sənədin dili",),
        "kk": ("құжат тілі",),
    },
    "source": {
        "en": ("source of the citation", "source"),
        "ru": ("источник сведений", "источник"),
        "az": ("məlumatın mənbəyi", "mənbə"),
        "kk": ("мәлімет көзі",),
    },
    "needed_by": {
        "en": ("needed by",),
        "ru": ("нужно к дате", "нужно к", "срок"),
        "az": ("lazım olan tarix",),
        "kk": ("қажетті күні",),
    },
    "quantity": {"en": ("quantity", "copies"), "ru": ("количество",), "az": ("say", "sayı"), "kk": ("саны",)},
    "our_number": {
        "en": ("our register number",),
        "ru": ("наш регистрационный номер",),
        "az": ("bizim qeydiyyat nömrəmiz",),
        "kk": ("біздің тіркеу нөміріміз",),
    },
    "note": {"en": ("note",), "ru": ("примечание",), "az": ("qeyd",), "kk": ("ескертпе",)},
}
_SAME_FIELD = {"journal": "title"}  # the host's title, whatever kind of host it is
_FIELD_OF: dict[str, str] = {}
for _name, _by_language in FIELD_WORDS.items():
    for _word in (word for words in _by_language.values() for word in words):
        _FIELD_OF.setdefault(_word, _SAME_FIELD.get(_name, _name))

_LINE = re.compile(r"\s*(?P<word>[^\W\d_№][^:：=\n]{0,40}?|№)\.?\s*[:：=]\s*(?P<value>\S[^\n]*?)\s*")
_LONGEST = 3000


def edit_line(text: str) -> tuple[str, str] | None:
    """The field that the line names and the value it gives, or None when it is no such line.

    The value is as it stands; `parse_field` checks it. Case, blanks and a full stop after the word
    do not matter.
    """
    match = _LINE.fullmatch(text) if len(text) <= _LONGEST else None
    name = _FIELD_OF.get(_plain(match["word"])) if match else None
    return (name, match["value"]) if match and name else None


def _plain(word: str) -> str:
    # The dotted capital İ would become "i" and a combining dot; no word here needs it.
    return " ".join(word.replace("İ", "i").casefold().split())
