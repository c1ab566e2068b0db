"""A feature as one flat row: what every tabular format writes, in the same columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.faces.face import Selection
from app.plan.models import PRECISIONS, STATUSES, PlanRef
from app.plan.pack import Pack
from app.plan.text import LIST_SEPARATOR


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its machine name, its type (one of FIELD_TYPES), and its names for people."""

    id: str
    type: str
    title: str
    title_en: str
    unit: str = ""

    def heading(self, lang: str) -> str:
        """`面积 (亩)`."""
        title = self.title if lang == "zh" else self.title_en
        return f"{title} ({self.unit})" if self.unit else title


COMMON = (
    Column("id", "text", "编号", "Id"),
    Column("name", "text", "名称", "Name (Chinese)"),
    Column("name_en", "text", "英文名称", "Name (English)"),
    Column("layer", "text", "图层代码", "Layer id"),
    Column("layer_title", "text", "图层", "Layer"),
    Column("category", "text", "类别代码", "Category id"),
    Column("category_title", "text", "类别", "Category"),
    Column("plan_term", "text", "规划原文名称", "Wording of the plan"),
    Column("summary", "text", "简介", "Summary (Chinese)"),
    Column("summary_en", "text", "英文简介", "Summary (English)"),
    Column("scope", "text", "范围", "Scope"),
    Column("counties", "list", "县区代码", "County codes"),
    Column("county_names", "list", "县区", "Counties"),
    Column("county_basis", "text", "县区依据", "Basis of the county"),
    Column("status", "text", "状态代码", "Status id"),
    Column("status_title", "text", "状态", "Status"),
    Column("status_basis", "text", "状态依据", "Basis of the status"),
    Column("facts", "list", "要点", "Facts (Chinese)"),
    Column("facts_en", "list", "英文要点", "Facts (English)"),
    Column("origin", "text", "出自", "Origin (Chinese)"),
    Column("origin_en", "text", "英文出自", "Origin (English)"),
    Column("plan", "text", "规划出处", "Place in the plan"),
    Column("plan_more", "list", "其他出处", "Other places in the plan"),
    Column("uncertainty_m", "number", "误差半径", "Uncertainty", "m"),
    Column("precision", "text", "定位精度代码", "Precision id"),
    Column("precision_title", "text", "定位精度", "Precision"),
    Column("basis", "text", "位置依据", "Basis of the place"),
    Column("method", "text", "定位方法", "Method"),
    Column("places", "list", "所用地点", "Places used"),
    Column("along", "list", "所沿线路", "Lines followed"),
    Column("location", "text", "位置说明", "How located (Chinese)"),
    Column("location_en", "text", "英文位置说明", "How located (English)"),
    Column("place_note", "text", "位置备注", "Note on the place (Chinese)"),
    Column("place_note_en", "text", "英文位置备注", "Note on the place (English)"),
    Column("related", "list", "相关项目", "Related items"),
    Column("note", "text", "备注", "Note (Chinese)"),
    Column("note_en", "text", "英文备注", "Note (English)"),
    Column("source", "list", "坐标来源", "Sources"),
)


def columns(pack: Pack, layers: Iterable[str] = ()) -> tuple[Column, ...]:
    """The common columns, then the typed fields of the layers chosen (all, if none is)."""
    chosen = set(layers)
    found = {column.id: column for column in (*COMMON, *status_columns(pack))}
    for layer in pack.layers:
        if not chosen or layer.id in chosen:
            for field in layer.fields:
                column = Column(field.id, field.type, field.title, field.title_en, field.unit)
                found.setdefault(field.id, column)
    return tuple(found.values())


def status_columns(pack: Pack) -> tuple[Column, Column]:
    """The two columns of the status, called what the pack calls it."""
    title, title_en = pack.info.status_titles
    return (
        Column("status", "text", f"{title}代码", f"{title_en} (id)"),
        Column("status_title", "text", title, title_en),
    )


def columns_of(selection: Selection) -> tuple[Column, ...]:
    """The columns of what is selected: those of items, or of whatever else it is."""
    if not selection.properties:
        return columns(selection.pack, selection.view.layer)
    own = tuple(
        Column(one.id, one.type, one.title, one.title_en, one.unit) for one in selection.properties
    )
    return own if own[0].id == "id" else (Column("id", "text", "编号", "Id"), *own)


def rows(selection: Selection, wanted: Sequence[Column]) -> list[list[Any]]:
    """The cells of every feature, in the order of the columns; unknown is None."""
    if selection.properties:
        flats = ({"id": one["id"], **one["properties"]} for one in selection.features)
        return [[cell_of(flat.get(column.id)) for column in wanted] for flat in flats]
    titles = Titles.of(selection.pack, selection.lang)
    return [
        [cell_of(flat.get(column.id)) for column in wanted]
        for flat in (titles.flat(feature["properties"]) for feature in selection.features)
    ]


@dataclass(frozen=True, slots=True)
class Titles:
    """What ids of a pack are called, in one language."""

    layers: dict[str, str]
    categories: dict[tuple[str, str], str]
    counties: dict[str, str]
    statuses: dict[str, str]
    status: str
    """What a status is called."""
    status_basis: str
    """Whose word of which year it is; empty where the pack does not say."""
    precisions: dict[str, str]
    lang: str

    @classmethod
    def of(cls, pack: Pack, lang: str) -> "Titles":
        def title(thing: Any, name: str = "title") -> str:
            return str(getattr(thing, name if lang == "zh" else f"{name}_en"))

        which = int(lang != "zh")
        return cls(
            {layer.id: title(layer) for layer in pack.layers},
            {(layer.id, one.id): title(one) for layer in pack.layers for one in layer.categories},
            {county.code: title(county, "name") for county in pack.info.counties},
            {id: names[which] for id, names in STATUSES.items()},
            pack.info.status_titles[which],
            pack.info.status_titles[which] if pack.info.status_title else "",
            {id: names[which] for id, names in PRECISIONS.items()},
            lang,
        )

    def flat(self, properties: dict[str, Any]) -> dict[str, Any]:
        """The properties with how it is located unfolded, and names beside ids."""
        layer, category = properties["layer"], properties["category"]
        return {
            **properties,
            **(properties.get("located_by") or {}),
            "plan": self.reference(properties.get("plan")),
            "plan_more": [self.reference(one) for one in properties.get("plan_more") or ()],
            "layer_title": self.layers.get(layer),
            "category_title": self.categories.get((layer, category)),
            "county_names": [self.counties.get(code, code) for code in properties["counties"]],
            "status_title": self.statuses.get(properties["status"]),
            "status_basis": self.status_basis,
            "precision_title": self.precisions.get(properties["precision"]),
        }

    def reference(self, where: dict[str, str] | None) -> str | None:
        return PlanRef(**where).said(self.lang) if where else None


def cell_of(value: Any) -> Any:
    """Lists become `a；b`, plan references `第一章 第二节 专栏1-1`; empty is None."""
    if isinstance(value, dict):
        return str(PlanRef(**value)) or None
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(str(cell_of(part)) for part in value) or None
    return None if value == "" else value
