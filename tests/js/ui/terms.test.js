/** The facet of list fields: which words are offered, in which order, and how many. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setLanguage } from "../../../static/js/core/i18n.js";
import { catalogueOf, select } from "../../../static/js/core/selection.js";
import { termsOfAll, termsOfLayer } from "../../../static/js/ui/panel/conditions.js";
import { emptyView } from "../../../static/js/core/url.js";

setLanguage("en", JSON.parse(readFileSync(new URL("../../../words/en.json", import.meta.url), "utf8")).page);

const words = Array.from({ length: 12 }, (_, i) => `w${String(i).padStart(2, "0")}`);
const item = (/** @type {number} */ i, /** @type {object} */ part = {}) => /** @type {any} */ ({
    id: `i${i}`, name: `i${i}`, name_en: `i${i}`, layer: "parks", counties: [], scope: "county", terms: words.slice(0, i + 1), geometry: null, ...part,
});
const items = [...words.keys()].map((i) => item(i));
const pack = /** @type {any} */ ({
    families: [], terms: {},
    layers: [{ id: "parks", fields: [{ id: "products", type: "list", title: "产品", title_en: "Products" }] }, { id: "roads", fields: [{ id: "km", type: "number" }] }],
});
const catalogue = catalogueOf(pack, [...items, item(20, { layer: "roads", terms: ["road"] }), item(21, { layer: "roads", terms: undefined })]);

/** @param {typeof termsOfAll} shown @param {object} part @param {string[]} open */
function offered(shown, part, open = []) {
    const view = { ...emptyView(), ...part };
    const markup = shown(/** @type {any} */ ({ pack, catalogue, state: { view } }), select(catalogue, view, null), new Set(open));
    const text = String(markup);
    return {
        text, none: markup === null, words: [...text.matchAll(/data-choose="term:(\w+)"/g)].map((hit) => hit[1]),
        pressed: [...text.matchAll(/data-key="term:(\w+)" aria-pressed="true"/g)].map((hit) => hit[1]),
        counts: [...text.matchAll(/class="count">(\d+)</g)].map((hit) => Number(hit[1])),
    };
}

test("the words of all items are folded until they are asked for", () => {
    const { words: shown, text } = offered(termsOfAll, {});
    assert.deepEqual(shown, []);
    assert.match(text, /aria-expanded="false"/);
    assert.match(offered(termsOfAll, { term: ["w03", "w04"] }).text, /<small>w03, w04<\/small>/);
});

test("unfolded, the ten commonest stand first and the rest on demand", () => {
    const { words: shown, counts, text } = offered(termsOfAll, {}, ["terms"]);
    assert.deepEqual(shown, words.slice(0, 10));
    assert.deepEqual(counts, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    assert.match(text, /data-fold="terms:all"[^>]*\s+aria-expanded="false"/);
    const all = offered(termsOfAll, {}, ["terms", "terms:all"]);
    assert.deepEqual(all.words, [...words, "road"]);
    assert.match(all.text, /data-fold="terms:all"[^>]*\s+aria-expanded="true"/);
});

test("a word that is chosen is shown, however rare, and pressed", () => {
    const { words: shown, pressed } = offered(termsOfAll, { term: ["w11"] }, ["terms"]);
    assert.deepEqual([shown.at(-1), pressed], ["w11", ["w11"]]);
});

test("a chosen word that no item in view holds counts nothing and can be taken back", () => {
    const { pressed, counts, text } = offered(termsOfAll, { term: ["w00"], county: ["1"] }, ["terms"]);
    assert.deepEqual([pressed, counts], [["w00"], [0]]);
    assert.match(text, /chip is-zero/);
    assert.doesNotMatch(text, /terms:all/);
});

test("one layer with a list field has its words under the field's title, and all of them", () => {
    const { words: shown, text } = offered(termsOfLayer, { layer: ["parks"] });
    assert.deepEqual(shown, words);
    assert.match(text, /<h3 class="terms-head">Products<\/h3>/);
    assert.doesNotMatch(text, /terms:all|is-zero/);
    assert.equal(offered(termsOfAll, { layer: ["parks"] }).none, true);
});

test("no layer, several, or one without a list field have no words of their own", () => {
    for (const layer of [[], ["parks", "roads"], ["roads"], ["nosuch"]]) {
        assert.equal(offered(termsOfLayer, { layer }).none, true, String(layer));
        assert.equal(offered(termsOfAll, { layer }).none, false, String(layer));
    }
});

test("a heading stands for its words, which unfold below it", () => {
    const headed = /** @type {any} */ ({ ...pack, industries: [{ name: "Food", words: ["w00", "w01"], also: [] }] });
    const held = catalogueOf(headed, items.map((one) => ({ ...one, terms: [...(one.terms ?? []), "Food"] })));
    const offer = (/** @type {object} */ part, /** @type {string[]} */ open) => {
        const view = { ...emptyView(), layer: ["parks"], ...part };
        const text = String(termsOfLayer(/** @type {any} */ ({ pack: headed, catalogue: held, state: { view } }), select(held, view, null), new Set(open)));
        return [...text.matchAll(/data-choose="term:(\w+)"/g)].map((hit) => hit[1]);
    };
    const loose = words.slice(2);
    assert.deepEqual(offer({}, []), ["Food", ...loose]);
    assert.deepEqual(offer({}, ["heading:Food"]), ["Food", "w00", "w01", ...loose]);
    assert.deepEqual(offer({ term: ["w01"] }, []), ["Food", "w00", "w01", ...loose], "a chosen word is never out of sight");
});
