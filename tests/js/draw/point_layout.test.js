/** Where symbols stand: few apart and near their places, many in clusters, none over what must be seen. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, APART_MOST, cleared, clusterSize, discOf, FOCUS_PX, gathered, SYMBOL_PX } from "../../../static/js/draw/point_layout.js";

const spot = (/** @type {number} */ x, /** @type {number} */ y, id = `${x},${y}`) => ({ x, y, thing: /** @type {any} */ ({ id }) });
const many = (/** @type {number} */ n, step = 0) => Array.from({ length: n }, (_, i) => spot(i * step, 0, `i${i}`));
const gaps = (/** @type {{ x: number, y: number }[]} */ groups) => groups.flatMap((a, i) => groups.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));

test("up to forty are never clustered, however near; one more is", () => {
    assert.equal(gathered(many(APART_MOST), null, 8).groups.length, APART_MOST);
    assert.equal(gathered(many(APART_MOST + 1), null, 8).groups.length, 1);
});

test("those that hide each other are pushed apart, no farther than they must; others stay", () => {
    const groups = apart([spot(0, 0), spot(10, 0), spot(200, 0)], []);
    assert.ok(Math.min(...gaps(groups)) >= SYMBOL_PX);
    assert.deepEqual([groups[2]?.x, groups[2]?.y], [200, 0]);
    assert.ok(Math.abs((groups[0]?.x ?? 0) + (groups[1]?.x ?? 0) - 10) < 1e-6, "half each");
    assert.ok(Math.hypot((groups[1]?.x ?? 0) - 10, groups[1]?.y ?? 0) < SYMBOL_PX);
});

test("ten at one place stand around it, and the same every time", () => {
    const groups = apart(many(10), []);
    assert.ok(Math.min(...gaps(groups)) >= SYMBOL_PX - 1);
    assert.ok(groups.every(({ x, y }) => Math.hypot(x, y) < 4 * SYMBOL_PX));
    assert.deepEqual(groups, apart(many(10), []));
});

test("no box that is pressed lies on another, diagonals included", () => {
    const groups = apart([spot(0, 0), spot(12, 12), spot(20, 5), spot(8, 19)], []);
    for (const [i, a] of groups.entries()) for (const b of groups.slice(i + 1)) assert.ok(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) >= SYMBOL_PX);
});

test("each knows the place it stands for", () => {
    assert.deepEqual(apart([spot(5, 5), spot(5, 5)], []).map(({ spots }) => [spots[0]?.x, spots[0]?.y]), [[5, 5], [5, 5]]);
});

test("the item in hand stands where it is, and the others keep clear of it", () => {
    const { own, groups } = gathered([spot(0, 0, "a"), spot(3, 0, "b")], "a", 10);
    assert.deepEqual(own.map(({ x, y }) => [x, y]), [[0, 0]]);
    assert.ok(groups.every(({ x, y }) => Math.hypot(x, y) >= (FOCUS_PX + SYMBOL_PX) / 2));
});

test("clusters keep clear of what no symbol may cover; two that then meet are one", () => {
    const groups = [{ x: 0, y: 0, spots: [spot(0, 0)] }, { x: 60, y: 0, spots: [spot(60, 0)] }];
    const [one, ...more] = cleared(groups, [{ x: 30, y: 0, size: 80 }], false);
    assert.ok(one && more.length === 1);
    assert.ok([one, ...more].every(({ x, y, spots }) => Math.hypot(x - 30, y) >= (80 + discOf(spots.length)) / 2 - 0.01));
    assert.equal(cleared(groups, [], false).length, 2);
});

test("from afar whole towns are one cluster, from close up what touches", () => {
    const spots = many(APART_MOST + 1, 40);
    assert.ok(gathered(spots, null, 9).groups.length < gathered(spots, null, 12).groups.length);
});

test("a disc grows with what it holds, and no longer beyond 64", () => {
    assert.deepEqual([discOf(1), clusterSize(64) === clusterSize(900), clusterSize(2) < clusterSize(9)], [SYMBOL_PX, true, true]);
});


test("a symbol half under an overlay comes out, one wholly under it stays", () => {
    const found = apart([spot(50, 110), spot(50, 160)], [], [{ x: 0, y: 112, w: 100, h: 200 }]);
    assert.deepEqual(found.map(({ y }) => y), [98, 160]);
});
