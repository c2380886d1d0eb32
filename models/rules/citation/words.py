"""The words and abbreviations of citations in Azerbaijani, Kazakh, Russian and English, as patterns."""

import re

UPPER = "[" + "".join(c for c in map(chr, (*range(0x41, 0x530), *range(0x1E00, 0x1F00))) if c.isupper()) + "]"
LOWER = "[" + "".join(c for c in map(chr, (*range(0x61, 0x530), *range(0x1E00, 0x1F00))) if c.islower()) + "]"
DASH = "[-‐‑–—−]"  # as typed, as printed, and the minus that spreadsheets put in
ROMAN = r"(?-i:[IVXLC]{1,7})"

YEAR_DIGITS = r"(?:1[4-9]|20)\d\d"
_YEAR_WORD = (
    r"(?:\s?-?\s?(?:ci|cı|cu|cü|ші|шы)\s?il(?:də|in)?\b|\s?-?\s?(?:il|г|гг|ж|жыл|жылы|жылғы|год|года)\b\.?)"
)
YEAR = rf"\[?[©c]?\s?(?P<year>{YEAR_DIGITS})(?![\d–])[a-zа-в]?\]?{_YEAR_WORD}?"

# What stands between two areas of a description: a place, a year or a date begins only here.
BOUNDARY = r"(?:^|(?<=[.,;:(\[\x1f)\]»”\"’'?!])|(?<=\s[-–—]))\s*(?:[-–—]\s+)?"

# One-letter words count only with their full stop: "с" is also a preposition, "s" a plural.
_PAGE_LONG = r"стр|страниц[аыу]?|səh|səhifə(?:lər)?|бб|бет(?:і|тер|тері)?|pp|pages?|pgs?"
PAGE_BEFORE = rf"(?:(?:{_PAGE_LONG}|[cсspб])\.|{_PAGE_LONG})"
PAGE_AFTER = rf"(?:(?:бет(?:і|тер)?|pages|страниц[аы]?|səhifə)(?!\w)|(?:{_PAGE_LONG}|[cсspб])\b\.?|səhifədir)"
VOLUME_BEFORE = (
    r"(?:(?:vol|volume|v|том|т|t|tome|cild|cilt|bd|band|кн|книга|kit|kitab|кіт|кітап|ч|часть|pt|part|hissə"
    r"|бөлім)\.?"
    r"(?<!\b[vtтч])|[vtтч]\.)"
)
VOLUME_AFTER = r"(?:том(?:ы)?|т\.|cild|кітап|кітабы|kitab|бөлім|hissə|часть|книга)(?!\w)"
ORDINAL = rf"(?:{DASH}?\s?(?:ci|cı|cu|cü|ші|шы|й|я|ая|ый|ой|е|ое|st|nd|rd|th))?"
ISSUE_BEFORE = (
    r"(?:№|(?<!\w)n[o°º]?\.(?:\s?№)?|(?<!\w)(?:no|nos|nr|iss|issue|вып|выпуск|номер|burax|buraxılış|sayı|nömrə"
    r"|nömrəsi"
    r"|шығ|шығарылым|нөмір|нөмірі|нөм)\b\.?|(?<!\w)N(?=\s?\d))"
)

TOTAL_VOLUMES = re.compile(
    r"(?:[:.,(]\s*)(?P<rest>(?:в|in)\s+(?:\d+(?:-х|-ти|-и)?|двух|тр[её]х|четыр[её]х|пяти|шести|two|three"
    r"|four)\s+"
    r"(?:т|тт|том(?:ах)?|кн|книгах|ч|частях|vols?|volumes)(?!\w)\.?"
    r"|(?:\d+|iki|üç|dörd|beş|altı|yeddi|on)\s+cilddə|(?:\d+|екі|үш|төрт|бес|алты|он|елу)\s+томдық)\)?",
    re.IGNORECASE,
)

_REVISED = (
    r"(?:,?\s*(?:испр|перераб|доп|стер|стереотип|rev|revised|толықт\w*|өңд\w*|yenidən işlən\w*|əlavə\w*"
    r"|təkmilləşdiril\w*)\b\.?"
    r"(?:\s*(?:и|and|və|және)\s*(?=[а-яa-z]))?\s*){0,3}"
)
EDITION = re.compile(
    rf"(?:\(\s*)?(?P<edition>(?:(?<!\w)(?:\d{{1,3}}{ORDINAL}|{ROMAN})[\s-]?(?:(?:перераб\.|доп\.|rev\."
    rf"|revised)\s*)?"
    rf"(?:(?:издание|nəşri?|басылымы?|edition)(?!\w)|(?:изд|бас|edn?)(?!\w)\.?)"
    rf"|(?<!\w)(?:изд|nəşr|бас)\.\s\d{{1,3}}{ORDINAL}(?!\w)"
    rf"|(?<!\w)(?:rev(?:ised|\.)?)\s+ed(?:ition|\.)){_REVISED})\s*\)?",
    re.IGNORECASE,
)

