"""The example data: the first two libraries and their agreement.

Every mail address is under `.example`: a trial must never write to the real libraries.
"""

from dataclasses import replace
from datetime import date, datetime

from handlers.text.words import read
from models.operations.agreement_facts import PartyFacts, describe
from models.operations.libraries import (
    AlreadyThere,
    NewAgreement,
    NewLibrary,
    add_agreement,
    add_library,
)
from models.rules.vocabulary import Language

SIGNED = date(2013, 11, 8)

PARTIES = {
    "ANL": PartyFacts(
        address={
            "az": "Xaqani küçəsi 29, AZ1000 Bakı",
            "kk": "Хагани көшесі, 29, AZ1000 Баку",
            "ru": "ул. Хагани, 29, AZ1000 Баку",
            "en": "Khagani 29, AZ1000 Baku",
        },
        contacts={"phone": "+994 12 493-40-03", "fax": "+994 12 498-08-22", "email": "contact@anl.az"},
    ),
    "NLRK": PartyFacts(
        address={
            "az": "Abay prospekti 14, 050013 Almatı",
            "kk": "Абай даңғылы, 14, 050013 Алматы",
            "ru": "пр. Абая, 14, 050013 Алматы",
            "en": "Abai 14, 050013 Almaty",
        },
        contacts={"phone": "+7 727 267 28 83", "fax": "+7 727 267 28 83", "email": "intrel@nlrk.kz"},
    ),
}
"""As the agreement gives them, text alone: nothing is ever sent there. Nobody's name: posts change hands."""


def _names(term: str) -> dict[str, str]:
    """A library's name in every language, as the glossary has it."""
    row = next(row for row in read("glossary.tsv") if row["term_id"] == term)
    return {language.value: row[language.value] for language in Language}


def libraries() -> tuple[NewLibrary, NewLibrary]:
    baku = NewLibrary(
        code="ANL",
        names=_names("name_anl"),
        country="AZ",
        timezone="Asia/Baku",
        language=Language.AZ,
        email="ill@anl.example",
        domains=("anl.example",),
        addresses={
            "az": "Xaqani küçəsi 29, AZ1000 Bakı, Azərbaycan",
            "kk": "Хагани көшесі 29, AZ1000 Баку, Әзірбайжан",
            "ru": "ул. Хагани, 29, AZ1000 Баку, Азербайджан",
            "en": "Khagani 29, AZ1000 Baku, Azerbaijan",
        },
    )
    almaty = NewLibrary(
        code="NLRK",
        names=_names("name_nlrk"),
        country="KZ",
        timezone="Asia/Almaty",
        language=Language.KK,
        email="ill@nlrk.example",
        domains=("nlrk.example",),
        addresses={
            "az": "Abay prospekti 14, 050013 Almatı, Qazaxıstan",
            "kk": "Абай даңғылы 14, 050013 Алматы, Қазақстан",
            "ru": "пр. Абая, 14, 050013 Алматы, Казахстан",
            "en": "Abai 14, 050013 Almaty, Kazakhstan",
        },
    )
    return baku, almaty


async def load_example(now: datetime) -> None:
    """Add what is missing; a second time changes nothing."""
    try:
        for library in libraries():
            await add_library(library, now)
    except AlreadyThere:
        return
    place = _names("name_almaty")
    number = await add_agreement(NewAgreement(parties=("ANL", "NLRK"), signed_on=SIGNED, place=place), now)
    for code, facts in PARTIES.items():
        await describe(number, code, replace(facts, names=_names(f"name_{code.lower()}")))
