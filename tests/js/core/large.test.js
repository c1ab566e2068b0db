/** A long list that comes a page at a time, and the window of the map that is asked for. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pagesOf } from "../../../static/js/core/large/pages.js";
import { windowAround, withinWindow } from "../../../static/js/core/large/window.js";

test("pages are asked for once each, and only those looked at", async () => {
    /** @type {number[]} */
    const asked = [];
    const { items, load } = pagesOf(1050, async (offset, limit) => {
        asked.push(offset);
        return Array.from({ length: Math.min(limit, 1050 - offset) }, (_, i) => offset + i);
    });
    assert.equal(items.length, 1050);
    await Promise.all([load(95, 105), load(90, 110)]);
    assert.deepEqual(asked, [0, 100]);
    assert.equal(items[95], 95);
    assert.equal(items[300], undefined);
    assert.equal(load(0, 200), null);
    await load(1000, 5000);
    assert.deepEqual(asked, [0, 100, 1000]);
    assert.equal(items.at(-1), 1049);
});

test("a page that failed is asked for again", async () => {
    let fails = true;
    const { items, load } = pagesOf(10, async () => {
        if (fails) throw new Error("gone");
        return Array.from({ length: 10 }, (_, i) => i);
    });
    await assert.rejects(async () => load(0, 10));
    fails = false;
    await load(0, 10);
    assert.equal(items[9], 9);
});

test("a step aside needs nothing new, a step closer does", () => {
    const held = windowAround([120, 40, 121, 41], 1000);
    assert.ok(withinWindow(windowAround([120.1, 40.1, 121.1, 41.1], 1000), held));
    assert.ok(!withinWindow(windowAround([120.5, 40, 121.5, 41], 1000), held));
    assert.ok(!withinWindow(windowAround([120.25, 40.25, 120.75, 40.75], 1000), held));
});