THESIS = (
    r"(?:автореф\w*\.?|дисс?\.|диссертаци\w+|diss?\.|dissertasiya\w*|avtoref\w*\.?"
    r"|(?:ph\.? ?d\.?|doctoral|master[’']?s?|bachelor[’']?s?)\s+(?:thesis|dissertation)|thesis|dissertation)"
)
THESIS_NOTE = re.compile(
    rf"\s*(?:[:(\[]\s*(?P<rest>[^:(\[\]\x1f]{{0,120}}?(?<!\w){THESIS}[^/)\]\x1f]*?)"
    rf"|\.\s+(?:[-–—]\s+)?(?P<note>(?:[^.:\x1f]{{0,100}}\s)?{THESIS}[^/\x1f]*?))"
    rf"(?=\s*(?:[)\]\x1f/]|\.?\s+[-–—]\s|$|\.\s+(?-i:{UPPER})|,\s*{YEAR_DIGITS})"
    rf"|(?<=\.)\s+(?-i:{UPPER}))[)\]]?",
    re.IGNORECASE,
)

IN_HOST = re.compile(
    r"\s*//\s*(?i:(?:в кн|в сб|кітапта|kitabda|in)\s?\.?:\s*)?"
    r"|(?:(?<=[.,;?!”\"»’')\]])|(?<=\s[-–—]))\s*(?:[Ii]n:|[Вв] (?:кн|сб|журн)\.?:|[Вв] (?:книге|сборнике"
    r"|журнале):"
    r"|[Kk]itabda:|[Kk]it\.:|[Jj]urnalda:|[Кк]ітапта:|[Кк]іт\.:|[Жж]инақта:|[Жж]урналда:)\s*"
    r"|\s+(?:из (?:журнала|сборника|книги|газеты)|(?:from|in) the (?:journal|book|newspaper))"
    r"\s+(?=[\"«“A-ZА-Я])"
)
IN_EDITED = re.compile(
    r"(?<=[.,;?!”\"»’'])\s+[Ii]n\s+(?=[^\x1f]{0,300}?(?:\(eds?\.?\)|, eds?\.|edited by|\bpp\. ?\d|\(pp?\.))",
    re.IGNORECASE,
)

SCALE = re.compile(
    r"(?P<rest>(?:(?:масштаб|miqyas|scale|м-б)\s*)?(?<!\d)1\s?:\s?\d{1,3}[\d ]{3,10})", re.IGNORECASE
)
MAP = re.compile(
    r"\[?(?<!\w)(?:карт[аы]|xəritə(?:si)?|map|атлас|atlas)(?!\w)\]?\s*[.:;/—–-]|масштаб|\bmiqyas",
    re.IGNORECASE,
)
MUSIC = re.compile(
    r"\[(?:ноты|notlar|not|ноталар|music)\]|(?<!\w)(?:клавир|партитура|partitura|klavir|sheet music|not nəşri"
    r"|ноталық басылым)(?!\w)",
    re.IGNORECASE,
)
MANUSCRIPT = re.compile(
    r"(?<!\w)(?:рукопись|əlyazma(?:sı)?|қолжазба(?:сы)?|manuscript)(?!\w)|(?<!\w)Ф\. ?\d+\. ?Оп\. ?\d+",
    re.IGNORECASE,
)
STANDARD = re.compile(
    r"^(?:ГОСТ|ОСТ|СТ РК|ҚР СТ|AZS|СНиП|DIN|ISO|ИСО|IEC|EN)(?: (?:Р|ISO|ИСО|EN"
    r"|IEC))*(?:/\w+)? ?\d[\d.]*(?:[-–:]\d+)*"
)
NEWSPAPER = re.compile(
    r"(?<!\w)(?:газ(?:\.|ета|еті)|qəz(?:\.|eti?)|newspaper|бакинский рабочий|егемен қазақстан"
    r"|социалистік қазақстан"
    r"|gazette|daily|herald|the times|guardian|new york times)(?!\w)|(?<!\w)правда\W*$|^известия$",
    re.IGNORECASE,
)
SERIAL_WORD = re.compile(
    r"(?:газет|журнал|апталы)\w*|qəzet\w*|jurnal\w*|məcmuə\w*|newspaper|journal|magazine|weekly",
    re.IGNORECASE,
)
SERIAL_HEAD = re.compile(
    r"^(?:Вестник|Известия|Труды|Доклады|Журнал|Хабаршы|Хабарлар|Еңбек|Xəbərlər|Bulletin|Journal|Proceedings)"
)
COLLECTION = re.compile(
    r"(?<!\w)(?:сб\.|сборник|материалы|мат-лы|труды конф|тезисы|под ред|под общ|жинақ|жинағы|материалдары"
    r"|toplu|topluda"
    r"|materialları|proceedings|conference|конф(?:\.|еренц)|конференциясы|konfrans\w*|eds?\.|edited"
    r"|handbook|companion"
    r"|энциклопедия\w*|ensiklopediya\w*)(?!\w)",
    re.IGNORECASE,
)
