"""Real pictures and files for the tests, made on the spot."""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

LETTERS = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def jpeg(*, size: tuple[int, int] = (300, 450), dpi: int | None = 300, shade: int = 200) -> bytes:
    """A grey page, its resolution in the JFIF header."""
    return _saved(Image.new("L", size, shade), "JPEG", **({"dpi": (dpi, dpi)} if dpi else {}))


def png(*, size: tuple[int, int] = (300, 450), shade: int = 180) -> bytes:
    """A coloured page at 300 dpi."""
    return _saved(Image.new("RGB", size, (shade, 10, 20)), "PNG", dpi=(300, 300))


def tiff(*, pages: int = 3, size: tuple[int, int] = (300, 450)) -> bytes:
    """A black and white fax of several pages."""
    sheets = [Image.new("1", size, number % 2) for number in range(pages)]
    return _saved(
        sheets[0],
        "TIFF",
        save_all=True,
        append_images=sheets[1:],
        compression="group4",
        dpi=(300, 300),
    )


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def sparse_pdf(path: Path, size: int) -> Path:
    """A file that begins like a PDF and takes no room on the disk."""
    with path.open("wb") as stream:
        stream.write(LETTERS)
        stream.truncate(size)
    return path


def pieces(path: Path, size: int) -> Iterator[bytes]:
    """The file in pieces."""
    with path.open("rb") as stream:
        while piece := stream.read(size):
            yield piece
