/** What a view selects and what its facets count. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogueOf, select } from "../../../static/js/core/selection.js";
import { emptyView } from "../../../static/js/core/url.js";

/** @param {Partial<import("../../../static/js/core/types.d.ts").Item>} part @returns {import("../../../static/js/core/types.d.ts").Item} */
const item = (part) => ({
    id: "a", layer: "parks", category: "zone", name: "甲", name_en: "First", counties: [], scope: "county",
    status: "planned", precision: "site", basis: "published", uncertainty_m: 100, method: "point", geometry: null, ...part,
});

const ITEMS = [
    item({ id: "a", counties: ["1"], layer: "parks", status: "planned" }),
    item({ id: "b", counties: ["1", "2"], layer: "roads", category: "rail", status: "existing", name: "乙" }),
    item({ id: "c", scope: "city", layer: "roads", category: "port", status: "planned" }),
];
const pack = /** @type {any} */ ({ layers: [{ id: "parks" }, { id: "roads" }, { id: "empty" }], families: [] });
const catalogue = catalogueOf(pack, ITEMS);
const chosen = (/** @type {object} */ part, texts = null) => select(catalogue, { ...emptyView(), ...part }, texts);
const ids = (/** @type {object} */ part, /** @type {any} */ texts = null) => chosen(part, texts).items.map((one) => one.id);

test("an empty view shows everything, in order", () => {
    assert.deepEqual(ids({}), ["a", "b", "c"]);
});

test("values of one facet are alternatives, facets add up", () => {
    assert.deepEqual(ids({ county: ["1", "2"] }), ["a", "b"]);
    assert.deepEqual(ids({ county: ["1"], layer: ["roads"] }), ["b"]);
});

test("the whole city is a value of its own, and its items belong to no county", () => {
    assert.deepEqual(ids({ county: ["city"] }), ["c"]);
});

test("a count says what the value would show given the other facets", () => {
    const { counts } = chosen({ county: ["1"] });
    assert.equal(counts.county.get("2"), 1);
    assert.equal(counts.county.get("city"), 1);
    assert.equal(counts.layer.get("roads"), 1);
    assert.equal(counts.status.get("planned"), 1);
});

test("each count is what choosing that value alone then shows", () => {
    const { counts } = chosen({ layer: ["roads"] });
    for (const value of ["1", "2", "city"]) {
        assert.equal(counts.county.get(value), ids({ layer: ["roads"], county: [value] }).length, value);
    }
});

test("categories are counted per layer", () => {
    assert.equal(chosen({ layer: ["roads"], category: ["rail"] }).categories.get("roads:port"), 1);
});

test("every word of the search must occur in the item's text", () => {
    const texts = { a: "甲 first park", b: "乙 second road", c: "丙 third road park" };
    assert.deepEqual(ids({ q: "park" }, texts), ["a", "c"]);
    assert.deepEqual(ids({ q: "Road PARK" }, texts), ["c"]);
});

test("before the texts are there, names serve", () => {
    assert.deepEqual(ids({ q: "乙" }), ["b"]);
});

test("a word nobody has is taken apart into two that one item has", () => {
    const texts = { a: "甲 东县 水利", b: "乙 东县 交通", c: "丙 水利工程" };
    assert.deepEqual(ids({ q: "东县水利" }, texts), ["a"]);
    assert.deepEqual(ids({ q: "水利工程" }, texts), ["c"]);
    assert.deepEqual(ids({ q: "西县水利" }, texts), []);
    assert.deepEqual(ids({ q: "东县、水利" }, texts), ["a"]);
});

test("words of list fields are a facet, counted as the others are", () => {
    const woven = catalogueOf(pack, [item({ id: "a", terms: ["织造", "食品"] }), item({ id: "b", terms: ["食品"] }), item({ id: "c" })]);
    const found = select(woven, { ...emptyView(), term: ["织造"] }, null);
    assert.deepEqual(found.items.map((one) => one.id), ["a"]);
    assert.equal(found.counts.term.get("食品"), 2);
});

test("only layers that hold items are used", () => {
    assert.deepEqual(catalogue.used.map((layer) => layer.id), ["parks", "roads"]);
});

test("an English word that no text holds is sought without its ending", () => {
    const texts = /** @type {any} */ ({ a: "ski field", b: "water body", c: "skill in dining" });
    assert.deepEqual(ids({ q: "skiing field" }, texts), ["a"]);
    assert.deepEqual(ids({ q: "bodies" }, texts), ["b"]);
    assert.deepEqual(ids({ q: "dining" }, texts), ["c"]);
});
