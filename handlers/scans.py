"""Several pictures of one scan as one PDF, in their order: nothing is enlarged, shrunk or compressed anew.

JPEG goes in byte for byte, PNG and TIFF without loss; a page is as large as its picture says.
"""

import asyncio
import io
import logging
from collections.abc import Sequence

log = logging.getLogger(__name__)

DPI = 300
LEAST_DPI = 100
"""Below it stands what cameras write who know of no paper: 72, 96, or nothing."""
POINTS = 72
MOST_PIXELS = 89_000_000
"""Of one page: A3 at 600 dpi has 70 million, and each takes four bytes while it is read."""
MOST_PAGES = 500


class UnfitPictureError(Exception):
    """A picture that cannot become a page."""


class Binder:
    """Binds pictures in a thread, one scan at a time, so that memory stays bounded."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def bind(self, pictures: Sequence[bytes]) -> bytes | None:
        """The pictures as pages of one PDF; None where that cannot be, and they stay as they are."""
        async with self._turn:
            try:
                return await asyncio.to_thread(make, pictures)
            except UnfitPictureError as error:
                log.warning("pictures stay as they are: %s", error)
                return None


def make(pictures: Sequence[bytes]) -> bytes:
    """The PDF; raises `UnfitPictureError` for a damaged or absurdly large picture."""
    import img2pdf

    try:
        if sum(_pages(one) for one in pictures) > MOST_PAGES:
            raise UnfitPictureError("too many pages")
        made = img2pdf.convert(
            list(pictures),
            layout_fun=_layout,
            rotation=img2pdf.Rotation.ifvalid,
            nodate=True,
            engine=img2pdf.Engine.internal,
        )
    except UnfitPictureError:
        raise
    except Exception as error:  # the readers of damaged pictures raise nearly everything
        raise UnfitPictureError(f"{type(error).__name__}: {error}") from error
    return bytes(made)


def _pages(picture: bytes) -> int:
    """How many pages are in it, each of a size that can be read."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        count: int = getattr(image, "n_frames", 1)
        for number in range(min(count, MOST_PAGES)):
            image.seek(number)
            if image.width * image.height > MOST_PIXELS:
                raise UnfitPictureError(f"{image.width} x {image.height} pixels")
    return count


def _layout(width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
    """Page and picture in points (img2pdf: layout_fun)."""
    across, down = dpi if min(dpi) >= LEAST_DPI else (DPI, DPI)
    size = width * POINTS / across, height * POINTS / down
    return (*size, *size)
