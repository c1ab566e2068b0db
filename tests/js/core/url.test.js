/** The view's query string: the table that the server reads too, and what only this page knows. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkView } from "../../../static/js/core/checked_view.js";
import { emptyView, parse, serialise, VIEW_NAMES } from "../../../static/js/core/url.js";

const { vocabulary, cases } = JSON.parse(
    readFileSync(new URL("../../shared/view_cases.json", import.meta.url), "utf8"));

/** Every id is a point's, and the gazetteer holds what the table says. */
const point = { geometry: { type: "Point", coordinates: [0, 0] } };
const places = new Map(Object.entries(vocabulary.places).map(([name, position]) => [name, { name, position }]));
const catalogue = /** @type {any} */ ({ places, byId: { has: () => true, get: () => point }, traditional: vocabulary.traditional });

/** @param {string} query */
function read(query) {
    const { view, problems } = parse(query, vocabulary);
    const found = checkView(view, catalogue);
    return { view: found.view, problems: [...problems, ...found.problems] };
}

for (const { name, query, canonical, refused = [] } of cases) {
    test(`the view reads and writes ${name}`, () => {
        const { view, problems } = read(query);
        assert.equal(serialise(view, vocabulary, VIEW_NAMES), canonical);
        assert.deepEqual(problems.map((one) => [one.name, one.value]), refused);
    });
    test(`the canonical form of ${name} reads back to itself`, () => {
        const { view, problems } = read(canonical);
        assert.equal(serialise(view, vocabulary), canonical);
        assert.deepEqual(problems, []);
    });
}

test("a view with nothing chosen is the empty view", () => {
    assert.deepEqual(parse("", vocabulary).view, emptyView());
});

test("what only the page knows is not written for other faces", () => {
    const { view } = parse("layer=parks&choropleth=1&compare=a,b&present=1", vocabulary);
    assert.equal(serialise(view, vocabulary, VIEW_NAMES), "layer=parks");
    assert.equal(serialise(view, vocabulary), "layer=parks&choropleth=1&compare=a,b&present=1");
});

test("bytes that are no text are refused, the character that stands for such is not", () => {
    assert.deepEqual(parse("q=%FF&layer=parks", vocabulary).problems, [{ name: "q", value: "\ufffd" }]);
    assert.deepEqual(parse("q=%EF%BF%BD", vocabulary).problems, []);
});
