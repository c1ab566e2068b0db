"""What a row and a feature are made of: every property once, with its type, meaning and words.

The data dictionary, the workbook's comments and the JSON schema are all read off this list, so
that none of them can say something else.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from app.domain.models import (
    BASES,
    COUNTY_BASES,
    METHODS,
    PRECISIONS,
    STATUS_TITLES,
    STATUSES,
    Field,
    Layer,
)
from app.domain.text.languages import ENGLISH, name_of_language


class Choice(NamedTuple):
    """A value of a closed list, in the pack's words."""

    id: str
    title: str
    title_en: str


class TitledChoice(Choice):
    """One that a record of the pack titles, in as many languages as that does."""

    translations: Mapping[str, str]

    @classmethod
    def of(cls, record: Any) -> "TitledChoice":
        choice = cls(record.id, record.title, record.title_en)
        choice.translations = record.translations
        return choice


class Word(Choice):
    """A value of a closed list, in the product's words."""

    of_product = True


SCOPE_WORDS: tuple[Choice, ...] = (
    Word("county", "所列县区", "In the counties named"),
    Word("city", "全市", "The whole city"),
    Word("outside", "市外", "Outside the city"),
)
COUNTY_BASIS_WORDS: tuple[Choice, ...] = tuple(
    map(Word, COUNTY_BASES, ("规划写明", "据其他资料推断"), ("The plan says so", "Inferred"))
)

BASIS_WORDS: tuple[Choice, ...] = tuple(
    Word(id, *titles)
    for id, titles in {
        **BASES,
        "published": ("公布的坐标或界线", "Published position or boundary"),
    }.items()
)
"""A county's boundary is published too, so that neither word alone would be true."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a feature, or one column of a table."""

    id: str
    type: str
    """One of the types of a layer's own fields, or `object`."""
    title: str
    title_en: str
    description: str
    description_en: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    unit_en: str = ""
    of_product: bool = True
    """Whether its words are the product's; a layer's own field speaks the pack's languages."""
    translations: Mapping[str, str] = dataclasses.field(
        default_factory=dict, compare=False, repr=False
    )


def words(closed: dict[str, Any]) -> tuple[Choice, ...]:
    """A closed list of models.py as choices."""
    return tuple(Word(id, titles[0], titles[1]) for id, titles in closed.items())


def text_property(
    id: str, title: str, title_en: str, description: str, description_en: str
) -> Property:
    return Property(id, "text", title, title_en, description, description_en)


def choice_property(
    id: str, title: str, title_en: str, about: str, about_en: str, *, choices: tuple[Choice, ...]
) -> Property:
    return Property(id, "text", title, title_en, about, about_en, choices)


def list_property(
    id: str, title: str, title_en: str, description: str, description_en: str
) -> Property:
    return Property(id, "list", title, title_en, description, description_en)


