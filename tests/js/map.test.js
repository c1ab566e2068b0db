/** The map's pure parts: clusters, labels, geometry, symbols. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cluster, joined } from "../../static/js/draw/point_layout.js";
import { isWithinBox, overlap, scaleType, placeLabels, sharedArea, scaledSize, widthOf } from "../../static/js/draw/label_placement.js";
import { areasOf, boxOf, grown, linesOf, pointsOf, positionsOf } from "../../static/js/draw/geometry.js";
import drawings from "../../static/js/draw/glyphs.js";

const spot = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y, thing: `${x},${y}` });

test("a label takes the first of its places that is free", () => {
    const [placed] = placeLabels([{ x: 0, y: 0, w: 10, h: 10, priority: 1, steps: [[0, 0], [4, 0], [30, 0]] }], [{ x: 0, y: 0, w: 20, h: 20 }]);
    assert.deepEqual([placed?.x, placed?.y], [30, 0]);
    const room = { x: 0, y: 0, w: 35, h: 35 };
    assert.deepEqual(placeLabels([{ x: 0, y: 0, w: 10, h: 10, priority: 1, steps: [[30, 0]] }], [], room), []);
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

test("a point is compared with those around it only, however many there are", () => {
    const looked = (/** @type {number} */ n) => {
        let looks = 0;
        const spots = Array.from({ length: n }, (_, i) => ({ thing: i, y: (i * 104_729) % 900, get x() { looks += 1; return i * 40; } }));
        cluster(spots, 40);
        return looks / n;
    };
    assert.ok(looked(5000) < looked(50) * 1.5);
});

test("points just as far apart as the radius belong together, in every direction; farther ones do not", () => {
    for (const [x, y] of /** @type {[number, number][]} */ ([[20, 0], [-20, 0], [0, 20], [0, -20], [12, 16], [-12, -16], [12, -16], [-12, 16]])) {
        assert.equal(cluster([spot(100, 100), spot(100 + x, 100 + y)], 20).length, 1, `${x},${y}`);
        assert.equal(cluster([spot(119, 119), spot(119 + x, 119 + y)], 20).length, 1, `${x},${y}`);
        assert.equal(cluster([spot(100, 100), spot(100 + x * 1.05, 100 + y * 1.05)], 20).length, 2, `${x},${y}`);
    }
});

test("a cluster stands at the mean of its points, a joined one at the mean of all", () => {
    const [group] = cluster([spot(0, 0), spot(10, 4), spot(5, 8)], 20);
    assert.deepEqual([group?.x, group?.y], [5, 4]);
    const near = [{ x: 0, y: 0, spots: [spot(0, 0), spot(0, 0), spot(0, 0)] }, { x: 8, y: 4, spots: [spot(8, 4)] }];
    const [all, ...more] = joined(near, () => 20);
    assert.deepEqual([all?.x, all?.y, all?.spots.length, more], [2, 1, 4, []]);
});

test("a joined disc stands at the mean of all its points, in the place of the first", () => {
    const at = (/** @type {number} */ x, /** @type {number} */ n) =>
        ({ x, y: x / 2, spots: Array.from({ length: n }, () => ({ x, y: x / 2, thing: x })) });
    const [near, far, ...none] = joined([at(0, 3), at(500, 1), at(8, 1)], () => 20);
    assert.deepEqual([near?.x, near?.y, near?.spots.length], [2, 1, 4]);
    assert.deepEqual([far?.x, none], [500, []]);
    const [first, last] = joined([at(500, 1), at(4, 2), at(12, 3)], () => 20);
    assert.deepEqual([first?.x, last?.x, last?.y], [500, 8.8, 4.4]);
});

test("no two discs lie on each other, whatever they have grown to", () => {
    let seed = 7;
    const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const sizeOf = (/** @type {number} */ n) => 20 + 6 * Math.sqrt(n);
    for (let round = 0; round < 200; round += 1) {
        const spots = Array.from({ length: 40 }, (_, thing) => ({ x: chance() * 400, y: chance() * 400, thing }));
        const discs = joined(spots.map((spot) => ({ x: spot.x, y: spot.y, spots: [spot] })), sizeOf);
        for (const a of discs) {
            for (const b of discs) {
                const room = (sizeOf(a.spots.length) + sizeOf(b.spots.length)) / 2;
                assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) >= room);
            }
        }
        const held = discs.flatMap((disc) => disc.spots.map((spot) => spot.thing));
        assert.deepEqual(held.toSorted((a, b) => a - b), spots.map((spot) => spot.thing));
    }
});

