"""The upload page as HTML. Every value is escaped; the script and the style come from files of our own."""

import json
from html import escape
from pathlib import Path

from handlers.text.upload_page import languages, page_words, script_words
from handlers.text.voice import Voice
from models.queries.requests import CardView

HERE = Path(__file__).parent / "page"
SCRIPT = HERE.joinpath("upload.js").read_text(encoding="utf-8")
STYLE = HERE.joinpath("upload.css").read_text(encoding="utf-8")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def upload_page(voice: Voice, view: CardView) -> str:
    """The page on which this reader sends scans for this request."""
    words = {name: escape(text) for name, text in page_words(voice, view).items()}
    spoken = escape(json.dumps(script_words(voice), ensure_ascii=False), quote=True)
    others = "\n".join(
        f'<a href="?lang={one}" lang="{one}" hreflang="{one}">{escape(name)}</a>'
        for one, name in languages().items()
        if one is not voice.language
    )
    return f"""<!doctype html>
<html lang="{voice.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{words["title"]}</title>
<link rel="stylesheet" href="/page/upload.css">
<script type="module" src="/page/upload.js"></script>
</head>
<body>
<nav aria-label="{words["languages"]}">{others}</nav>
<main data-words="{spoken}">
<h1>{words["title"]}</h1>
<p class="work">{words["work"]}</p>
<p id="intro">{words["intro"]}</p>
<label class="drop">{words["choose"]}
<input type="file" multiple aria-describedby="intro" accept=".pdf,.jpg,.jpeg,.tif,.tiff,.png,.djvu,.djv,.zip">
</label>
<ul id="files" aria-live="polite"></ul>
</main>
</body>
</html>
"""
