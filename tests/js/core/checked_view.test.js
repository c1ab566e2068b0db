/** What the data knows of a view; and the rules that keep a view consistent. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogueOf } from "../../../static/js/core/selection.js";
import { putPlaces, selectPlaced } from "../../../static/js/core/proximity.js";
import { choiceLost, isChoice, checkView } from "../../../static/js/core/checked_view.js";
import { consistent, emptyView, inviewTurned, turnedTo } from "../../../static/js/core/url.js";

/** @param {string} id @param {any} geometry @param {string} [method] */
const item = (id, geometry, method = "point") => /** @type {any} */ ({ id, name: id, name_en: id, layer: "parks", counties: [], scope: "county", method, geometry });
const catalogue = catalogueOf(/** @type {any} */ ({ layers: [], families: [], counties: [{ code: "211421" }] }), [
    item("point", { type: "Point", coordinates: [120, 40] }),
    item("line", { type: "LineString", coordinates: [[119, 40.01], [121, 40.01]] }),
    item("county", null, "counties"),
    item("zone", { type: "Polygon", coordinates: [[[120.1, 39.9], [120.3, 39.9], [120.3, 40.2], [120.1, 39.9]]] }),
]);
const bare = { ...catalogue, places: new Map() };
/** @param {string} name @param {string[]} aliases @param {number} lng */
const place = (name, aliases, lng) => /** @type {any} */ ({ name, name_en: name, aliases, position: [lng, 40], uncertainty_m: 1 });
putPlaces(catalogue, [place("东镇", ["东街"], 120), place("西镇", ["东镇", "西街"], 121)]);

/** @param {object} part */
const view = (part) => ({ ...emptyView(), ...part });
/** @param {object} part @param {typeof catalogue} [held] */
const known = (part, held = catalogue) => checkView(view(part), held);

test("an item that there is stays in hand, another is named", () => {
    assert.deepEqual(known({ focus: "point" }), { view: view({ focus: "point" }), problems: [] });
    assert.deepEqual(known({ focus: "nosuch", near: "5" }), { view: view({}), problems: [{ name: "focus", value: "nosuch" }, { name: "near", value: "5" }] });
});

test("what is to be compared is an item or a county; anything else is named", () => {
    assert.deepEqual(known({ compare: ["point", "nosuch", "211421"] }), { view: view({ compare: ["point", "211421"] }), problems: [{ name: "compare", value: "nosuch" }] });
});

test("a place is called by its main name, an unknown one is named", () => {
    assert.equal(known({ place: "西街", near: "5" }).view.place, "西镇");
    assert.equal(known({ place: "东镇" }).view.place, "东镇");
    assert.deepEqual(known({ place: "nowhere", near: "5" }), { view: view({}), problems: [{ name: "place", value: "nowhere" }, { name: "near", value: "5" }] });
    assert.deepEqual(known({ place: "120,40", near: "5" }).problems, []);
});

test("until the gazetteer has come every name may be a place, and a position needs none", () => {
    assert.deepEqual(known({ place: "nowhere", near: "5" }, bare), { view: view({ place: "nowhere", near: "5" }), problems: [] });
    assert.equal(known({ place: "120,40", near: "5" }, bare).view.place, "120,40");
});

test("nothing is near to a line or to a whole county", () => {
    for (const focus of ["line", "county"]) {
        assert.deepEqual(known({ focus, near: "5" }), { view: view({ focus }), problems: [{ name: "near", value: "5" }] });
    }
    assert.equal(known({ focus: "line", place: "东镇", near: "5" }).view.near, "5");
});

test("a choice is lost where none of it was understood", () => {
    assert.equal(choiceLost(view({}), [{ name: "layer", value: "x" }]), true);
    assert.equal(choiceLost(view({ layer: ["a"] }), [{ name: "layer", value: "x" }]), false);
    assert.equal(choiceLost(view({ q: "a" }), [{ name: "focus", value: "x" }]), false);
    assert.equal(choiceLost(view({}), [{ name: "colour", value: "x" }]), false);
    assert.equal(choiceLost(view({}), []), false);
    assert.deepEqual(["layer", "term", "q", "focus", "near"].map((name) => isChoice(view({ [name]: "x" }))), [true, true, true, true, true]);
    assert.equal(isChoice(view({ lang: "en", bbox: [1, 2, 3, 4], title: "t" })), false);
});

test("nearness to nothing and a window that none says are dropped, the rest is left as it is", () => {
    assert.equal(consistent(view({ near: "5" })).near, null);
    assert.equal(consistent(view({ near: "5", place: "a" })).near, "5");
    assert.equal(consistent(view({ near: "5", focus: "a" })).near, "5");
    assert.equal(consistent(view({ inview: "1" })).inview, null);
    const whole = view({ inview: "1", bbox: [1, 2, 3, 4] });
    assert.equal(consistent(whole), whole);
});

test("the switch takes what the map shows for its window, and gives it back", () => {
    assert.deepEqual(inviewTurned(view({ bbox: [1, 2, 3, 4] }), [5, 6, 7, 8]), { inview: "1", bbox: [5, 6, 7, 8] });
    assert.deepEqual(inviewTurned(view({ bbox: [1, 2, 3, 4] }), null), { inview: "1", bbox: [1, 2, 3, 4] });
    assert.deepEqual(inviewTurned(view({ inview: "1", bbox: [1, 2, 3, 4] }), [5, 6, 7, 8]), { inview: null });
});

test("turning to an item leaves the window of a view that holds just what is in it", () => {
    assert.deepEqual(turnedTo(view({ bbox: [1, 2, 3, 4] }), "a"), { focus: "a", bbox: null });
    assert.deepEqual(turnedTo(view({ inview: "1", bbox: [1, 2, 3, 4] }), "a"), { focus: "a", bbox: [1, 2, 3, 4] });
});

test("the window of a view decides, and only with the switch; county-wide items are in none", () => {
    const ids = (/** @type {object} */ part) => selectPlaced(catalogue, view(part), null).items.map((one) => one.id);
    const bbox = [119.9, 39.9, 120.05, 40.1];
    assert.deepEqual(ids({ bbox }), ["point", "line", "county", "zone"]);
    assert.deepEqual(ids({ bbox, inview: "1" }), ["point", "line"]);
});

test("what is near stands nearest first, and what is near nothing is not there", () => {
    const { items } = selectPlaced(catalogue, view({ place: "120.2,39.95", near: "100" }), null);
    assert.deepEqual(items.map((one) => one.id), ["zone", "line", "point"]);
});