test("a disc that has grown is joined with one that was passed before", () => {
    const disc = (/** @type {number} */ x) => ({ x, y: 0, spots: [spot(x, 0)] });
    const found = joined([disc(0), disc(25), disc(10)], (n) => n * 20);
    assert.deepEqual(found.map(({ spots }) => spots.length), [3]);
    assert.deepEqual(joined([disc(0), disc(20)], () => 20).length, 2);
    assert.deepEqual(joined([disc(0), disc(19)], (n) => n * 20).length, 1);
});

test("boxes that share an edge do not overlap; the area they share is told", () => {
    const box = (/** @type {number} */ x, /** @type {number} */ y, w = 10, h = 4) => ({ x, y, w, h });
    const cases = /** @type {[number, number, boolean, number][]} */ ([
        [0, 0, true, 40], [9, 3, true, 1], [-9, -3, true, 1], [10, 0, false, 0], [-10, 0, false, 0], [0, 4, false, 0], [0, -4, false, 0], [20, 20, false, 0], [5, 1, true, 15],
    ]);
    for (const [x, y, over, area] of cases) {
        assert.deepEqual([overlap(box(0, 0), box(x, y)), sharedArea(box(0, 0), box(x, y))], [over, area], `${x},${y}`);
    }
});

test("a box lies in another up to its edges, and in none that it reaches over", () => {
    const room = { x: 10, y: 10, w: 20, h: 10 };
    const inside = (/** @type {number} */ x, /** @type {number} */ y) => isWithinBox({ x, y, w: 5, h: 5 }, room);
    assert.deepEqual([[10, 10], [25, 15], [25, 10], [10, 15]].map(([x = 0, y = 0]) => inside(x, y)), [true, true, true, true]);
    assert.deepEqual([[9, 12], [12, 9], [26, 12], [12, 16]].map(([x = 0, y = 0]) => inside(x, y)), [false, false, false, false]);
});

test("only a label with other places must lie in the room", () => {
    const outside = { x: 90, y: 0, w: 10, h: 10, priority: 1 };
    const room = { x: 0, y: 0, w: 50, h: 50 };
    assert.equal(placeLabels([outside], [], room).length, 1);
    assert.equal(placeLabels([{ ...outside, steps: [[0, 0]] }], [], room).length, 0);
    assert.deepEqual(placeLabels([{ ...outside, steps: [[0, 0], [-60, 3]] }], [], room).map(({ x, y }) => [x, y]), [[30, 3]]);
    assert.deepEqual(placeLabels([{ ...outside, steps: [[0, 7]] }], []).map(({ x, y }) => [x, y]), [[90, 7]]);
});

test("labels of one importance keep their order, and a larger type takes more room", () => {
    const label = (/** @type {number} */ x) => ({ x, y: 0, w: 10, h: 10, priority: 1 });
    assert.deepEqual(placeLabels([label(0), label(5), label(10)], []).map(({ x }) => x), [0, 10]);
    assert.equal(widthOf("", 10), 0);
    assert.equal(widthOf("ab", 10), 12);
    assert.equal(widthOf("a葫", 10), 16);
    const style = (/** @type {string} */ scale) => () => ({ getPropertyValue: (/** @type {string} */ name) => (name === "--label" ? scale : "") });
    const browser = /** @type {any} */ (globalThis);
    browser.getComputedStyle = style("1.5");
    scaleType(/** @type {any} */ ({}));
    assert.deepEqual([widthOf("葫", 10), scaledSize(12)], [15, 18]);
    browser.getComputedStyle = style("");
    scaleType(/** @type {any} */ ({}));
    assert.equal(scaledSize(12), 12);
});

test("discs that would lie on each other are joined", () => {
    const groups = cluster([spot(0, 0), spot(25, 0)], 20);
    assert.equal(joined(groups, () => 30).length, 1);
    assert.equal(joined(groups, () => 20).length, 2);
});

test("labels stand by importance and never on each other or on a symbol", () => {
    const label = (/** @type {number} */ x, /** @type {number} */ priority) => ({ x, y: 0, w: 10, h: 10, priority });
    assert.deepEqual(placeLabels([label(0, 2), label(5, 1), label(20, 3)], [{ x: 28, y: 0, w: 9, h: 9 }]), [label(5, 1)]);
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
    assert.deepEqual(named("symbol").filter((name) => !(String(name) in drawings.glyphs)), []);
    assert.deepEqual(named("shape").filter((name) => !(String(name) in drawings.shapes)), []);
});
