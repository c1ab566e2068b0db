"""The tables of a pack as one workbook that Excel, WPS and LibreOffice edit, and back."""

from app.exchange.workbook.take import Taken, take
from app.exchange.workbook.write import export

__all__ = ["Taken", "export", "take"]
