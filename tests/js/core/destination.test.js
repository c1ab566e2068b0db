/** Where a view sends the map: each cause once, and never twice for the same. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { destinationOf } from "../../../static/js/core/destination.js";
import { emptyView } from "../../../static/js/core/url.js";

const view = (/** @type {object} */ patch = {}) => ({ ...emptyView(), ...patch });
const nowhere = { boxed: "", ringed: "" };
const item = /** @type {any} */ ({ id: "a" });
const centre = /** @type {any} */ ({ position: [120, 40] });
const box = /** @type {[number, number, number, number]} */ ([1, 2, 3, 4]);

test("a first view goes to its counties, and the whole city has none", () => {
    assert.deepEqual(destinationOf(view(), null, undefined, null, nowhere).to, { counties: [] });
    assert.deepEqual(destinationOf(view({ county: ["1", "city"] }), null, undefined, null, nowhere).to, { counties: ["1"] });
});

test("a view of the same counties leaves the map where it is; of others it does not", () => {
    assert.equal(destinationOf(view({ layer: ["x"] }), view(), undefined, null, nowhere).to, null);
    assert.deepEqual(destinationOf(view({ county: ["2"] }), view({ county: ["1"] }), undefined, null, nowhere).to, { counties: ["2"] });
});

test("a box is gone to once", () => {
    const asked = view({ bbox: box });
    const first = destinationOf(asked, view(), undefined, null, nowhere);
    assert.deepEqual(first.to, { box });
    assert.equal(destinationOf(asked, asked, undefined, null, first.known).to, null);
});

test("a box taken away leads back to the counties, but not away from an item in hand", () => {
    const last = view({ bbox: box });
    assert.deepEqual(destinationOf(view(), last, undefined, null, { boxed: "1,2,3,4", ringed: "" }), { to: { counties: [] }, known: nowhere });
    assert.equal(destinationOf(view({ focus: "a" }), view({ bbox: box, focus: "a" }), item, null, nowhere).to, null);
});

test("an item newly in hand is gone to, the same one is not", () => {
    assert.deepEqual(destinationOf(view({ focus: "a" }), view(), item, null, nowhere).to, { near: "item", item });
    assert.equal(destinationOf(view({ focus: "a" }), view({ focus: "a" }), item, null, nowhere).to, null);
});

test("what is near is gone to when it is asked, and again for another distance", () => {
    const asked = view({ place: "x", near: "10" });
    const first = destinationOf(asked, view(), undefined, centre, nowhere);
    assert.deepEqual(first.to, { near: "place", position: [120, 40], km: 10 });
    assert.equal(destinationOf(asked, asked, undefined, centre, first.known).to, null);
    assert.deepEqual(destinationOf(view({ place: "x", near: "20" }), asked, undefined, centre, first.known).to, { near: "place", position: [120, 40], km: 20 });
    assert.deepEqual(destinationOf(view({ place: "x" }), asked, undefined, centre, first.known).to, { near: "place", position: [120, 40], km: 5 });
});

test("a view with a box stays in it, whatever it is near to; the ring is known then", () => {
    const asked = view({ place: "x", near: "10", bbox: box });
    const first = destinationOf(asked, null, undefined, centre, nowhere);
    assert.deepEqual([first.to, first.known], [{ box }, { boxed: "1,2,3,4", ringed: "120,40,10" }]);
    assert.equal(destinationOf(view({ ...asked, near: "20" }), asked, undefined, centre, first.known).to, null);
});
