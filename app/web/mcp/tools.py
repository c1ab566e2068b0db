"""What the tools answer: the views of the map, asked with words in place of an address."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

import orjson
from pydantic import Field
from shapely.geometry import shape

from app.catalog.catalog import Catalog
from app.domain.errors import NotFound
from app.domain.text.languages import title_in, word_in
from app.formats import FORMATS
from app.formats.tabular.card import card_lines, name_of
from app.formats.tabular.table import Titles
from app.selection.selection import distances
from app.store.base import CITY, OUTSIDE, Query
from app.store.proximity import is_somewhere
from app.view.view import View
from app.web.dependencies import Service, view_language
from app.web.params.parameters import chosen
from app.web.params.views import asked_view, centre_of

Q = Annotated[str, Field(description="Words to search for, in Chinese, English or pinyin")]
LAYER = Annotated[str, Field(description="Layers by id or title, comma = or")]
COUNTY = Annotated[
    str,
    Field(description="Counties by code or name; `city`: city-wide, `outside`; comma = or"),
]
CATEGORY = Annotated[str, Field(description="Categories by id or title, comma = or")]
STATUS = Annotated[str, Field(description="Statuses by id or title, as the plan says; comma = or")]
PRECISION = Annotated[str, Field(description="How well placed, by id or title; comma = or")]
TERM = Annotated[str, Field(description="Industries, products or stops, comma = or")]
SITE = Annotated[str, Field(description="Conditions of place, such as `port:20,expressway:5` (km)")]
LANG = Annotated[str, Field(description="Language of the answer; the plan's first unless said")]
LIMIT = Annotated[int, Field(ge=1, le=100, description="Items at most")]
OFFSET = Annotated[int, Field(ge=0, description="Items to leave out from the start")]

COUNTED = ("layer", "county", "category", "status", "precision")
MAP = "map"
EXTENSIONS = tuple(file_format.ext for file_format in FORMATS)
Answer = dict[str, Any]


class PlanTools:
    """The tools of a service; `address` is where its map is served, with a slash at the end."""

    def __init__(self, service: Service, address: str) -> None:
        self._service, self._address = service, address

    @property
    def version(self) -> str:
        """The version of the data that answers."""
        return self._service.store.version

    @property
    def catalog(self) -> Catalog:
        return self._service.catalog

    async def search_items(
        self, *, q: Q = "", layer: LAYER = "", county: COUNTY = "", category: CATEGORY = "",
        status: STATUS = "", precision: PRECISION = "", term: TERM = "", site: SITE = "",
        lang: LANG = "", limit: LIMIT = 20, offset: OFFSET = 0,
    ) -> Answer:  # fmt: skip
        """Items of the plan that match all conditions, in the plan's order. Without conditions:
        all of them. Each comes with where the plan says it, how it was located, how many metres
        off it may be, and its link on the map.
        """
        view = await self._view(locals())
        return await self._page(view, view.query(), limit, offset)

    async def get_item(
        self, *, id: Annotated[str, Field(description="As other tools give it")], lang: LANG = ""
    ) -> Answer:
        """Everything known of one item, as its card on the map says it, with its geometry."""
        view = await self._view({"lang": lang})
        body = await self._service.store.feature(id)
        if body is None:
            raise NotFound("item", id, ["the ids that search_items gives"])
        feature = orjson.loads(body)
        titles = self._titles(view)
        lines = card_lines(feature["properties"], titles, titles.lang)
        item = self._item(feature, titles)
        return {**self._facts(), **item, "card": dict(lines), "geometry": feature["geometry"]}

    async def near(
        self, *,
        place: Annotated[
            str, Field(description="A place of the gazetteer by name, `lng,lat`, or an item's id")
        ],
        km: Annotated[float, Field(gt=0, le=1000, description="How far, as the crow flies")] = 10,
        q: Q = "", layer: LAYER = "", county: COUNTY = "", category: CATEGORY = "",
        status: STATUS = "", precision: PRECISION = "", term: TERM = "", lang: LANG = "",
        limit: LIMIT = 20, offset: OFFSET = 0,
    ) -> Answer:  # fmt: skip
        """Items around a place, the nearest first, each with its distance in km. What is known
        only by its county is near nothing.
        """
        is_item = await self._service.store.feature(place) is not None
        centre = {"focus" if is_item else "place": place, "near": f"{km:g}"}
        view = await self._view({**locals(), "place": ""} | centre)
        return await self._page(view, view.query(), limit, offset)

    async def count_by(
        self, *, property: Annotated[str, Field(description=f"One of {', '.join(COUNTED)}")],
        q: Q = "", layer: LAYER = "", county: COUNTY = "", category: CATEGORY = "",
        status: STATUS = "", precision: PRECISION = "", term: TERM = "", site: SITE = "",
        lang: LANG = "",
    ) -> Answer:  # fmt: skip
        """How many of the matching items have each value of a property. An item that several
        counties share counts in each of them. Counts say nothing of where items lie: of how many
        the place is known only roughly, `property=precision` says.
        """
        chosen("property", property, COUNTED)
        view = await self._view(locals())
        page = await self._service.store.search(view.query())
        counts: Counter[str] = Counter()
        for feature in page.parsed():
            counts.update(values_of(feature["properties"], property))
        titles = titles_of(property, self._titles(view))
        groups = [
            {
                "id": id, "title": titles.get(id, id), "count": count,
                "link": self._link(narrowed(view, property, id)),
            }
            for id, count in counts.most_common()
        ]  # fmt: skip
        link = self._link(view)
        return {**self._facts(), "matched": page.matched, "groups": groups, "link": link}

    async def view_link(
        self, *,
        format: Annotated[
            str,
            Field(description="map, embed, or a file: " + ", ".join(EXTENSIONS)),
        ] = MAP,
        q: Q = "", layer: LAYER = "", county: COUNTY = "", category: CATEGORY = "",
        status: STATUS = "", precision: PRECISION = "", term: TERM = "", site: SITE = "",
        focus: Annotated[str, Field(description="The id of an item to turn to")] = "",
        title: Annotated[str, Field(description="In place of what was chosen")] = "",
        lang: LANG = "",
    ) -> Answer:  # fmt: skip
        """The address of a view: as a map, to be embedded, or as a file in any format."""
        paths = {
            MAP: "",
            "embed": "embed",
            **{ext: f"view.{ext}" for ext in EXTENSIONS},
        }
        chosen("format", format, paths)
        view = await self._view(locals())
        matched = await self._service.store.count(view.query())
        link = self._link(view, path=paths[format])
        return {**self._facts(), "matched": matched, "link": link}

    async def _view(self, given: Mapping[str, Any]) -> View:
        """The view of some arguments, read and checked as an address is."""
        known = (
            "q", "layer", "county", "category", "status", "precision", "term", "site", "focus",
            "place", "near", "title", "lang",
        )  # fmt: skip
        pairs = [(name, str(given[name])) for name in known if given.get(name)]
        return await asked_view(self._service, pairs)

    async def _page(self, view: View, query: Query, limit: int, offset: int) -> Answer:
        page = await self._service.store.search(replace(query, limit=limit, offset=offset))
        features = list(page.parsed())
        titles, here = self._titles(view), await centre_of(self._service, view)
        aways = distances(here, features) if here else [{}] * len(features)
        items = [self._item(one, titles) | away for one, away in zip(features, aways, strict=True)]
        more = {"next_offset": offset + limit} if offset + limit < page.matched else {}
        return {
            **self._facts(), "matched": page.matched, "items": items, **more,
            "link": self._link(view),
        }  # fmt: skip

    def _item(self, feature: Answer, titles: Titles) -> Answer:
        """What every answer says of an item."""
        p = feature["properties"]
        flat = titles.flat(p)
        references = [flat["plan"], *flat["plan_more"]]
        return {
            "id": feature["id"],
            "name": name_of(p, titles.lang),
            "layer": flat["layer_title"],
            "category": flat["category_title"],
            "counties": flat["county_names"],
            "status": flat["status_title"],
            "summary": title_in(p, titles.lang, "summary"),
            "plan": [reference for reference in references if reference]
            or [title_in(p, titles.lang, "origin")],
            "precision": {
                "class": flat["precision_title"],
                "located": title_in(p, titles.lang, "location"),
                "uncertainty_m": p.get("uncertainty_m"),
            },
            "position": position_of(feature),
            "link": self._link(View(focus=feature["id"], lang=self._own(titles.lang))),
        }

    def _facts(self) -> Answer:
        info = self._service.catalog.info
        return {"plan": info.plan, "data_version": self.version}

    def _titles(self, view: View) -> Titles:
        return Titles.of(self._service.catalog, view_language(self._service, view))

    def _own(self, lang: str) -> str:
        return "" if lang == self._service.words.languages[0] else lang

    def _link(self, view: View, path: str = "") -> str:
        query = view.query_string()
        return f"{self._address}{path}" + (f"?{query}" if query else "")


def narrowed(view: View, name: str, value: str) -> View:
    """A view of which one property has one value."""
    chosen: Any = {name: (value,)}
    return replace(view, **chosen)


def values_of(properties: Mapping[str, Any], name: str) -> Iterator[str]:
    """The values by which an item is counted."""
    if name != "county":
        yield str(properties[name])
    elif properties["scope"] in (CITY, OUTSIDE):
        yield properties["scope"]
    else:
        yield from properties["counties"]


def titles_of(name: str, titles: Titles) -> Mapping[str, str]:
    """What the values of a property are called."""
    categories = {id: title for (_, id), title in titles.categories.items()}
    scopes = {one: word_in(f"card.scope.{one}", titles.lang) for one in (CITY, OUTSIDE)}
    return {
        "layer": titles.layers, "county": {**titles.counties, **scopes}, "category": categories,
        "status": titles.statuses, "precision": titles.precisions,
    }[name]  # fmt: skip


def position_of(feature: Answer) -> tuple[float, float] | None:
    """Its point, or one that is sure to lie on it; nothing of one known by its county alone."""
    if not is_somewhere(feature):
        return None
    point = shape(feature["geometry"]).representative_point()
    return round(point.x, 6), round(point.y, 6)
