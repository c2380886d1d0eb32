"""The gettext catalogues, read straight from `locales/<language>/LC_MESSAGES/messages.po`.

There are no compiled catalogues to forget: a clone, a wheel and an editable install speak alike.
"""

import gettext
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from models.rules.vocabulary import Language


@cache
def catalogue(language: Language) -> gettext.GNUTranslations:
    """The translations of a language, read once per process."""
    source = files("locales") / language.value / "LC_MESSAGES" / "messages.po"
    compiled = BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language.value))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
