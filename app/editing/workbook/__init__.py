"""The tables of a pack as one workbook that Excel, WPS and LibreOffice edit, and back."""

from app.editing.workbook.exporting import export_workbook
from app.editing.workbook.importing import ImportResult, import_workbook

__all__ = ["ImportResult", "export_workbook", "import_workbook"]
