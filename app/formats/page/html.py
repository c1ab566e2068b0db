"""One HTML file that works with no network: a folium map with everything it needs inside."""

import re
from html import escape
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from app.content_policy import lone_policy, with_policy
from app.domain.text.languages import tag_of, title_in
from app.formats.page.bundle import bundle
from app.formats.page.inline import check_alone, json_text, script, script_text, stylesheet
from app.formats.page.offline import offline_data
from app.selection.about import NAMES, about_selection, label_in
from app.selection.selection import FrontEnd, Selection
from app.words import PAGE, catalogue_texts

STYLES = ("tokens", "page", "panel", "map", "map_more", "drawings", "offline")
RANDOM_ID = re.compile(r"\b([a-z_]+)_[0-9a-f]{32}(?![0-9a-f])")
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*user-scalable=no[^>]*>')
ENTRY = "offline/main.js"
START = 'start(window.drawn, JSON.parse(document.getElementById("offline-data").textContent));'


def render(selection: Selection) -> bytes:
    """The page: drawn by folium, made self-contained, and proved to be so."""
    assert selection.files is not None, "an offline page is made of the front end's files"
    page = with_stable_ids(folium_page(selection, selection.files), selection)
    page = with_policy(page, lone_policy(page))
    check_alone(page)
    return page.encode()


def folium_page(selection: Selection, files: FrontEnd) -> str:
    """The page as folium writes it, with our styles and scripts instead of its own."""
    chart = folium.Map(
        tiles=None, attribution_control=False, control_scale=True,
        zoom_snap=0.25, wheel_px_per_zoom_level=90,
    )  # fmt: skip
    chart.default_js, chart.default_css = [], []
    root = chart.get_root()
    assert isinstance(root, Figure)
    root.title = escape(about_selection(selection).title)
    root.header.add_child(RawText(head(files, selection) + meta_tags(selection)), name="head")
    root.html.add_child(RawText(body(selection)), name="body")
    draw(chart, selection)
    root.html.add_child(RawText(data_and_script(selection, files)), name="tail")
    return str(root.render())


class RawText(Element):
    """Text that is written as it is."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "RawText"
        self.text = text


class MapHandover(MacroElement):
    """Leaves what folium drew where the page's modules find it."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        window.drawn = {
            map: {{ this.chart.get_name() }},
            control: {{ this.control.get_name() }},
            layers: {
                {%- for id, group in this.groups.items() %}
                {{ id|tojson }}: {{ group.get_name() }},
                {%- endfor %}
            },
        };
        {% endmacro %}
    """)

    def __init__(self, chart: Any, control: Any, groups: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MapHandover"
        self.chart, self.control, self.groups = chart, control, groups


def draw(chart: folium.Map, selection: Selection) -> None:
    """The switch of the layers; the ground and their items are drawn by the page's modules."""
    groups = {}
    for layer in selection.catalog.layers:
        in_layer = [
            feature for feature in selection.features if feature["properties"]["layer"] == layer.id
        ]
        if in_layer:
            title = title_in(layer, selection.lang)
            groups[layer.id] = folium.FeatureGroup(name=title).add_to(chart)
    control = folium.LayerControl(collapsed=False).add_to(chart)
    MapHandover(chart, control, groups).add_to(chart)


def head(files: FrontEnd, selection: Selection) -> str:
    """Styles and Leaflet."""
    leaflet = files.packages / "leaflet" / "dist"
    names = [*STYLES, *(["status"] if selection.view.colour else [])]
    sheets = [leaflet / "leaflet.css", *(files.static / "css" / f"{name}.css" for name in names)]
    return "\n".join([
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{''.join(map(stylesheet, sheets))}</style>",
        f"<script>{script(leaflet / 'leaflet.js')}</script>",
    ])  # fmt: skip


def meta_tags(selection: Selection) -> str:
    """What the page is, whose, of which day, for who files or finds it."""
    facts = about_selection(selection)
    named = {
        "author": facts.publisher, "description": facts.citation, "keywords": facts.subject,
        "dcterms.title": facts.title, "dcterms.publisher": facts.publisher,
        "dcterms.language": facts.language, "dcterms.modified": facts.updated,
        "dcterms.source": facts.url, "dcterms.rights": facts.attribution,
    }  # fmt: skip
    return "".join(
        f'\n<meta name="{name}" content="{escape(text)}">' for name, text in named.items() if text
    )


def body(selection: Selection) -> str:
    """What stands around the map; folium puts the map after it."""
    facts, words = about_selection(selection), catalogue_texts(selection.lang, PAGE)
    named = {key: label_in(key, selection.lang) for key in NAMES}
    credits = [
        facts.attribution,
        f"{named['version']} {facts.version} {facts.updated}".strip(),
        f"{named['approval']} {facts.approval}" if facts.approval else "",
    ]
    spans = "".join(f"<span>{escape(text)}</span>" for text in credits if text)
    search = escape(words["search"])
    return (
        f'<header id="offline-head"><div><h1>{escape(facts.title)}</h1>'
        f"<p>{escape(facts.plan)} · {escape(facts.filtered)}</p></div>"
        f'<label class="search"><span class="unseen">{search}</span>'
        f'<input id="q" type="search" placeholder="{search}" autocomplete="off"></label></header>'
        '<main id="results" tabindex="-1"></main>'
        '<div id="stage-key"><div id="key" class="legend-body"></div></div>'
        f'<footer id="offline-credit">{spans}</footer>'
    )


def data_and_script(selection: Selection, files: FrontEnd) -> str:
    """The data and the one script that brings the page to life, when folium has drawn the map."""
    data = json_text(offline_data(selection))
    front = script_text(bundle(files.static / "js", ENTRY, given=("leaflet",)))
    return (
        f'<script type="application/json" id="offline-data">{data}</script>'
        f'<script type="module">const {{ start }} = {front};\n{START}</script>'
    )


def with_stable_ids(page: str, selection: Selection) -> str:
    """The same page for the same view: folium's random ids become numbers, the map is `map`."""
    ids: dict[str, str] = {}
    for match in RANDOM_ID.finditer(page):
        stem = match[1]
        ids.setdefault(match[0], "map" if stem == "map" else f"{stem}_{len(ids) + 1}")
    page = RANDOM_ID.sub(lambda match: ids[match[0]], page)
    # Who needs large text may zoom: folium would forbid it.
    tag = tag_of(selection.lang)
    look = {"data-theme": selection.view.theme, "data-colour": selection.view.colour}
    set_ones = "".join(f' {name}="{value}"' for name, value in look.items() if value)
    return VIEWPORT.sub("", page).replace("<html>", f'<html lang="{tag}"{set_ones}>', 1)
