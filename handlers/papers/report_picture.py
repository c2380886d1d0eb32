"""The report as a picture: bars with their figures, in the letters of four languages."""

from io import BytesIO
from pathlib import Path
from textwrap import fill

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties

from handlers.text import report_words, reports
from handlers.text.cards import library_name
from handlers.text.voice import Voice
from models.queries.reports import ReportView
from models.rules.report import Figure, Outcome
from models.rules.vocabulary import Language

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
COLOURS = ("#1f6f8b", "#d98e04")
"""Told apart by everybody, on paper without colours too: one is twice as dark."""
INCHES = (9.0, 5.0)
DOTS = 110
WIDTH = 0.38
LONGEST_NAME = 18


def report_picture(view: ReportView, language: Language) -> bytes:
    """What became of the requests of each library, as PNG of 990 by 550 pixels."""
    voice, font = Voice(language), FontProperties(fname=str(FONT))
    canvas = Canvas(figsize=INCHES, dpi=DOTS, layout="constrained")
    axes = canvas.add_subplot()
    for place, library in enumerate(view.libraries):
        counts = [_count(view, library.id, one) for one in Outcome]
        where = [one + (place - 0.5) * WIDTH for one in range(len(Outcome))]
        bars = axes.bar(where, counts, WIDTH, color=COLOURS[place], label=library_name(voice, library))
        axes.bar_label(bars, [voice.number(count) for count in counts], padding=2, fontproperties=font)
    names = [fill(voice.label(report_words.OUTCOMES[one]), LONGEST_NAME) for one in Outcome]
    axes.set_xticks(range(len(Outcome)), names, fontproperties=font)
    axes.set_yticks([])
    axes.margins(y=0.15)
    axes.spines[["top", "right", "left"]].set_visible(False)
    title, _agreement = reports.heads(voice, view)
    axes.set_title(title, fontproperties=FontProperties(fname=str(FONT), size=14))
    # Under the plot: inside it a tall bar would meet it.
    canvas.legend(prop=font, frameon=False, loc="outside lower center", ncols=len(view.libraries))
    out = BytesIO()
    FigureCanvasAgg(canvas)
    canvas.savefig(out, format="png")
    return out.getvalue()


def _count(view: ReportView, library: int, outcome: Outcome) -> int:
    found = (
        one.count
        for one in view.entries
        if (one.figure, one.library, one.service, one.value) == (Figure.OUTCOME, library, None, outcome)
    )
    return next(found, 0)
