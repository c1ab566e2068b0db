/** Lines on one course stand side by side. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parallelOffset, parallelSlots } from "../../../static/js/draw/parallel_lines.js";

const { cases } = JSON.parse(readFileSync(new URL("../../shared/parallel_lines_cases.json", import.meta.url), "utf8"));

for (const { name, courses, slots } of cases) {
    test(`slots are given out: ${name}`, () => {
        assert.deepEqual(Object.fromEntries(parallelSlots(courses)), slots);
    });
}

const spots = (/** @type {number[][]} */ ...list) => list.map(([x = 0, y = 0]) => ({ x, y }));
const rounded = (/** @type {{ x: number, y: number }[]} */ line) => line.map(({ x, y }) => [Math.round(x), Math.round(y)]);

test("a line is moved to one side, whichever way it runs", () => {
    const line = spots([0, 0], [100, 0], [200, 0]);
    assert.deepEqual(rounded(parallelOffset(line, 5)), [[0, 5], [100, 5], [200, 5]]);
    assert.deepEqual(rounded(parallelOffset([...line].reverse(), 5)), [[200, 5], [100, 5], [0, 5]]);
    assert.deepEqual(parallelOffset(line, 0), line);
});

test("at a corner the distance stays, and the inside of a bend does not loop", () => {
    assert.deepEqual(rounded(parallelOffset(spots([0, 0], [100, 0], [100, 100]), 5)), [[0, 5], [95, 5], [95, 100]]);
    const bay = parallelOffset(spots([0, 0], [50, 0], [53, 10], [56, 0], [100, 0]), 8);
    assert.ok(bay.slice(1).every((spot, i) => spot.x >= (bay[i]?.x ?? 0)));
});

test("a line of one place, or of none, is left alone", () => {
    assert.deepEqual(parallelOffset(spots([1, 1]), 5), spots([1, 1]));
    assert.deepEqual(rounded(parallelOffset(spots([1, 1], [1, 1]), 5)), [[1, 1], [1, 1]]);
});