ROW: tuple[Property, ...] = (
    text_property("id", "编号", "Id", "永不改变的英文短名", "Stable slug, the same for ever"),
    text_property("name", "名称", "Name", "显示的中文名称", "The name shown, in Chinese"),
    text_property("name_en", "英文名称", "English name", "自然的英文名称",
    "The name in natural English"),
    text_property(
        "plan_term", "规划原文名称", "Wording of the plan",
        "规划里的原词", "The plan's exact wording",
    ),
    text_property("category", "类别", "Category", "图层的一个类别",
    "One of the layer's categories"),
    choice_property(
        "status", *STATUS_TITLES,
        "规划成文之时所说的状态，按其用词归并，不是今天的建设进度",
        "What the plan says in the year it was written, read from its words; not the state of the "
        "works today",
        choices=words(STATUSES),
    ),
    choice_property(
        "scope", "范围", "Scope",
        "表格中留空表示位于所列县区", "Empty in the tables: in the counties named",
        choices=SCOPE_WORDS,
    ),
    list_property(
        "counties", "县区", "Counties",
        "表格中写县区名，接口中为六位代码；全市或市外项目为空",
        "County names in the tables, six-digit codes in the API; empty for city-wide and outside",
    ),
    choice_property(
        "county_basis", "县区依据", "County basis",
        "县区由规划写明，还是由其他资料推断", "Whether the plan names the counties",
        choices=COUNTY_BASIS_WORDS,
    ),
    text_property(
        "summary", "摘要", "Summary", "一两句话：是什么、为何重要", "What it is and why it matters"
    ),
    text_property("summary_en", "英文摘要", "English summary", "摘要的英文",
    "The summary in English"),
    list_property(
        "facts", "要点", "Facts",
        "长度、面积、产能、年份等", "Lengths, areas, capacities, years",
    ),
    list_property("facts_en", "英文要点", "English facts", "与要点一一对应", "As many as in facts"),
    list_property(
        "plan_refs", "规划出处", "Plan references",
        "章、节、专栏，第一处为主；接口中为 plan 与 plan_more",
        "Chapter, section, box; the first is the main one. `plan` and `plan_more` in the API",
    ),
    choice_property(
        "method", "定位方法", "Method",
        "由地名得出图形的方法；接口中在 located_by 内",
        "How the shape is made from places; inside `located_by` in the API",
        choices=words(METHODS),
    ),
    list_property(
        "places", "地名", "Places",
        "地名表中的名称，按顺序；接口中在 located_by 内",
        "Names of the gazetteer, in order; inside `located_by` in the API",
    ),
    list_property(
        "along", "沿线", "Along",
        "沿哪些道路、铁路或河流；接口中在 located_by 内",
        "The roads, railways or rivers it follows; inside `located_by` in the API",
    ),
    text_property(
        "place_note", "位置说明", "Place note",
        "为何在此，或为何未定位", "Why here, or why nowhere",
    ),
    text_property(
        "place_note_en", "英文位置说明", "English place note",
        "同上，英文", "The same in English",
    ),
    list_property(
        "related", "相关项目", "Related items",
        "相关项目的编号，彼此互列", "Ids, always mutual",
    ),
    text_property("note", "备注", "Note", "存疑之处、疑似笔误",
    "Doubts, suspected misprints of the plan"),
    text_property("note_en", "英文备注", "English note", "备注的英文", "The note in English"),
    text_property(
        "origin", "出自", "Origin",
        "留空：规划；report：县区上报；否则写文件名。不出自规划的项目不必有规划出处",
        "Empty: the plan; report: a county's report; else the document's name. Only an item of the "
        "plan needs a reference",
    ),
    text_property("origin_en", "英文出自", "English origin", "文件名的英文",
    "The document in English"),
    text_property(
        "contact", "联系单位", "Contact office",
        "可以询问的单位；没有公布的留空，绝不编造",
        "The office to ask; empty where none is published, never made up",
    ),
    text_property(
        "contact_en", "英文联系单位", "Contact office in English", "联系单位的英文",
        "The office in English",
    ),
    text_property("telephone", "电话", "Telephone", "公布的电话", "As published"),
    text_property("website", "网站", "Website", "以 https:// 开头的网址",
    "An address that begins with https://"),
    text_property(
        "contact_source", "联系方式来源", "Source of the contact",
        "在哪里、哪一天公布：名称、网址、日期",
        "Where and when it is published: title, address, date",
    ),
)  # fmt: skip
"""The columns of `items/<layer>.csv` that every layer has, in their order."""

BUILT: tuple[Property, ...] = (
    text_property("layer", "图层", "Layer", "图层的编号", "The layer's id"),
    Property(
        "plan", "object", "主要出处", "Main reference",
        "章、节、专栏", "Chapter, section and box",
    ),
    Property(
        "plan_more", "list", "其他出处", "Other references",
        "规划中另外提到之处", "Where else the plan says so",
    ),
    Property(
        "uncertainty_m", "number", "误差半径", "Uncertainty",
        "必含真实位置的半径，由地名与方法算出",
        "Radius that contains the true place, computed from the places and the method",
        unit="m", unit_en="m",
    ),
    choice_property(
        "precision", "定位精度", "Precision",
        "由误差半径与方法得出的等级", "Class read off the radius and the method",
        choices=words(PRECISIONS),
    ),
    choice_property(
        "basis", "位置依据", "Basis",
        "所用地名或界线中最弱的一个的依据", "That of the weakest place or boundary used",
        choices=BASIS_WORDS,
    ),
    Property(
        "located_by", "object", "定位依据", "Located by",
        "定位方法与所用地名", "The method and the places it was given",
    ),
    text_property(
        "location", "定位方式", "Location",
        "一句话说明如何定位", "How it was located, in a sentence",
    ),
    text_property("location_en", "英文定位方式", "Location in English", "同上，英文",
    "The same in English"),
    list_property("source", "来源", "Sources", "所据来源的编号", "Ids of the sources it stands on"),
    Property(
        "exits", "list", "出图处", "Exits",
        "线路离开图幅的位置与去向", "Where a line leaves the frame, and to where",
    ),
    Property(
        "access", "object", "交通距离", "Distances",
        "到最近港口、车站、高速公路、机场的直线距离（公里）；road_km 是沿公路的估计",
        "Kilometres to the nearest port, station, expressway, airport, as the crow flies; road_km "
        "is an estimate along the roads",
    ),
)  # fmt: skip
"""What a build adds; never typed by anybody."""

