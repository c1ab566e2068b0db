/** Distances, by the table that the server is held to as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { catalogueOf } from "../../static/js/items.js";
import { centreOf, metresTo, within } from "../../static/js/near.js";
import { emptyView } from "../../static/js/url.js";

const { cases } = JSON.parse(readFileSync(new URL("./near_cases.json", import.meta.url), "utf8"));

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
