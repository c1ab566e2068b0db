/** What a search may mean beyond its words, and which names come closest to one that nobody has. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { closestNames, wrongIn } from "../../../static/js/core/search/closest.js";
import { boxesCalled, isBoxNumber } from "../../../static/js/core/search/boxes.js";
import { isSaidWhole, meaningsOf, nearnessOf, positionOf } from "../../../static/js/core/search/meanings.js";
import { catalogueOf } from "../../../static/js/core/selection.js";

const cases = JSON.parse(readFileSync(new URL("meaning_cases.json", import.meta.url), "utf8"));
const item = (/** @type {object} */ part) => /** @type {any} */ ({ counties: [], scope: "county", name_en: "", geometry: null, ...part });
const ITEMS = [
    item({ id: "zone", layer: "parks", name: "甲园", access: { port: { km: 5, doubt_km: 1 } } }),
    item({ id: "dam", layer: "water", name: "青山水库", name_en: "Qingshan Reservoir" }),
    item({ id: "old", layer: "water", name: "兴城古城", name_en: "Old Town" }),
];
const pack = /** @type {any} */ ({ families: [], layers: [{ id: "parks", title: "九大园区", title_en: "Nine parks", access: true }, { id: "water", title: "水利", title_en: "Water" }] });
const catalogue = catalogueOf(pack, ITEMS);
const places = /** @type {any[]} */ ([{ name: "兴城站", name_en: "Xingcheng Station", spelt: ["xcz"] }, { name: "北港", name_en: "North Port", spelt: [] }]);
const destinations = { port: { names: ["港口", "port"], places: ["北港"] } };
const meant = (/** @type {string} */ typed) => meaningsOf(typed, catalogue, places, destinations);

test("a pair of coordinates is a position, whatever its form and order", () => {
    for (const [typed, position] of cases.positions) assert.equal(positionOf(typed), position, typed);
    assert.deepEqual(meant("40.75，120.85"), [{ place: "120.85,40.75", near: "10" }]);
});

test("what is near what is read in both languages", () => {
    for (const [typed, what, where, km] of cases.nearness) assert.deepEqual(nearnessOf(typed), what === null ? null : { what, where, km }, typed);
});

test("what is measured to ports is a condition of place, all else is around the ports themselves", () => {
    assert.deepEqual(meant("港口附近的园区"), [{ layer: ["parks"], site: ["port:10"] }]);
    assert.deepEqual(meant("Parks near the ports"), [{ layer: ["parks"], site: ["port:10"] }]);
    assert.deepEqual(meant("港口附近的水利项目"), [{ layer: ["water"], place: "北港", near: "10" }]);
    assert.deepEqual(meant("水库 near xcz"), [{ q: "水库", place: "兴城站", near: "10" }]);
    assert.deepEqual(meant("月亮附近的园区"), []);
    assert.deepEqual(meant("水库"), []);
});

test("names nearly written or spelt so are the closest, the closest first", () => {
    const texts = { zone: "甲园\njiayuan\njy", dam: "青山水库\nqingshanshuiku\nqssk", old: "兴城古城\nxingchenggucheng\nxcgc" };
    assert.equal(wrongIn("辛城古城", "兴城古城"), 1);
    assert.deepEqual(closestNames("辛城古城", ITEMS, texts).map((one) => one.id), ["old"]);
    assert.equal(closestNames("qinshanshuku", ITEMS, texts)[0]?.id, "dam");
    assert.equal(closestNames("reservior", ITEMS, texts)[0]?.id, "dam");
    assert.deepEqual(closestNames("月球基地", ITEMS, texts), []);
});

test("a position or a nearness is said outright; a name is not", () => {
    for (const typed of ["40.7,120.8", "parks near the port", "港口附近的园区"]) assert.ok(isSaidWhole(typed), typed);
    for (const typed of ["", "高铁站", "G102", "2021"]) assert.ok(!isSaidWhole(typed), typed);
});

test("a box is called by its number in any language, or by its title", () => {
    const box = (/** @type {string} */ number, /** @type {string} */ title) => ({ chapter: "", section: "", box: `专栏${number}`, title, title_en: "", page: `box-${number}` });
    const pack = /** @type {any} */ ({
        outline: [box("5-12", "港航工程"), box("5-1", "园区领域"), { ...box("5-3", "无页"), page: undefined }],
        references: { zh: { parts: {} }, en: { parts: { "专栏5-1": "Box 5-1" } } },
    });
    const called = (/** @type {string} */ typed) => boxesCalled(pack, typed).map((one) => one.page);
    assert.deepEqual(called("专栏 5-1"), ["box-5-1", "box-5-12"]);
    assert.deepEqual(called("Box 5-1"), ["box-5-1"]);
    assert.deepEqual(called("港航"), ["box-5-12"]);
    for (const typed of ["", " ", "港", "专栏5-3"]) assert.deepEqual(called(typed), [], typed);
    for (const typed of ["专栏 5-1", "box 5-1"]) assert.ok(isBoxNumber(pack, "box-5-1", typed), typed);
    for (const typed of ["", "专栏5", "专栏5-12", "专栏5-1园区"]) assert.ok(!isBoxNumber(pack, "box-5-1", typed), typed);
});
