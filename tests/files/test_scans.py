"""Pictures bound into one PDF, read by a reader that is not ours."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from handlers.scans import MOST_PIXELS, Binder, UnfitPictureError, make
from tests.files import pictures


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def sides(reader: PdfReader) -> list[tuple[int, int]]:
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages]


def test_pages_stand_in_the_order_of_the_pictures() -> None:
    reader = read(make([pictures.jpeg(size=(300, 450)), pictures.png(size=(600, 300)), pictures.tiff()]))

    assert sides(reader) == [(72, 108), (144, 72), (72, 108), (72, 108), (72, 108)]


def test_jpeg_goes_in_byte_for_byte() -> None:
    picture = pictures.jpeg()

    [image] = read(make([picture])).pages[0].images

    assert picture in make([picture])
    assert image.image is not None
    assert image.image.size == (300, 450)


@pytest.mark.parametrize(("dpi", "width"), [(300, 72), (150, 144), (72, 72), (None, 72)])
def test_page_is_as_large_as_its_picture_says(dpi: int | None, width: int) -> None:
    [page] = read(make([pictures.jpeg(dpi=dpi)])).pages

    assert round(Decimal(page.mediabox.width)) == width


def test_the_same_pictures_make_the_same_pdf() -> None:
    scan = [pictures.jpeg(), pictures.tiff()]

    assert make(scan) == make(scan)


@pytest.mark.parametrize(
    "picture",
    [
        b"\xff\xd8\xffrubbish",
        pictures.png()[:60],
        b"",
        pictures.tiff(pages=1, size=(MOST_PIXELS // 1000 + 1, 1000)),
    ],
    ids=["damaged", "cut", "empty", "absurd"],
)
async def test_unfit_pictures_stay_as_they_are(picture: bytes) -> None:
    with pytest.raises(UnfitPictureError):
        make([pictures.jpeg(), picture])

    assert await Binder().bind([pictures.jpeg(), picture]) is None