MOVED = {"plan_refs", "method", "places", "along"}
"""Columns of a row that a feature carries inside other properties."""

PLACE: tuple[Property, ...] = (
    text_property("name", "地名", "Name", "唯一的名称", "A name, used once"),
    list_property("aliases", "别名", "Aliases", "其他写法", "Other ways to write it"),
    text_property("name_en", "英文名", "English name", "自然的英文名", "The name in English"),
    text_property("kind", "种类", "Kind", "乡镇、村、车站、港口等",
    "Township, village, station, port …"),
    text_property("county", "县区", "County", "所在县区，或市外",
    "The county it is in, or outside"),
    Property("lng", "number", "经度", "Longitude", "WGS 84", "WGS 84", (), "°", "°"),
    Property("lat", "number", "纬度", "Latitude", "WGS 84", "WGS 84", (), "°", "°"),
    Property(
        "uncertainty_m", "number", "误差半径", "Uncertainty",
        "必含真实位置的半径", "Radius that contains the true place", unit="m", unit_en="m",
    ),
    choice_property(
        "basis", "依据", "Basis",
        "A 公布坐标，B 由公布的描述推定，C 估计", "A published, B derived from text, C estimated",
        choices=tuple(Word(id, *titles) for id, titles in zip("ABC", BASES.values(), strict=True)),
    ),
    list_property("source", "来源", "Sources", "来源表中的编号", "Ids of sources.csv"),
    text_property("evidence", "依据说明", "Evidence", "坐标从何而来",
    "Where the coordinates come from"),
    text_property("note", "备注", "Note", "存疑之处", "Doubts"),
    text_property("code", "代码", "Code", "行政区划代码", "Division code"),
)  # fmt: skip
"""The columns of `gazetteer.csv`, in their order."""


def of_field(field: Field) -> Property:
    """A layer's own typed field as a property."""
    return Property(
        field.id, field.type, field.title, field.title_en, "", "",
        unit=field.unit, unit_en=field.unit_en or field.unit,
        of_product=False, translations=field.translations,
    )  # fmt: skip


def with_status_title(
    properties: Iterable[Property], titles: tuple[str, str]
) -> tuple[Property, ...]:
    """The properties with the status called what the pack calls it."""
    if titles == STATUS_TITLES:
        return tuple(properties)
    return tuple(
        replace(one, title=titles[0], title_en=titles[1]) if one.id == "status" else one
        for one in properties
    )


def translation_properties(known: Sequence[Property], languages: Sequence[str]) -> list[Property]:
    """The texts that stand in English too, for each language beside the first and English."""
    ids = {one.id for one in known}
    translated = [one for one in known if f"{one.id}_en" in ids]
    return [
        replace(
            one, id=f"{one.id}_{lang}",
            title=f"{one.title}（{name_of_language(lang)}）",
            title_en=f"{one.title_en} ({name_of_language(lang)})",
        )
        for lang in languages[1:]
        if lang != ENGLISH
        for one in translated
    ]  # fmt: skip


def row_properties(layer: Layer, status: tuple[str, str] = STATUS_TITLES) -> tuple[Property, ...]:
    """The columns of a layer's table: the common ones with its categories, then its own."""
    row = with_status_title(ROW, status)
    common = (categorised(one, [layer]) if one.id == "category" else one for one in row)
    return (*common, *map(of_field, layer.fields))


def feature_properties(
    layers: Sequence[Layer], languages: Sequence[str] = (), status: tuple[str, str] = STATUS_TITLES
) -> tuple[Property, ...]:
    """What a built feature of these layers may have, common ones first, own fields last.

    In a pack of further languages its texts stand once more in each.
    """
    common = [one for one in with_status_title(ROW, status) if one.id not in MOVED]
    common = [categorised(one, layers) if one.id == "category" else one for one in common]
    own = {field.id: of_field(field) for layer in layers for field in layer.fields}
    whole = (*common, *BUILT)
    return (*whole, *translation_properties(whole, languages), *own.values())


def categorised(property: Property, layers: Iterable[Layer]) -> Property:
    """The category property with the categories of these layers as its closed list."""
    choices = {
        category.id: TitledChoice.of(category) for layer in layers for category in layer.categories
    }
    return replace(property, choices=tuple(choices.values()))
