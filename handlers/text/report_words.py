"""The words of a report: what is counted, and under which clause of the agreement."""

from handlers.text.voice import Label, label, message
from models.rules.report import Answer, Figure, Outcome
from models.rules.vocabulary import Language, ReportForm

NOTHING_ASKED = message("Nothing was asked in this time.")
NOTHING = message("Nothing was done under this clause in this time.")
REPORT = label("report", "report")
AUTHENTIC = (Language.AZ, Language.KK, Language.RU)
"""The languages in which the agreement is equally authentic (clause 5.3)."""
LOANS_AND_COPIES = "2.3"
"""The clause of the agreement that loans and copies are done under."""
FILL_RATE = label("fill_rate", "share of requests filled")
TURNAROUND = label("figures", "time to supply, in days")
UNFOUND = label("figures", "what could not be found")
REQUESTS = label("figures", "requests")
NUMBER = label("figures", "number")
SERVICE = label("figures", "service")
LIBRARY = label("figures", "library that asked")
TITLE = label("figures", "title")
ASKED_ON = label("figures", "sent on")
CLAUSE = label("figures", "clause")
QUARTERS = {
    1: label("report_button", "Quarter 1"),
    2: label("report_button", "Quarter 2"),
    3: label("report_button", "Quarter 3"),
    4: label("report_button", "Quarter 4"),
}
CONFIRM = label("button", "Confirm the figures")

FIGURES: dict[Figure, Label] = {
    Figure.ASKED: label("figures", "requests sent"),
    Figure.OUTCOME: label("figures", "what became of them"),
    Figure.ANSWER: label("figures", "first answers"),
    Figure.REASON: label("figures", "reasons of refusal"),
    Figure.LANGUAGE: label("figures", "languages of the documents"),
    Figure.OVERDUE: label("figures", "returned late or not yet"),
    Figure.LOST: label("figures", "reported lost"),
}
OUTCOMES: dict[Outcome, Label] = {
    Outcome.FILLED: label("figures", "filled"),
    Outcome.UNFILLED: label("figures", "not filled"),
    Outcome.WITHDRAWN: label("figures", "withdrawn or expired"),
    Outcome.OPEN: label("figures", "in work"),
}
ANSWERS: dict[Answer, Label] = {
    Answer.YES: label("figures", "yes"),
    Answer.CONDITIONS: label("figures", "on conditions"),
    Answer.LATER: label("figures", "later"),
    Answer.NO: label("figures", "no"),
}
FORMS: dict[ReportForm, Label] = {
    ReportForm.PICTURE: label("button", "Picture"),
    ReportForm.WORKBOOK: label("button", "Spreadsheet"),
    ReportForm.PDF: label("button", "To print (PDF)"),
    ReportForm.DOCX: label("button", "To sign (DOCX)"),
}
CLAUSES: dict[str, Label] = {
    "2.1": label("acquisition", "acquisition"),
    "2.2": label("filling_gaps", "filling the gaps"),
    "4.1": label("figures", "information for colleagues"),
}
OTHER_CLAUSES = label("button", "Other clauses")
PLAN = label("figures", "cooperation plan")
GAVE = label("figures", "given to the partner")
