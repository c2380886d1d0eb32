"""How a voice writes dates, numbers, sizes and plurals, and that it never takes another's."""

from datetime import UTC, date, datetime

import pytest

from handlers.text.cards import zone_name
from handlers.text.voice import LANGUAGE_NAMES, LOCALES, Voice, label
from models.rules.vocabulary import Language

AZ, KK, RU, EN = (Voice(language) for language in Language)
VOICES = pytest.mark.parametrize("voice", [AZ, KK, RU, EN], ids=lambda voice: voice.language)
DAY = date(2028, 8, 8)
LONG = {
    AZ: "8 avqust 2028",
    KK: "2028 ж. 8 тамыз",
    RU: "8 августа 2028 г.",
    EN: "8 August 2028",
}
SHORT = {AZ: "08.08.2028", KK: "08.08.2028", RU: "08.08.2028", EN: "8 Aug 2028"}


def plain(text: str) -> str:
    """With ordinary blanks: CLDR separates by narrow ones that do not break."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_dates_are_each_languages_own_whatever_was_written_before() -> None:
    """Babel lets stand-alone month names leak from one locale into the next of a process."""
    for _ in range(2):
        for voice in (AZ, KK, RU, EN):
            assert plain(voice.day(DAY)) == LONG[voice]
            assert plain(voice.short_day(DAY)) == SHORT[voice]


MONTHS = {
    AZ: "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    KK: "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    RU: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    EN: "January February March April May June July August September October November December",
}


@VOICES
def test_every_month_is_named(voice: Voice) -> None:
    for month, name in enumerate(MONTHS[voice].split(), start=1):
        assert name in plain(voice.day(date(2028, month, 1))).split()


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Asia/Baku", "31.12.2028, 23:30"),
        ("Asia/Almaty", "01.01.2029, 00:30"),
        ("UTC", "31.12.2028, 19:30"),
    ],
)
def test_a_moment_is_read_on_the_librarys_own_clock(zone: str, moment: str) -> None:
    assert RU.moment(datetime(2028, 12, 31, 19, 30, tzinfo=UTC), zone) == moment


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        (datetime(2024, 2, 29, 6, tzinfo=UTC), "29 Feb 2024, 12:00"),
        (datetime(2024, 3, 1, 6, tzinfo=UTC), "1 Mar 2024, 11:00"),
    ],
)
def test_almaty_changed_its_clock_in_march_2024(at: datetime, moment: str) -> None:
    assert EN.moment(at, "Asia/Almaty") == moment


@pytest.mark.parametrize(
    ("voice", "written"), [(AZ, "1.234.567"), (KK, "1 234 567"), (RU, "1 234 567"), (EN, "1,234,567")]
)
def test_a_number_has_the_languages_separators(voice: Voice, written: str) -> None:
    assert plain(voice.number(1234567)) == written


@pytest.mark.parametrize(
    ("octets", "written"),
    [
        (0, "1 kB"),
        (999, "1 kB"),
        (1_500, "2 kB"),
        (999_400, "999 kB"),
        (1_000_000, "1 MB"),
        (19_960_000, "20 MB"),
        (12_340_000, "12.3 MB"),
    ],
)
def test_a_size_is_in_kilobytes_or_megabytes(octets: int, written: str) -> None:
    assert EN.size(octets) == written


@pytest.mark.parametrize(
    ("voice", "written"), [(AZ, "12,3 MB"), (KK, "12,3 МБ"), (RU, "12,3 МБ"), (EN, "12.3 MB")]
)
def test_a_size_has_the_languages_comma(voice: Voice, written: str) -> None:
    assert plain(voice.size(12_340_000)) == written


HOURS = ("An act can be taken back for {n} hour only.", "An act can be taken back for {n} hours only.")


@pytest.mark.parametrize(
    ("voice", "n", "noun"),
    [
        (EN, 1, "hour"),
        (EN, 24, "hours"),
        (AZ, 1, "saat"),
        (AZ, 24, "saat"),
        (KK, 1, "сағат"),
        (KK, 24, "сағат"),
        (RU, 1, "часа"),
        (RU, 2, "часов"),
        (RU, 21, "часа"),
        (RU, 24, "часов"),
        (RU, 11, "часов"),
    ],
)
def test_a_noun_follows_its_number_as_the_language_wants(voice: Voice, n: int, noun: str) -> None:
    said = voice.plural(*HOURS, n).rstrip(".").split()

    assert said[said.index(str(n)) + 1] == noun


@VOICES
@pytest.mark.parametrize("n", range(131))
def test_a_plural_shows_its_number(voice: Voice, n: int) -> None:
    assert str(n) in voice.plural(*HOURS, n)


def test_a_fact_is_put_in_as_it_is() -> None:
    said = RU.say("To: {name}, {address}", name="Сара {x}", address="s@example.org")

    assert said == "Получатель: Сара {x}, s@example.org"


@pytest.mark.parametrize(
    ("voice", "text", "named"),
    [
        (AZ, "icraçı", "İcraçı"),
        (AZ, "ışıq", "Işıq"),
        (AZ, "əsər", "Əsər"),
        (EN, "issue", "Issue"),
        (KK, "іздеу", "Іздеу"),
        (KK, "әріптес", "Әріптес"),
        (RU, "ёлка", "Ёлка"),
        (EN, "ISBN", "ISBN"),
    ],
)
def test_a_line_begins_with_the_languages_own_capital(voice: Voice, text: str, named: str) -> None:
    assert voice.named(label("nowhere", text)) == named


def test_an_azerbaijani_label_from_the_catalogue_begins_with_its_dotted_capital() -> None:
    assert AZ.named(label("supplying_library", "supplying library")).startswith("İcraçı ")


@VOICES
@pytest.mark.parametrize(
    ("zone", "names"),
    [
        ("Asia/Baku", ("Bakı vaxtı", "Баку уақыты", "время Баку", "Baku time")),
        ("Asia/Almaty", ("Almatı vaxtı", "Алматы уақыты", "время Алматы", "Almaty time")),
        ("Europe/Paris", ("Paris", "Париж", "Париж", "Paris")),
    ],
)
def test_a_clock_is_named_by_its_city(voice: Voice, zone: str, names: tuple[str, ...]) -> None:
    assert zone_name(voice, zone) == names[list(Language).index(voice.language)]


def test_every_language_has_a_locale_and_its_own_name() -> None:
    assert set(LOCALES) == set(LANGUAGE_NAMES) == set(Language)


def test_a_text_that_no_catalogue_has_is_said_as_it_is() -> None:
    unknown = "No catalogue has this."

    assert KK.say(unknown) == unknown
