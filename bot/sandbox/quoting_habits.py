"""How mail clients introduce what they quote, by client and language of the user.

The lines are those of public corpora. No Thunderbird or Apple Mail speaks Azerbaijani and no Apple Mail
Kazakh: their users see English; Mail.ru shows Russian to both. Gmail's Kazakh and Azerbaijani lines follow
the shape of its others.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from babel.dates import format_datetime

from models.rules.vocabulary import Language

_AZ, _KK, _RU, _EN = Language.AZ, Language.KK, Language.RU, Language.EN


class Client(StrEnum):
    """A mail program, by its habits of quoting."""

    GMAIL = "gmail"
    OUTLOOK = "outlook"
    APPLE = "apple"
    THUNDERBIRD = "thunderbird"
    YANDEX = "yandex"
    MAILRU = "mailru"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Original:
    """What is quoted."""

    name: str
    address: str
    to: str
    subject: str
    date: datetime
    message_id: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Line:
    """An attribution line: a date pattern (CLDR), its locale, and the sentence around it."""

    date: str
    locale: Language
    sentence: str

    def of(self, original: Original) -> str:
        """The line for this message."""
        date = format_datetime(original.date, self.date, locale=self.locale)
        return self.sentence.format(date=date, name=original.name, address=original.address)


_GMAIL = {
    _EN: Line("EEE, MMM d, y 'at' h:mm\u202fa", _EN, "On {date} {name} <{address}> wrote:"),
    _RU: Line("EEE, d MMM y 'г'. 'в' HH:mm", _RU, "{date}, {name} <{address}>:"),
    _KK: Line("y 'ж'. d MMM, EEE HH:mm", _KK, "{date}, {name} <{address}> жазды:"),
    _AZ: Line("d MMM y, EEE HH:mm", _AZ, "{date} tarixində {name} <{address}> yazdı:"),
}
_APPLE_EN = Line("MMM d, y, 'at' h:mm\u202fa", _EN, "On {date}, {name} <{address}> wrote:")
_APPLE_RU = Line("d MMM y 'г'., 'в' HH:mm", _RU, "{date}, {name} <{address}> написал(а):")
_MOZILLA_EN = Line("M/d/y h:mm a", _EN, "On {date}, {name} wrote:")
_MOZILLA_RU = Line("dd.MM.y HH:mm", _RU, "{date}, {name} пишет:")
_MOZILLA_KK = Line("dd.MM.y HH:mm", _KK, "{date} уақытында, {name} жазған:")
_MAILRU_RU = Line("EEEE, d MMMM y, HH:mm xxx", _RU, "{date} от {name} <{address}>:")
_MAILRU_EN = Line("EEEE, MMMM d, y h:mm a xxx", _EN, "{date} from {name} <{address}>:")
_YANDEX = Line("dd.MM.y, HH:mm", _RU, '{date}, "{name}" <{address}>:')
_MUTT = Line("EEE, MMM dd, y 'at' hh:mm:ssa xx", _EN, "On {date}, {name} wrote:")

LINES: dict[Client, dict[Language, Line]] = {
    Client.GMAIL: _GMAIL,
    Client.APPLE: {_EN: _APPLE_EN, _RU: _APPLE_RU, _KK: _APPLE_EN, _AZ: _APPLE_EN},
    Client.THUNDERBIRD: {_EN: _MOZILLA_EN, _RU: _MOZILLA_RU, _KK: _MOZILLA_KK, _AZ: _MOZILLA_EN},
    Client.YANDEX: dict.fromkeys(Language, _YANDEX),
    Client.MAILRU: {_EN: _MAILRU_EN, _RU: _MAILRU_RU, _KK: _MAILRU_RU, _AZ: _MAILRU_RU},
    Client.PLAIN: dict.fromkeys(Language, _MUTT),
}

_BLOCK_LABELS = {
    _EN: ("From", "Sent", "To", "Subject"),
    _RU: ("От", "Отправлено", "Кому", "Тема"),
    _KK: ("Кімнен", "Күні", "Кімге", "Тақырыбы"),
    _AZ: ("Kimdən", "Tarix", "Kimə", "Mövzu"),
}
_BLOCK_DATES = {
    _EN: "EEEE, MMMM d, y h:mm a",
    _RU: "d MMMM y 'г'. H:mm",
    _KK: "d MMMM y 'ж'. H:mm",
    _AZ: "d MMMM y H:mm",
}


def block(original: Original, language: Language) -> list[tuple[str, str]]:
    """The header block that Outlook writes above a quoted message: labels and values."""
    date = format_datetime(original.date, _BLOCK_DATES[language], locale=language)
    sender = f"{original.name} <{original.address}>" if original.name else original.address
    return list(zip(_BLOCK_LABELS[language], (sender, date, original.to, original.subject), strict=True))


PAGES: dict[Client, str] = {
    Client.GMAIL: (
        '<div dir="ltr">{body}</div><br>'
        '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{line}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
        'border-left:1px solid rgb(204,204,204);padding-left:1ex">{html}</blockquote></div>'
    ),
    Client.OUTLOOK: (
        '<html><body lang="RU" link="#0563C1"><div class="WordSection1">'
        '<p class="MsoNormal">{body}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        '<p class="MsoNormal">{line}<o:p></o:p></p></div></div>{html}</div></body></html>'
    ),
    Client.APPLE: (
        '<html><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">'
        '{body}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>{line}</div>'
        '<br class="Apple-interchange-newline"><div>{html}</div></blockquote></div><br></body></html>'
    ),
    Client.THUNDERBIRD: (
        '<!DOCTYPE html><html><body><p>{body}</p><div class="moz-cite-prefix">{line}<br></div>'
        '<blockquote type="cite" cite="mid:{id}">{html}</blockquote></body></html>'
    ),
    Client.YANDEX: (
        "<div>{body}</div><div> </div><div> </div><div>{line}</div><blockquote>{html}</blockquote>"
    ),
    Client.MAILRU: (
        "<HTML><BODY>{body}<br><br>"
        '<blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">'
        "{line}<br>{html}</blockquote></BODY></HTML>"
    ),
    Client.PLAIN: "",
}
