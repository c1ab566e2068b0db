/** Counting by county, the plan's diagram and the tour: what can be said without a page. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { scaleOf, tintOf } from "../../static/js/draw/county_tint.js";
import { inDiagram, diagramKindOf, KINDS } from "../../static/js/draw/structure_diagram.js";
import { stopsIn, tourHash } from "../../static/js/core/tour.js";
import { emptyView } from "../../static/js/core/url.js";

/** @typedef {import("../../static/js/core/types.d.ts").Item} Item */

test("counts are shaded in at most five equal steps with round ends", () => {
    const { ranges, tone } = scaleOf([77, 90, 125, 130, 168, 196]);
    assert.deepEqual(ranges.map(({ from, to }) => [from, to]), [[1, 50], [51, 100], [101, 150], [151, 200]]);
    assert.deepEqual([0, 1, 50, 51, 196].map(tone), [0, 1, 1, 2, 4]);
});

test("there are five shades at most, in steps of 1, 2, 5, 10 …, each range with the tone of its counts", () => {
    const ends = (/** @type {number} */ most) => scaleOf([most]).ranges.map(({ to }) => to);
    assert.deepEqual([5, 10, 11, 26, 52].map(ends), [
        [1, 2, 3, 4, 5], [2, 4, 6, 8, 10], [5, 10, 15], [10, 20, 30], [20, 40, 60],
    ]);
    for (const most of [1, 6, 10, 100, 101, 1000]) {
        const { ranges, tone } = scaleOf([most]);
        for (const range of ranges) assert.deepEqual([tone(range.from), tone(range.to)], [range.tone, range.tone]);
    }
});

test("small counts have a shade each, and no count needs none", () => {
    assert.deepEqual(scaleOf([0, 1, 2]).ranges.map(({ to }) => to), [1, 2]);
    assert.deepEqual(scaleOf([0, 0]).ranges, []);
    assert.equal(scaleOf([0, 0]).tone(0), 0);
});

test("the tint is the layer's, the family's, or nobody's", () => {
    const layers = new Map([["rail", { family: "ways" }], ["road", { family: "ways" }], ["farm", { family: "land" }]]);
    const catalogue = /** @type {any} */ ({ layers });
    const tint = (/** @type {string[]} */ layer) => tintOf(catalogue, { ...emptyView(), layer });
    assert.deepEqual([["rail"], ["rail", "road"], ["rail", "farm"], []].map(tint),
        ["layer-rail", "family-ways", "tint-all", "tint-all"]);
});

const core = /** @type {Item} */ (/** @type {unknown} */ ({ id: "c", layer: "s", diagram: "core", geometry: { type: "Point", coordinates: [1, 2] } }));

test("an item is drawn as the diagram does while its layer is alone, or while it is in hand", () => {
    const view = emptyView();
    assert.deepEqual(inDiagram([core], view), []);
    assert.deepEqual(inDiagram([core], { ...view, layer: ["s"] }), [core]);
    assert.deepEqual(inDiagram([core], { ...view, layer: ["s", "t"], focus: "c" }), [core]);
    assert.equal(diagramKindOf({ ...core, diagram: "spiral" }), null);
    assert.equal(diagramKindOf({ ...core, geometry: null }), null);
});

test("every kind the data says is drawn, and the README of the data names every kind", () => {
    const root = new URL("../../geodata/", import.meta.url);
    const readme = readFileSync(new URL("README.md", root), "utf8");
    for (const kind of KINDS) assert.ok(readme.includes(`\`${kind}\``), kind);
    for (const name of readdirSync(new URL("items/", root))) {
        const [head = "", ...rows] = readFileSync(new URL(`items/${name}`, root), "utf8").trim().split("\n");
        if (!head.endsWith(",diagram")) continue;
        const said = rows.map((row) => row.slice(row.lastIndexOf(",") + 1)).filter(Boolean);
        assert.deepEqual(said.filter((kind) => !KINDS.includes(/** @type {any} */ (kind))), [], name);
    }
});

test("a tour travels in a link and comes back the same", () => {
    const stops = ["layer=water&county=100001&title=%E6%B0%B4", "", "bbox=1,2,3,4"];
    assert.deepEqual(stopsIn(tourHash(stops)), stops);
    assert.equal(tourHash([]), "");
    assert.equal(stopsIn("#results"), null);
    assert.equal(stopsIn("#tour=%E6%B"), null);
});
