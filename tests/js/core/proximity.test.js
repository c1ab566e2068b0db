/** Distances, by the table that the server is held to as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { catalogueOf } from "../../../static/js/core/selection.js";
import { distanceFrom, centreOf, fillPlaces, metresBetween, metresTo, needsPlaces, within } from "../../../static/js/core/proximity.js";
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
    const two = /** @type {GeoJSON.MultiPoint} */ ({ type: "MultiPoint", coordinates: [[1.5, 60], [0, 61]] });
    assert.equal(metresTo([0, 60], two), metresTo([0, 60], { type: "Point", coordinates: [1.5, 60] }));
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
