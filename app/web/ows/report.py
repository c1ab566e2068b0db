"""Errors as WMS and WMTS write them."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import BadValue, NotOffered
from app.web.http.errors import VARY, RequestProblem

WMS, WMTS = "/wms", "/wmts"
WMS_CODES = {
    "LAYERS": "LayerNotDefined", "LAYER": "LayerNotDefined", "QUERY_LAYERS": "LayerNotDefined",
    "STYLES": "StyleNotDefined", "STYLE": "StyleNotDefined", "FORMAT": "InvalidFormat",
    "INFO_FORMAT": "InvalidFormat", "CRS": "InvalidCRS", "SRS": "InvalidSRS",
    "I": "InvalidPoint", "J": "InvalidPoint", "X": "InvalidPoint", "Y": "InvalidPoint",
    "REQUEST": "OperationNotSupported",
}  # fmt: skip
WMTS_CODES = {
    "TILEROW": "TileOutOfRange", "TILECOL": "TileOutOfRange", "I": "PointIJOutOfRange",
    "J": "PointIJOutOfRange", "REQUEST": "OperationNotSupported",
}  # fmt: skip
MISSING, INVALID, OTHER = "MissingParameterValue", "InvalidParameterValue", "NoApplicableCode"


def report(request: Request, problem: RequestProblem) -> Response | None:
    """The report, where the request was one of these services."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    service = "/" + path.lstrip("/").partition("/")[0]
    if service not in (WMS, WMTS):
        return None
    error = problem.error
    name = error.name if isinstance(error, BadValue) else ""
    names: Mapping[str, str] = {one.upper(): text for one, text in request.query_params.items()}
    if service == WMTS:
        body = wmts_report(code_of(error, WMTS_CODES), name, problem.detail)
        media_type = "text/xml"
    elif names.get("VERSION", "").startswith("1.1") or "SRS" in names:
        body = wms_report("1.1.1", code_of(error, WMS_CODES), name, problem.detail)
        media_type = "application/vnd.ogc.se_xml"
    else:
        body = wms_report("1.3.0", code_of(error, WMS_CODES), name, problem.detail)
        media_type = "text/xml"
    headers = {**(problem.headers or {}), **VARY}
    return Response(body.encode("utf-8", "replace"), problem.status, headers, media_type)


def code_of(error: Exception, codes: Mapping[str, str]) -> str:
    if isinstance(error, NotOffered):
        return "LayerNotQueryable"
    if not isinstance(error, BadValue):
        return OTHER
    if error.value == "":
        return MISSING
    return codes.get(error.name, INVALID)


def wms_report(version: str, code: str, name: str, detail: str) -> str:
    space = (
        ' xmlns="http://www.opengis.net/ogc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://www.opengis.net/ogc'
        ' http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd"'
    )
    newer = version == "1.3.0"  # the DTD of 1.1.1 knows no locator
    where = f" locator={quoteattr(name)}" if name and newer else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ServiceExceptionReport version="{version}"{space if newer else ""}>\n'
        f'  <ServiceException code="{code}"{where}>{escape(detail)}</ServiceException>\n'
        "</ServiceExceptionReport>\n"
    )


def wmts_report(code: str, name: str, detail: str) -> str:
    where = f" locator={quoteattr(name)}" if name else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="1.0.0">\n'
        f'  <ows:Exception exceptionCode="{code}"{where}>\n'
        f"    <ows:ExceptionText>{escape(detail)}</ows:ExceptionText>\n"
        "  </ows:Exception>\n</ows:ExceptionReport>\n"
    )
