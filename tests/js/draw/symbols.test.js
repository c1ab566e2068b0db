/** A symbol's fill says the status, how it stands on the map how far off the place may be. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { familyMark, glyphOf, statusSymbol, symbol } from "../../../static/js/draw/symbols.js";

const item = (/** @type {object} */ more) => /** @type {any} */ ({ method: "point", precision: "township", status: "planned", basis: "published", ...more });

test("every status has a drawing of its own, and none depends on the certainty", () => {
    const drawn = ["existing", "building", "planned", "upgrade", "programme"].map((status) => String(statusSymbol(status)));
    assert.equal(new Set(drawn).size, 5);
    assert.match(String(statusSymbol("building")), /class="half"/);
    assert.match(String(statusSymbol("upgrade")), /class="inner"/);
    const layer = /** @type {any} */ ({ id: "roads", symbol: "road", categories: [] });
    const of = (/** @type {number} */ metres) => String(symbol(layer, undefined, item({ uncertainty_m: metres })));
    assert.equal(of(100).replace("is-pin", "is-circle"), of(9000));
});

test("a category has its own glyph; one that has none, or one that nobody has drawn, its layer's", () => {
    const layer = /** @type {any} */ ({ id: "roads", symbol: "road", categories: [{ id: "port", symbol: "anchor" }, { id: "street" }, { id: "odd", symbol: "nothing" }] });
    assert.equal(glyphOf(layer, "port"), "anchor");
    for (const category of ["street", "odd", undefined]) assert.equal(glyphOf(layer, category), "road");
    const of = (/** @type {string} */ category) => String(symbol(layer, undefined, item({ category })));
    assert.notEqual(of("port"), of("street"));
    assert.equal(String(symbol(layer, undefined, undefined, "port")).includes("path"), true);
});

test("a family's shape stands upright on a ring, wherever on it", () => {
    const family = /** @type {any} */ ({ id: "city", shape: "triangle" });
    const [, turn, , back] = /rotate\((\S+) 20 20\) (translate\(36.5 20\)) rotate\((\S+)\)/.exec(String(familyMark(family, 25))) ?? [];
    // The ring itself is turned back by a quarter.
    assert.equal(Number(turn) + Number(back) - 90, 0);
    assert.match(String(familyMark(family, 25)), /family-city/);
});
