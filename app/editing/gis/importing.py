"""GIS file → pack: rows, drawn geometries and declared fields, checked as a revision."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.domain.errors import PackError
from app.domain.models import BASES, Field, Layer
from app.domain.text.slugs import SLUG_EXPECTED, is_slug
from app.editing.gis.fields import declared, matched, new_fields
from app.editing.gis.own_export import OwnExport, changes, derived_columns
from app.editing.gis.positions import misplaced
from app.editing.gis.reading.reader import Fault, GisFeature, GisFile, read_gis
from app.editing.gis.reading.reader import renamed as with_names
from app.editing.gis.rows import Cells, Evidence, Rows, drawn_text
from app.editing.revision import Revision, revise
from app.pack.pack import Pack
from app.pack.tables.csv_tables import read_table, write_table
from app.pack.tables.items import columns_of
from app.rules import Finding


@dataclass(frozen=True, slots=True)
class GisRequest:
    """What is to be imported, and what the file itself does not say."""

    file: Path
    layer: str
    uncertainty_m: float
    basis: str
    source: tuple[str, ...] = ()
    table: str = ""
    crs: str = ""
    encoding: str = ""
    declare: bool = False
    swap: bool = False
    """Whether the file has its coordinates the other way round: latitude before longitude."""
    update: bool = False
    """Whether a feature whose id exists takes the place of that row."""
    rename: Mapping[str, str] = field(default_factory=dict)
    """Column of the file → column of the table."""
    skip: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    """Column → text for every row where the file has none."""


@dataclass(frozen=True, slots=True)
class GisImport:
    """What came of it; `revision` is there when nothing stands against it."""

    gis: GisFile
    rows: tuple[Cells, ...]
    fields: tuple[Field, ...]
    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...]
    revision: Revision | None


@dataclass(frozen=True, slots=True)
class ImportedRows:
    """What a file became: rows and shapes side by side, in a layer with its new fields."""

    layer: Layer
    fields: tuple[Field, ...]
    rows: tuple[Cells, ...]
    shapes: tuple[GisFeature, ...]
    faults: tuple[Fault, ...]
    unmoved: frozenset[int]
    """Numbers of the features whose items stay where they are."""


def import_features(pack: Pack, request: GisRequest) -> GisImport:
    """Read, convert and judge; nothing is written. Raises PackError for an impossible request."""
    layer = requested_layer(pack, request)
    evidence_makes_sense(request)
    table = read_gis(
        request.file, table=request.table, crs=request.crs, encoding=request.encoding,
        frame=pack.info.frame, skip=request.skip, keep=tuple(request.rename), swap=request.swap,
    )  # fmt: skip
    derived = derived_columns(table.columns, pack, layer)
    request = replace(request, skip=(*request.skip, *derived))
    names = {**matched(table.columns, layer), **request.rename}
    gis = renamed(table, request, names)
    export = changes(pack, layer, gis, derived) if derived else OwnExport(gis)
    gis = export.gis
    evidence = Evidence(
        request.uncertainty_m, request.basis, request.source, request.file.name, gis.crs
    )
    made = rows_of_features(pack, layer, export, evidence, request)
    texts = texts_of(pack, layer, without_faults(made), evidence)
    revision = revise(pack, texts)
    findings = by_feature(revision.findings, texts, layer, made)
    good = None if made.faults or findings else revision
    return GisImport(gis, made.rows, made.fields, made.faults, findings, good)


def by_feature(
    findings: Sequence[Finding], texts: Mapping[str, str], layer: Layer, made: ImportedRows
) -> tuple[Finding, ...]:
    """What the rule book says of a new row or shape, said of its feature: nobody sees the row."""
    numbers = {row["id"]: shape.number for row, shape in zip(made.rows, made.shapes, strict=True)}
    table = f"items/{layer.id}.csv"
    reader = csv.reader(io.StringIO(texts[table], newline=""))
    column = next(reader).index("id")
    places: dict[tuple[str, int | None], int] = {
        (f"drawn/{id}.geojson", None): number for id, number in numbers.items()
    }
    for cells in reader:
        if cells[column] in numbers:
            places[table, reader.line_num] = numbers[cells[column]]
    return tuple(
        replace(finding, file=f"feature {places[finding.file, finding.row]}", row=None)
        if (finding.file, finding.row) in places
        else finding
        for finding in findings
    )


def without_faults(made: ImportedRows) -> ImportedRows:
    """The rows that nothing stands against yet: the rule book judges those."""
    bad = {fault.number for fault in made.faults}
    pairs = [pair for pair in zip(made.rows, made.shapes, strict=True) if pair[1].number not in bad]
    return replace(
        made, rows=tuple(row for row, _ in pairs), shapes=tuple(shape for _, shape in pairs)
    )


def rows_of_features(
    pack: Pack, layer: Layer, export: OwnExport, evidence: Evidence, request: GisRequest
) -> ImportedRows:
    """The rows of the features, with every fault that was met."""
    gis = export.gis
    fields = new_fields(request.file.name, gis.columns, layer, declare=request.declare)
    widened = replace(layer, fields=(*layer.fields, *fields.values()))
    check_given(request, widened)
    shapes = tuple(with_fields(shape, fields) for shape in gis.shapes)
    old = {row["id"]: row for row in table_of(pack, layer)} if request.update else {}
    maker = Rows(pack, widened, evidence, request.given, old, export=export)
    rows = tuple(maker.row(shape) for shape in shapes)
    moved = [
        pair for pair in zip(rows, shapes, strict=True) if pair[1].number not in export.unmoved
    ]
    faults = (
        *gis.faults, *maker.faults, *double_ids(maker, rows, shapes),
        *misplaced(pack, evidence.uncertainty_m, moved, maker.outside),
    )  # fmt: skip
    return ImportedRows(widened, tuple(fields.values()), rows, shapes, faults, export.unmoved)


def requested_layer(pack: Pack, request: GisRequest) -> Layer:
    layers = {layer.id: layer for layer in pack.layers}
    if request.layer not in layers:
        raise PackError("--layer", f"one of {', '.join(layers)}", value=request.layer)
    return layers[request.layer]


def evidence_makes_sense(request: GisRequest) -> None:
    if not 0 < request.uncertainty_m < 1e7:
        raise PackError(
            "--uncertainty-m", "a radius in metres above 0 and below 10000000",
            value=str(request.uncertainty_m),
        )  # fmt: skip
    if request.basis not in BASES:
        raise PackError("--basis", f"one of {', '.join(BASES)}", value=request.basis)


def renamed(gis: GisFile, request: GisRequest, names: Mapping[str, str]) -> GisFile:
    """The file without what is skipped, its columns called as the table calls them."""
    for name in (*request.rename, *request.skip):
        if name not in (*gis.columns, *gis.left_out):
            raise PackError(
                request.file.name, f"one of {', '.join(gis.columns)}", column="column", value=name
            )
    called = {name: names.get(name, name) for name in gis.columns if name not in request.skip}
    if len(set(called.values())) != len(called):
        raise PackError(request.file.name, "every column once after --rename", column="columns")
    return with_names(gis, called)


def with_fields(shape: GisFeature, fields: Mapping[str, Field]) -> GisFeature:
    """A feature whose undeclared columns are called by the id of their new field."""
    attributes = {
        fields[name].id if name in fields else name: value
        for name, value in shape.attributes.items()
    }
    return replace(shape, attributes=attributes)


def check_given(request: GisRequest, layer: Layer) -> None:
    for name in request.given:
        if name not in columns_of(layer):
            raise PackError("--set", f"one of {', '.join(columns_of(layer))}", value=name)


def double_ids(maker: Rows, rows: tuple[Cells, ...], shapes: tuple[GisFeature, ...]) -> list[Fault]:
    """Ids that cannot be one, come twice, or belong to an item of the pack that may not lose it.

    An id becomes the name of a file, so it is judged before anything is written.
    """
    taken = {item.id for item in maker.pack.items} - set(maker.old)
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for row, shape in zip(rows, shapes, strict=True):
        id = row["id"]
        if not is_slug(id):
            faults.append(Fault(shape.number, "id", id, SLUG_EXPECTED))
        elif id in first:
            faults.append(Fault(shape.number, "id", id, f"not the id of feature {first[id]} too"))
        elif id in taken:
            expected = "an id no item has, or --update where the layer has it"
            faults.append(Fault(shape.number, "id", id, expected))
        first.setdefault(id, shape.number)
    return faults


def table_of(pack: Pack, layer: Layer) -> list[Cells]:
    """The layer's rows as they are."""
    path = pack.data / "items" / f"{layer.id}.csv"
    return [record.cells for record in read_table(path, columns_of(layer))]


def texts_of(pack: Pack, layer: Layer, made: ImportedRows, evidence: Evidence) -> dict[str, str]:
    """Every file of the pack that changes: the table, the shapes, the declared fields."""
    columns = columns_of(made.layer)
    new = {row["id"]: row for row in made.rows}
    table = [
        {**dict.fromkeys(columns, ""), **new.pop(row["id"], row)} for row in table_of(pack, layer)
    ]
    texts = {f"items/{layer.id}.csv": write_table(columns, [*table, *new.values()])}
    for row, shape in zip(made.rows, made.shapes, strict=True):
        if shape.number not in made.unmoved:
            texts[f"drawn/{row['id']}.geojson"] = drawn_text(shape, evidence)
    if made.fields:
        layers = (pack.data / "layers.toml").read_text(encoding="utf-8")
        texts["layers.toml"] = declared(layers, layer.id, list(made.fields))
    return texts
