"""The answers of the map services against the OGC's schemas: `python -m tools.ows_schemas JAR URL`.

The jar is `org.jvnet.ogc:ogc-schemas`, the published schemas as files; no network is asked.
"""

import io
import sys
import zipfile
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from lxml import etree

CAPABILITIES, REPORT = "wms/1.3.0/capabilities_1_3_0.xsd", "wms/1.3.0/exceptions_1_3_0.xsd"
OLD, OLD_REPORT = "wms/1.1.1/WMS_MS_Capabilities.dtd", "wms/1.1.1/WMS_exception_1_1_1.dtd"
TILES, TILES_REPORT = "wmts/1.0/wmtsGetCapabilities_response.xsd", "ows/1.1.0/owsAll.xsd"
ASKED = (
    ("/wms?SERVICE=WMS&REQUEST=GetCapabilities", CAPABILITIES),
    ("/wms?SERVICE=WMS&REQUEST=GetCapabilities&status=planned", CAPABILITIES),
    ("/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap", REPORT),
    ("/wms?SERVICE=WMS&REQUEST=GetMaps", REPORT),
    ("/wms", REPORT),
    ("/wms?SERVICE=WMS&VERSION=1.1.1&REQUEST=GetCapabilities", OLD),
    ("/wms?SERVICE=WMS&VERSION=1.1.1&REQUEST=GetMap", OLD_REPORT),
    ("/wms?SERVICE=WMS&VERSION=1.1.1&REQUEST=GetMap&LAYERS=%20", OLD_REPORT),
    ("/wmts?SERVICE=WMTS&REQUEST=GetCapabilities", TILES),
    ("/wmts/1.0.0/WMTSCapabilities.xml", TILES),
    ("/wmts?SERVICE=WMTS&REQUEST=GetTile", TILES_REPORT),
    ("/wmts?SERVICE=WMTS&REQUEST=GetCoverage", TILES_REPORT),
    ("/wmts/plan/light/WebMercatorQuad/3/90/6.png", TILES_REPORT),
)
PUBLISHED = "http://schemas.opengis.net/"
XML = "http://www.w3.org/XML/1998/namespace"
XLINK = "http://www.w3.org/1999/xlink"
W3C = {
    "xml.xsd": f"""<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{XML}">
    <attribute name="lang" type="language"/></schema>""",
    "xlink.xsd": f"""<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:x="{XLINK}"
    targetNamespace="{XLINK}"><attribute name="type" type="string"/>
    <attribute name="href" type="anyURI"/><attribute name="role" type="anyURI"/>
    <attribute name="arcrole" type="anyURI"/><attribute name="title" type="string"/>
    <attribute name="show" type="string"/><attribute name="actuate" type="string"/>
    <attributeGroup name="simpleAttrs"><attribute ref="x:type" fixed="simple"/>
    <attribute ref="x:href"/><attribute ref="x:role"/><attribute ref="x:arcrole"/>
    <attribute ref="x:title"/><attribute ref="x:show"/><attribute ref="x:actuate"/>
    </attributeGroup></schema>""",
}  # fmt: skip
"""What the OGC's schemas use of the W3C's, which are not in the jar."""


class InJar(etree.Resolver):
    """Finds what a schema imports in the jar."""

    def __init__(self, jar: zipfile.ZipFile) -> None:
        self.jar = jar

    def resolve(self, url: str, public: str, context: Any) -> Any:
        known = W3C.get(url.rpartition("/")[2])
        text = known.encode() if known else self.jar.read(f"ogc/{url.removeprefix(PUBLISHED)}")
        return self.resolve_string(text, context, base_url=url)


def schema_of(jar: zipfile.ZipFile, name: str) -> etree.DTD | etree.XMLSchema:
    text = jar.read(f"ogc/{name}")
    if name.endswith(".dtd"):
        return etree.DTD(io.BytesIO(text))
    parser = etree.XMLParser()
    parser.resolvers.add(InJar(jar))
    return etree.XMLSchema(etree.fromstring(text, parser, base_url=PUBLISHED + name))


def body_of(address: str) -> bytes:
    try:
        with urlopen(address) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        return error.read()


def main(path: str, url: str) -> int:
    """Say which answers are not as their schema has it; 1 where there is one."""
    failed = 0
    with zipfile.ZipFile(path) as jar:
        for asked, name in ASKED:
            schema = schema_of(jar, name)
            if not schema.validate(etree.fromstring(body_of(url + asked))):
                failed += 1
                print("FAIL", asked, name, schema.error_log[0].message)
    print(f"{len(ASKED) - failed} passed, {failed} failed")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
