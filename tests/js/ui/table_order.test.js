/** Rows of a table: numbers as numbers, names as people sort them, what says nothing last. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, sortKey } from "../../../static/js/ui/table/order.js";

const column = { value: (/** @type {unknown[]} */ [value]) => sortKey(value) };
const sorted = (/** @type {unknown[]} */ values, upward = true) =>
    inOrder(values.map((value) => [value]), column, upward).map(([value]) => value);

test("numbers are sorted as numbers, and numbers in names too", () => {
    assert.deepEqual(sorted([10, 9, 0, -1, 100]), [-1, 0, 9, 10, 100]);
    assert.deepEqual(sorted([1.5, -1, 1.25, -2]), [-2, -1, 1.25, 1.5]);
    assert.deepEqual(sorted(["G102", "G16", "G1"]), ["G1", "G16", "G102"]);
    assert.deepEqual(sorted([3, 20, 100], false), [100, 20, 3]);
});

test("what says nothing comes last either way", () => {
    const values = [null, 2, undefined, 1, [], "", 3];
    assert.deepEqual(sorted(values), [1, 2, 3, null, undefined, [], ""]);
    assert.deepEqual(sorted(values, false), [3, 2, 1, null, undefined, [], ""]);
    assert.deepEqual(sorted([Infinity, 5]), [5, Infinity]);
});

test("nought and no are something", () => {
    assert.deepEqual(sorted([null, 1, 0]), [0, 1, null]);
    assert.deepEqual(sorted([null, false]), [false, null]);
});

test("a list is sorted by its first, then the next", () => {
    assert.deepEqual(sorted([["b"], ["a", "c"], ["a", "b"]]), [["a", "b"], ["a", "c"], ["b"]]);
});

test("equals keep their order, and without a column nothing moves", () => {
    const rows = [["same", 1], ["same", 2], ["a", 3]];
    assert.deepEqual(inOrder(rows, column, true).map(([, n]) => n), [3, 1, 2]);
    assert.equal(inOrder(rows, undefined, true), rows);
});
