/** Badges of the plan's figures: none lies on another. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { pushedApart } from "../../../static/js/draw/apart.js";

const disc = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y, radius: 8 });

test("discs that lie on each other, or at one place, are pushed apart; others stay", () => {
    const given = [disc(0, 0), disc(0, 0), disc(0, 0), disc(5, 0), disc(200, 200)];
    const moved = pushedApart(given);
    moved.forEach((a, i) => {
        for (const b of moved.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 15.9);
    });
    assert.deepEqual(moved[4], disc(200, 200));
    assert.deepEqual(given[0], disc(0, 0));
    for (const one of moved.slice(0, 4)) assert.ok(Math.hypot(one.x, one.y) < 45);
});
