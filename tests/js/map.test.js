/** The map's pure parts: clusters, labels, geometry, symbols. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cluster, joined } from "../../static/js/map/cluster.js";
import { overlap, settle, widthOf } from "../../static/js/map/collide.js";
import { areasOf, boxOf, grown, linesOf, pointsOf, positionsOf } from "../../static/js/geometry.js";
import { SHAPE_NAMES, SYMBOL_NAMES } from "../../static/js/symbols.js";

const spot = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y, thing: `${x},${y}` });

test("a label takes the first of its places that is free", () => {
    const [placed] = settle([{ x: 0, y: 0, w: 10, h: 10, priority: 1, steps: [[0, 0], [4, 0], [30, 0]] }], [{ x: 0, y: 0, w: 20, h: 20 }]);
    assert.deepEqual([placed?.x, placed?.y], [30, 0]);
    const room = { x: 0, y: 0, w: 35, h: 35 };
    assert.deepEqual(settle([{ x: 0, y: 0, w: 10, h: 10, priority: 1, steps: [[30, 0]] }], [], room), []);
});

test("near points make one cluster at their mean, far ones stay alone", () => {
    const groups = cluster([spot(0, 0), spot(10, 0), spot(100, 0)], 20);
    assert.deepEqual(groups.map((group) => [group.x, group.spots.length]), [[5, 2], [100, 1]]);
});

test("no point is lost or doubled", () => {
    const spots = Array.from({ length: 300 }, (_, i) => spot((i * 37) % 211, (i * 53) % 173));
    const members = cluster(spots, 25).flatMap((group) => group.spots);
    assert.equal(members.length, 300);
    assert.equal(new Set(members).size, 300);
});

test("ten thousand points are clustered within a frame or two", () => {
    const spots = Array.from({ length: 10_000 }, (_, i) => spot((i * 7919) % 1400, (i * 104_729) % 900));
    const start = performance.now();
    cluster(spots, 40);
    assert.ok(performance.now() - start < 500);
});

test("discs that would lie on each other are joined", () => {
    const groups = cluster([spot(0, 0), spot(25, 0)], 20);
    assert.equal(joined(groups, () => 30).length, 1);
    assert.equal(joined(groups, () => 20).length, 2);
});

test("labels stand by importance and never on each other or on a symbol", () => {
    const label = (/** @type {number} */ x, /** @type {number} */ priority) => ({ x, y: 0, w: 10, h: 10, priority });
    assert.deepEqual(settle([label(0, 2), label(5, 1), label(20, 3)], [{ x: 28, y: 0, w: 9, h: 9 }]), [label(5, 1)]);
    assert.equal(overlap({ x: 0, y: 0, w: 5, h: 5 }, { x: 5, y: 0, w: 5, h: 5 }), false);
});

test("a Han character is as wide as the type", () => {
    assert.equal(widthOf("葫芦岛", 10), 30);
    assert.ok(widthOf("abc", 10) < 20);
});

test("a collection is taken apart into points, lines and areas", () => {
    const geometry = /** @type {GeoJSON.GeometryCollection} */ ({
        type: "GeometryCollection",
        geometries: [
            { type: "MultiPoint", coordinates: [[1, 2], [3, 4]] },
            { type: "LineString", coordinates: [[0, 0], [5, 5]] },
            { type: "Polygon", coordinates: [[[0, 0], [1, 0], [1, 9], [0, 0]]] },
        ],
    });
    assert.deepEqual(pointsOf(geometry), [[1, 2], [3, 4]]);
    assert.equal(linesOf(geometry).length, 1);
    assert.equal(areasOf(geometry).length, 1);
    assert.deepEqual(boxOf(positionsOf(geometry)), [0, 0, 5, 9]);
    assert.deepEqual(pointsOf(null), []);
});

test("a box grows by metres, more degrees of longitude than of latitude", () => {
    const [west, south] = grown([120, 40, 120, 40], 11_119.5);
    assert.ok(Math.abs(40 - south - 0.1) < 1e-3);
    assert.ok(120 - west > 0.12);
});

test("every symbol and shape the pack names is drawn", () => {
    const toml = readFileSync(new URL("../../geodata/layers.toml", import.meta.url), "utf8");
    const named = (/** @type {string} */ key) => [...toml.matchAll(new RegExp(`^${key} = "(.+)"`, "gm"))].map((hit) => hit[1]);
    assert.deepEqual(named("symbol").filter((name) => !SYMBOL_NAMES.includes(String(name))), []);
    assert.deepEqual(named("shape").filter((name) => !SHAPE_NAMES.includes(String(name))), []);
});
