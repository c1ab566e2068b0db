"""Document properties of a workbook: publisher and date of the data, not the library's name and
the clock.
"""

import re
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook

from app.formats.zips import Body, zipped

APPLICATION = "Planmap"
CORE, APP = "docProps/core.xml", "docProps/app.xml"
MODIFIED = re.compile(rb"(<(?:\w+:)?modified\b[^>]*>)[^<]*")
APP_BODY = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>{application}</Application><Company>{company}</Company></Properties>"""


class Signature(NamedTuple):
    """What a workbook's properties say."""

    title: str
    publisher: str
    subject: str
    description: str
    language: str
    day: str
    """ISO 8601."""


def sign(book: Workbook, signature: Signature) -> None:
    """The properties of a workbook that is about to be saved."""
    properties = book.properties
    properties.title, properties.subject = signature.title, signature.subject
    properties.creator = properties.lastModifiedBy = signature.publisher
    properties.description, properties.language = signature.description, signature.language
    properties.created = datetime.fromisoformat(signature.day)


def dated(parts: dict[str, bytes], publisher: str, day: str) -> bytes:
    """A workbook without the time at which it was saved, and without the library's name."""
    return zipped(dated_parts(parts, publisher, day).items(), day)


def dated_parts(parts: dict[str, bytes], publisher: str, day: str) -> dict[str, Body]:
    """The parts of such a workbook."""
    app = APP_BODY.format(application=APPLICATION, company=escape(publisher)).encode()
    stamp = rb"\g<1>" + f"{day}T00:00:00Z".encode()
    own = {CORE: MODIFIED.sub(stamp, parts[CORE]), APP: app}
    return {**parts, **own}
