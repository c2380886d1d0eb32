"""A link as a picture that a telephone reads (ISO/IEC 18004)."""

from io import BytesIO

PIXELS = 8
"""A module's edge: 40 modules and a border make a picture of some 400 pixels."""


def qr(link: str) -> bytes:
    """The PNG of a QR code for the link, error correction M."""
    import segno  # only coordinators need it, and it is not cheap to import

    out = BytesIO()
    segno.make_qr(link, error="m").save(out, kind="png", scale=PIXELS)
    return out.getvalue()
