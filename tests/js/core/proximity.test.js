/** Distances, by the table that the server is held to as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { catalogueOf } from "../../../static/js/core/selection.js";
import { distanceFrom, centreOf, fillPlaces, metresBetween, metresTo, needsPlaces, putPlaces, selectPlaced, within } from "../../../static/js/core/proximity.js";
import { emptyView } from "../../../static/js/core/url.js";

const { cases } = JSON.parse(readFileSync(new URL("../../shared/proximity_cases.json", import.meta.url), "utf8"));

for (const { name, here, geometry, metres } of cases) {
    test(`as far as the table says: ${name}`, () => {
        assert.ok(Math.abs((metresTo(here, geometry) ?? NaN) - metres) <= 1);
    });
}

const point = (/** @type {string} */ id, /** @type {number} */ lng) =>
    /** @type {any} */ ({ id, name: id, name_en: id, layer: "parks", geometry: { type: "Point", coordinates: [lng, 40] } });
const catalogue = catalogueOf(/** @type {any} */ ({ layers: [], families: [] }), [point("a", 120), point("b", 120.05), point("c", 121)]);
catalogue.places.set("东镇", { id: null, name: "东镇", name_en: "East Town", position: [121, 40], uncertainty_m: 500, kind: "township", county: "", basis: "published", spelt: [] });

const near = (/** @type {object} */ part, /** @type {string} */ km) =>
    catalogue.items.filter(within(centreOf(catalogue, { ...emptyView(), ...part }), km)).map((one) => one.id);

test("near the item in hand, which is not its own neighbour", () => {
    assert.deepEqual(near({ focus: "a" }, "5"), ["b"]);
    const away = metresTo([120, 40], point("b", 120.05).geometry) ?? NaN;
    assert.deepEqual([away, away - 1, away * 1.9].map((metres) => near({ focus: "a" }, String(metres / 1000))), [["b"], [], ["b"]]);
});

test("near a place, whatever item is in hand", () => {
    assert.deepEqual(near({ focus: "a", place: "东镇" }, "5"), ["c"]);
    assert.deepEqual(near({ place: "120.02,40" }, "5"), ["a", "b"]);
});

test("no geometry is at no distance, and a place not yet known takes nothing away", () => {
    assert.equal(metresTo([120, 40], null), null);
    assert.deepEqual(near({ place: "北镇" }, "5"), ["a", "b", "c"]);
});

test("which position is nearest is decided where a degree of longitude is short", () => {
    const two = /** @type {GeoJSON.MultiPoint} */ ({ type: "MultiPoint", coordinates: [[1.6, 60], [0, 61]] });
    assert.equal(metresTo([0, 60], two), metresTo([0, 60], { type: "Point", coordinates: [1.6, 60] }));
    const line = /** @type {GeoJSON.LineString} */ ({ type: "LineString", coordinates: [[0, 61], [2, 60]] });
    const half = metresTo([0, 60], { type: "Point", coordinates: [1, 60.5] });
    assert.ok(Math.abs((metresTo([0, 60], line) ?? NaN) - (half ?? NaN)) < 1000);
});

test("poles and the antimeridian are positions like any other", () => {
    const quarter = (Math.PI / 2) * 6_371_009;
    for (const lat of [90, -90]) {
        assert.ok(Math.abs((metresTo([120, lat], { type: "Point", coordinates: [30, 0] }) ?? NaN) - quarter) < 1);
        assert.ok(Math.abs((metresTo([0, lat], { type: "LineString", coordinates: [[0, lat / 2], [10, lat / 2]] }) ?? NaN) - quarter / 2) < 1);
    }
    for (const lng of [180, -180]) assert.ok((metresTo([lng, 0], { type: "Point", coordinates: [-lng, 0] }) ?? NaN) < 0.001);
    assert.deepEqual(centreOf(catalogue, { ...emptyView(), place: "-180,90" })?.position, [-180, 90]);
});

test("within a zone is no distance, and an item that is no point is no centre", () => {
    const zone = /** @type {GeoJSON.Polygon} */ ({ type: "Polygon", coordinates: [[[119, 39], [121, 39], [121, 41], [119, 39]]] });
    assert.equal(metresTo([120.5, 40], zone), 0);
    const held = { ...catalogue, byId: new Map([["zone", { ...point("zone", 120), geometry: zone }]]) };
    assert.equal(centreOf(held, { ...emptyView(), focus: "zone" }), null);
    assert.equal(centreOf(held, { ...emptyView(), focus: "gone" }), null);
});

