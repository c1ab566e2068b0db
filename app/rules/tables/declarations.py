"""Rules about what the pack declares: fields of its layers, their drawings, sources."""

import re
from collections.abc import Iterator

from app.domain.models import Field, Layer
from app.domain.schema import BUILT, ROW
from app.domain.text.drawings import drawings_in
from app.rules.check_context import CheckContext, Finding, Rule, finding_for
from app.settings import ROOT

FIELD_ID = re.compile(r"[a-z][a-z0-9_]{0,40}")
TAKEN = {property.id for property in (*ROW, *BUILT)} | {"geometry"}


def field_id_is_free(context: CheckContext) -> Iterator[Finding]:
    """A field's id is a plain word, used once in its layer, and no common column's."""
    for layer in context.pack.layers:
        ids = [field.id for field in layer.fields]
        for id in dict.fromkeys(ids):
            if not FIELD_ID.fullmatch(id):
                expected = "lower-case letters, digits, underscores"
            elif id in TAKEN:
                expected = "an id that no common column has"
            elif ids.count(id) > 1:
                expected = f"once in layer {layer.id}"
            else:
                continue
            yield declared(field_id_is_free, id, expected)


def field_is_titled_in_both_languages(context: CheckContext) -> Iterator[Finding]:
    for layer, field in fields_of(context):
        if not field.title or (context.speaks_english and not field.title_en):
            expected = f"title and title_en in layer {layer.id}"
            yield declared(field_is_titled_in_both_languages, field.id, expected)


def field_means_one_thing(context: CheckContext) -> Iterator[Finding]:
    """Two layers that share a field's id share its type and unit: exports join them."""
    first: dict[str, tuple[Layer, Field]] = {}
    for layer, field in fields_of(context):
        elsewhere, known = first.setdefault(field.id, (layer, field))
        if (field.type, field.unit) != (known.type, known.unit):
            kind = f"{known.type} {known.unit}".strip()
            yield declared(
                field_means_one_thing, field.id, f"{kind}, as in layer {elsewhere.id}"
            )  # fmt: skip


def drawing_is_known(context: CheckContext) -> Iterator[Finding]:
    """A layer's or category's symbol and a family's shape are drawn; none else is ever seen."""
    module = ROOT / "static" / "js" / "draw" / "glyphs.js"
    drawings = drawings_in(module.read_text(encoding="utf-8"))
    named = [("shape", family.shape, f"family {family.id}") for family in context.pack.families]
    for layer in context.pack.layers:
        named.append(("symbol", layer.symbol, f"layer {layer.id}"))
        named += [
            ("symbol", category.symbol, f"category {category.id} of layer {layer.id}")
            for category in layer.categories
        ]
    for column, name, owner in named:
        known = drawings["shapes" if column == "shape" else "glyphs"]
        if name and name not in known:
            expected = f"for {owner}: one of {', '.join(sorted(known))}"
            yield Finding(
                drawing_is_known.__name__, "layers.toml", None, column, name, expected
            )  # fmt: skip


def source_is_known(context: CheckContext) -> Iterator[Finding]:
    """What places, lines, boundaries and drawn shapes stand on is a row of sources.csv."""
    known = {source.id for source in context.pack.sources}
    for file, row, source in used_sources(context):
        if source not in known:
            yield Finding(
                source_is_known.__name__, file, row, "source", source, "an id of sources.csv"
            )
    for item, located in context.placed():
        for source in located.sources if item.method == "drawn" else ():
            if source not in known:
                yield finding_for(source_is_known, item, "method", source, "an id of sources.csv")


def used_sources(context: CheckContext) -> Iterator[tuple[str, int | None, str]]:
    """Each source named in a table or by the boundaries: file, row, id; doubles dropped."""
    for place in context.pack.gazetteer:
        for source in place.source:
            yield place.row.file, place.row.number, source
    for seat in context.pack.reference_seats:
        yield seat.row.file, seat.row.number, seat.source
    for line in context.pack.lines.values():
        for source in sorted({id for point in line.points for id in point.source}):
            yield line.row.file, line.row.number, source
    for source in context.pack.boundary_sources:
        yield "boundaries.geojson", None, source


def fields_of(context: CheckContext) -> Iterator[tuple[Layer, Field]]:
    for layer in context.pack.layers:
        for field in layer.fields:
            yield layer, field


def declared(rule: Rule, id: str, expected: str) -> Finding:
    """A finding about a field of layers.toml."""
    return Finding(rule.__name__, "layers.toml", None, "fields", id, expected)


RULES: tuple[Rule, ...] = (
    field_id_is_free,
    field_is_titled_in_both_languages,
    field_means_one_thing,
    drawing_is_known,
    source_is_known,
)
