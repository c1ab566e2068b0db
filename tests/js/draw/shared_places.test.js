/** Where names and symbols stand on the page, as in pictures: the cases that both must pass. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { LEADER_PX, areaOf, holds, placeLabel, touches } from "../../../static/js/draw/area_label.js";
import { cluster, joined, apart, discOf, SYMBOL_PX } from "../../../static/js/draw/point_layout.js";
import { certaintyOf } from "../../../static/js/draw/symbols.js";

const cases = (/** @type {string} */ name) =>
    JSON.parse(readFileSync(new URL(`../../shared/${name}_cases.json`, import.meta.url), "utf8")).cases;

/** @typedef {ReturnType<typeof areaOf>} Area */
/** @typedef {NonNullable<ReturnType<typeof placeLabel>>} Placed */

for (const { name, area, others, anchor, sizes, obstacles, room, ...expected } of cases("area_label")) {
    test(`the name of an area: ${name}`, () => {
        const own = areaOf([area]);
        const rest = others.map((/** @type {GeoJSON.Position[]} */ ring) => areaOf([ring]));
        const forms = sizes.map((/** @type {[number, number]} */ [w, h]) => ({ w, h }));
        const placed = placeLabel(own, rest, anchor, forms, obstacles, room);
        assert.equal(placed && forms.indexOf(placed.form), expected.form);
        if (!placed) return;
        if (expected.where === "within") assert.ok(placed.leader === null && holds(own, placed.box));
        else assertBeside(placed, own, rest);
        if (expected.box) assert.deepEqual([placed.box.x, placed.box.y], expected.box);
    });
}

/** @param {Placed} placed @param {Area} own @param {Area[]} rest */
function assertBeside({ box, leader }, own, rest) {
    assert.ok(leader);
    const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [leader.from, leader.to];
    assert.ok(Math.hypot(x2 - x1, y2 - y1) <= LEADER_PX);
    assert.ok(![own, ...rest].some((one) => touches(one, box)));
}

for (const { name, certainty, ...item } of cases("certainty")) {
    test(`how an item stands on a map: ${name}`, () => assert.equal(certaintyOf(item), certainty));
}

/** @param {{ id: string, x: number, y: number }[]} spots */
const spotsOf = (spots) => spots.map(({ id, x, y }) => ({ x, y, thing: /** @type {any} */ ({ id }) }));

for (const { name, spots, groups } of cases("point")) {
    test(`which symbols are one: ${name}`, () => {
        const found = joined(cluster(spotsOf(spots), 30), discOf);
        assert.deepEqual(found.map((one) => one.spots.map((spot) => spot.thing.id)), groups);
    });
    test(`pushed apart, none hides another: ${name}`, () => {
        const moved = apart(spotsOf(spots), []);
        moved.forEach((a, i) => moved.slice(i + 1).forEach((b) => {
            assert.ok(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) >= SYMBOL_PX * 0.7);
        }));
        for (const axis of /** @type {const} */ (["x", "y"])) {
            const sum = (/** @type {{ x: number, y: number }[]} */ all) => all.reduce((total, one) => total + one[axis], 0);
            assert.ok(Math.abs(sum(spots) - sum(moved)) < 1e-6);
        }
    });
}
