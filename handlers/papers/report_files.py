"""The report in every form, by name."""

from datetime import datetime

from handlers.papers.docx import as_docx
from handlers.papers.pdf import as_pdf
from handlers.papers.report import Signatories, report_sheet
from handlers.papers.report_table import report_table
from handlers.papers.sheet import DOCX, PDF, PNG, XLSX
from models.queries.reports import ReportView
from models.rules.vocabulary import Language, ReportForm

MIME: dict[ReportForm, str] = {
    ReportForm.PICTURE: PNG,
    ReportForm.WORKBOOK: XLSX,
    ReportForm.PDF: PDF,
    ReportForm.DOCX: DOCX,
}


def as_bytes(
    view: ReportView, form: ReportForm, language: Language, *, signatories: Signatories, now: datetime
) -> bytes:
    """The report as a file that says it was made `now`."""
    match form:
        case ReportForm.PICTURE:
            from handlers.papers.report_picture import report_picture  # the largest library of all

            return report_picture(view, language)
        case ReportForm.WORKBOOK:
            return report_table(view, language)
        case ReportForm.PDF:
            return as_pdf(report_sheet(view, language, signatories), now)
        case ReportForm.DOCX:
            return as_docx(report_sheet(view, language, signatories), now)