test("how far an item may be off is its own doubt and the centre's", () => {
    const item = { ...point("d", 120), uncertainty_m: 300 };
    const held = { ...catalogue, byId: new Map([["d", item], ["a", point("a", 120)]]) };
    const view = { ...emptyView(), focus: "d" };
    assert.equal(centreOf(held, view)?.uncertainty_m, 300);
    assert.deepEqual(distanceFrom(centreOf(held, view), item), { metres: 0, doubt: 600 });
    assert.deepEqual(distanceFrom(centreOf(held, { ...view, focus: "a" }), item), { metres: 0, doubt: 300 });
    assert.equal(distanceFrom(null, item), null);
    assert.equal(distanceFrom(centreOf(held, view), { ...item, geometry: null }), null);
});

test("a place that is no position and no name of the gazetteer is nowhere", () => {
    for (const place of ["a,b", "1,2,3", "120", "1,x"]) assert.equal(centreOf(catalogue, { ...emptyView(), place }), null, place);
});

test("a place goes by its aliases, and none takes another's main name; a typed position is sure", () => {
    const held = { ...catalogue, places: new Map() };
    const place = (/** @type {string} */ name, /** @type {number} */ lng, /** @type {string[] | undefined} */ aliases = undefined) =>
        /** @type {any} */ ({ name, name_en: name, position: [lng, 40], uncertainty_m: 500, aliases });
    putPlaces(held, [place("西镇", 119, ["老镇", "南镇"]), place("南镇", 118)]);
    const lngOf = (/** @type {string} */ name) => centreOf(held, { ...emptyView(), place: name })?.position[0];
    assert.deepEqual(["西镇", "老镇", "南镇"].map(lngOf), [119, 119, 118]);
    assert.equal(centreOf(held, { ...emptyView(), place: "120,40" })?.uncertainty_m, 0);
});

test("an item that has no point is at no distance from another", () => {
    assert.equal(Math.round(metresBetween(point("a", 120), point("b", 120.05)) ?? NaN), 4259);
    assert.equal(metresBetween({ ...point("a", 120), geometry: null }, point("b", 120)), null);
});

test("the gazetteer is read only for a name, and only once", async () => {
    const bare = { ...catalogue, places: new Map() };
    const needs = (/** @type {any} */ place, held = bare) => needsPlaces({ ...emptyView(), place }, held);
    assert.deepEqual([needs("东镇"), needs("120,40"), needs(null), needs("东镇", catalogue)], [true, false, false, false]);
    assert.equal(await fillPlaces(catalogue, { ...emptyView(), place: "东镇" }), false);
});

/** Of the whole plan `test_one_truth` says the same; here each rule stands alone. */
const shown = (/** @type {any[]} */ items, /** @type {object} */ view) =>
    selectPlaced(catalogueOf(/** @type {any} */ ({ layers: [], families: [] }), items), { ...emptyView(), ...view }, null).items.map((one) => one.id);

test("what lies nearest stands first, and what is nowhere is not near", () => {
    const items = [point("far", 120.2), { ...point("nowhere", 0), geometry: null }, point("near", 120.01), point("between", 120.1)];
    assert.deepEqual(shown(items, { place: "120,40", near: "50" }), ["near", "between", "far"]);
    assert.deepEqual(shown(items, { place: "120,40" }), ["far", "nowhere", "near", "between"]);
});

test("conditions of place must all be met, and who meets them best stands first", () => {
    const has = (/** @type {string} */ id, /** @type {Record<string, number>} */ km) => ({
        ...point(id, 120), access: Object.fromEntries(Object.entries(km).map(([kind, one]) => [kind, { km: one }])),
    });
    const items = [has("close", { port: 9, rail: 4 }), has("edge", { port: 20, rail: 5 }), has("best", { port: 2, rail: 1 }), has("off", { port: 1, rail: 6 }), has("half", { port: 1 }), point("none", 120)];
    assert.deepEqual(shown(items, { site: ["port:20", "rail:5"] }), ["best", "close", "edge"]);
    assert.deepEqual(shown(items, { site: ["port:20"] }), ["off", "half", "best", "close", "edge"]);
    assert.deepEqual(shown([has("b", { port: 18, rail: 1 }), has("a", { port: 10, rail: 2 })], { site: ["port:20", "rail:10"] }), ["a", "b"]);
    assert.deepEqual(shown(items, { site: ["port:20"], place: "120,40", near: "5" }), ["close", "edge", "best", "off", "half"]);
});

test("in the window is what touches it, but for what is everywhere in its counties", () => {
    const items = [point("in", 120), point("out", 121), { ...point("wide", 120), method: "counties" }];
    assert.deepEqual(shown(items, { bbox: [119.9, 39.9, 120.1, 40.1], inview: true }), ["in"]);
    assert.deepEqual(shown(items, { bbox: [119.9, 39.9, 120.1, 40.1], inview: false }), ["in", "out", "wide"]);
});
