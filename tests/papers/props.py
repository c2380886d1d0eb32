"""What the papers of the tests are made of: a full request, an agreement of 2013, letters of every kind."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfReader

from bot.example import libraries
from handlers.papers.facts import LetterFacts, Party, Signatory, SlipFacts
from handlers.papers.pdf import as_pdf
from handlers.papers.slips import slip
from models.queries.parties import LibraryView
from models.rules.papers import LetterKind, Paper
from models.rules.period import Period
from models.rules.vocabulary import Condition, Language, Service, Side, Stage
from tests.text import views

MADE = datetime(2028, 7, 31, 19, 30, tzinfo=UTC)
LETTERS = "əğışƏİ әғқңөұүһі ё"
LINK = "https://t.me/abonement_bot?start=r_NLRK-2028-9999"
SIDES = {
    Paper.RETURN_SLIP: (Side.REQUESTING, Stage.ON_LOAN, Service.LOAN),
    Paper.COVER_SHEET: (Side.SUPPLYING, Stage.DELIVERED, Service.COPY),
}
"""Where the paper is not the supplying library's before it sends a loan."""


def _posted(library: LibraryView) -> LibraryView:
    known = {one.code: one.addresses for one in libraries()}
    return replace(library, addresses=known[library.code])


BAKU, ALMATY = _posted(views.BAKU), _posted(views.ALMATY)


def request(paper: Paper, *, note: str = LETTERS, **changes: Any) -> SlipFacts:
    """A request at a stage at which it has this paper."""
    side, stage, service = SIDES.get(paper, (Side.SUPPLYING, Stage.WILL_SUPPLY, Service.LOAN))
    mine = side is Side.REQUESTING
    card = views.card(
        side,
        stage,
        service=service,
        own=ALMATY if mine else BAKU,
        partner=BAKU if mine else ALMATY,
        terms={"conditions": [Condition.LIBRARY_USE_ONLY]},
        terms_of_all=(),
        values={"title": f"Абай жолы {note}", "author": "Әуезов М. О.", "year": 1977},
        **changes,
    )
    return SlipFacts(card=card, link=LINK, signed_on=date(2013, 11, 8))


def letter(kind: LetterKind, **changes: Any) -> LetterFacts:
    """Baku writes to Almaty; who signs there is not known."""
    facts = LetterFacts(
        kind=kind,
        sender=Party(
            names=BAKU.names,
            addresses=BAKU.addresses,
            contacts="+994 12 493-40-03",
            signatory=Signatory(
                name={one.value: f"Ə. Ğ. Şükürov {LETTERS}" for one in Language},
                post={one.value: "Direktor" for one in Language},
            ),
        ),
        recipient=Party(names=ALMATY.names, addresses=ALMATY.addresses),
        signed_on=date(2013, 11, 8),
        place={"az": "Almatı", "kk": "Алматы", "ru": "Алматы", "en": "Almaty"},
        last_day=date(2028, 11, 8),
        notice=Period(months=3),
        deadline=date(2028, 8, 8),
        received=date(2028, 8, 1),
        ends=date(2028, 11, 1),
        new_last_day=date(2030, 11, 8),
        new_deadline=date(2030, 8, 8),
    )
    return replace(facts, **changes)


@cache
def pdf_of(paper: Paper, language: Language) -> bytes:
    """The paper of an ordinary request, which takes a moment to make."""
    return as_pdf(slip(request(paper), paper, language), MADE)


def text_of(pdf: bytes) -> str:
    """The words on all pages, as another program reads them: one blank wherever there is room."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def photographed(pdf: bytes, *, turned: float = 0, smaller: float = 1.0) -> Image.Image:
    """The first page's code on white paper, as a camera may see it."""
    [code] = PdfReader(BytesIO(pdf)).pages[0].images
    picture = code.image
    assert picture is not None
    page = Image.new("L", (1200, 1600), 250)
    page.paste(picture.convert("L"), (700, 200))
    side = round(1200 * smaller), round(1600 * smaller)
    return page.rotate(turned, fillcolor=250, expand=True, resample=Image.Resampling.BICUBIC).resize(side)
