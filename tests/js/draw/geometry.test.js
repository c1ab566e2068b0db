/** A geometry taken apart, and boxes around positions. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { areasOf, boxOf, grown, isWithin, linesOf, listsIn, partsOf, pointsOf, positionsOf } from "../../../static/js/draw/geometry.js";
import { encloses } from "../../../static/js/core/intersections.js";

const ring = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]];
const hole = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]];
/** @type {GeoJSON.Point} */
const point = { type: "Point", coordinates: [1, 2] };
/** @type {GeoJSON.MultiPoint} */
const points = { type: "MultiPoint", coordinates: [[3, 4], [5, 6]] };
/** @type {GeoJSON.LineString} */
const line = { type: "LineString", coordinates: [[0, 0], [1, 1]] };
/** @type {GeoJSON.MultiLineString} */
const lines = { type: "MultiLineString", coordinates: [[[2, 2], [3, 3]], [[4, 4], [5, 5]]] };
/** @type {GeoJSON.Polygon} */
const zone = { type: "Polygon", coordinates: [ring, hole] };
/** @type {GeoJSON.MultiPolygon} */
const zones = { type: "MultiPolygon", coordinates: [[ring], [[[20, 20], [30, 20], [30, 30], [20, 20]]]] };
/** @type {GeoJSON.GeometryCollection} */
const all = { type: "GeometryCollection", geometries: [point, { type: "GeometryCollection", geometries: [points, line] }, lines, zone, zones] };

test("a collection is taken apart however deep, and nothing has no parts", () => {
    assert.deepEqual(partsOf(all), [point, points, line, lines, zone, zones]);
    assert.deepEqual([partsOf(null), pointsOf(null), linesOf(null), areasOf(null), positionsOf(null)], [[], [], [], [], []]);
});

test("points, lines and zones are told apart", () => {
    assert.deepEqual(pointsOf(all), [[1, 2], [3, 4], [5, 6]]);
    assert.deepEqual(linesOf(all), [line, lines]);
    assert.deepEqual(areasOf(all), [zone, zones]);
    assert.deepEqual(positionsOf(all).length, 3 + 2 + 4 + 10 + 9);
    assert.deepEqual(positionsOf(point), [[1, 2]]);
});

test("the lists of positions of a part are found however deep", () => {
    assert.deepEqual(listsIn(line), [line.coordinates]);
    assert.deepEqual(listsIn(zone), [ring, hole]);
    assert.deepEqual(listsIn(zones), [ring, zones.coordinates[1]?.[0]]);
    assert.deepEqual(listsIn(all), []);
});

test("a position lies within a ring and not within its hole, by both who tell", () => {
    const cases = /** @type {[number[], boolean][]} */ ([
        [[1, 1], true], [[5, 2], true], [[5, 5], false], [[9, 5], true], [[3, 5], true], [[-1, 5], false], [[11, 5], false],
        [[5, -1], false], [[5, 11], false], [[-5, 4], false], [[15, 6], false], [[5, 6.5], true],
    ]);
    for (const [here, inside] of cases) {
        assert.equal(isWithin([ring, hole], here), inside, String(here));
        assert.equal(encloses(zone, here), inside, String(here));
    }
    const slanted = [[0, 0], [10, 0], [0, 10], [0, 0]];
    assert.deepEqual([[4, 5], [6, 5], [1, 8.5], [2, 8.5]].map((here) => isWithin([slanted], here)), [true, false, true, false]);
    const afar = [[10, 10], [20, 10], [10, 30], [10, 10]];
    assert.deepEqual([[14.5, 20], [15.5, 20], [10.5, 28], [11.5, 28]].map((here) => isWithin([afar], here)), [true, false, true, false]);
});

test("only a zone encloses, and either of two does", () => {
    assert.deepEqual([point, line, lines, null].map((one) => encloses(one, [1, 1])), [false, false, false, false]);
    assert.deepEqual([[1, 1], [28, 22], [15, 15]].map((here) => encloses(zones, here)), [true, true, false]);
});

test("a box holds every position, whatever their order", () => {
    assert.equal(boxOf([]), null);
    assert.deepEqual(boxOf([[3, 1], [-2, 5], [0, -7]]), [-2, -7, 3, 5]);
    assert.deepEqual(boxOf([[1, 2]]), [1, 2, 1, 2]);
});

test("a box grows by as many metres on each side, which are more degrees of longitude far north", () => {
    const rounded = (/** @type {number[]} */ box) => box.map((one) => Math.round(one * 1000) / 1000);
    assert.deepEqual(rounded(grown([10, -1, 20, 1], 111_195)), [9, -2, 21, 2]);
    assert.deepEqual(rounded(grown([10, 59, 20, 61], 111_195)), [8, 58, 22, 62]);
    assert.deepEqual(grown([1, 2, 3, 4], 0), [1, 2, 3, 4]);
});
