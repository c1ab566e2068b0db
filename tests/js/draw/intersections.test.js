/** What touches a window, by the table that the server is held to as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { touches } from "../../../static/js/core/intersections.js";

const { cases } = JSON.parse(readFileSync(new URL("../../shared/intersection_cases.json", import.meta.url), "utf8"));

for (const one of cases) {
    test(`as the table says: ${one.name}`, () => {
        assert.equal(touches(one.geometry, one.box), one.touches);
    });
}

test("a box of the same corners in millionths decides exactly, a thousand times", () => {
    // A line from corner to corner of a grid meets each cell's corner on it, and no cell beside it.
    for (let i = 1; i < 1000; i += 1) {
        const at = i / 1000;
        const line = { type: /** @type {const} */ ("LineString"), coordinates: [[0, 0], [1, 1]] };
        assert.equal(touches(line, [at, at - 0.0005, at + 0.0005, at]), true);
        assert.equal(touches(line, [at, at - 0.001, at + 0.0005, at - 0.000001]), false);
    }
});
