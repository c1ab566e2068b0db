/** The view in force and its address: each is the other's, and no change is told twice or feeds itself. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** A browser's address bar, as far as the state needs one. */
const pages = /** @type {{ list: string[], at: number }} */ ({ list: [], at: 0 });
const bar = /** @type {any} */ (globalThis);
/** @type {string[]} */
const written = [];
/** @type {(() => void)[]} */
let ears = [];

function look() {
    bar.location = new URL(String(pages.list[pages.at]));
}

/** @param {string} address */
function open(address) {
    Object.assign(pages, { list: [new URL(address, "https://map.example/").href], at: 0 });
    ears = [];
    written.length = 0;
    look();
}

/** @param {number} steps */
function go(steps) {
    pages.at += steps;
    look();
    for (const ear of ears) ear();
}

bar.window = { addEventListener: (/** @type {string} */ name, /** @type {() => void} */ ear) => name === "popstate" && ears.push(ear) };
bar.history = {
    pushState: (/** @type {any} */ _, /** @type {string} */ __, /** @type {string} */ address) => {
        pages.list.splice(pages.at + 1, Infinity, new URL(address, bar.location).href);
        pages.at += 1;
        written.push("push");
        look();
    },
    replaceState: (/** @type {any} */ _, /** @type {string} */ __, /** @type {string} */ address) => {
        pages.list[pages.at] = new URL(address, bar.location).href;
        written.push("replace");
        look();
    },
};

const { State, vocabularyOf } = await import("../../../static/js/core/state.js");
const pack = /** @type {any} */ ({
    place: "东市", counties: [{ name: "东县", name_en: "East County", short: "东", code: "1" }, { name: "西县", code: "2" }], languages: ["zh", "en"],
    layers: [{ id: "parks", title: "园区", title_en: "Parks", categories: [{ id: "zone" }] }, { id: "roads", categories: [{ id: "rail", title: "铁路" }, { id: "zone" }] }],
    statuses: [{ id: "planned", title: "规划新建", title_en: "Planned" }], precisions: [{ id: "site", title: "场址" }], doubts: [{ id: "inferred", title: "推断" }], terms: { 织造: "Weaving" }, base_maps: [{ id: "aerial" }],
    destinations: ["port"], foreign_parameters: ["from"], traditional: ["東縣", "东县"],
});
const words = vocabularyOf(pack);

/** A state, and what it has told. @param {string} [kept] */
function watched(kept) {
    const state = new State(words, kept);
    /** @type {{ type: string, detail: any }[]} */
    const told = [];
    for (const type of ["change", "hover", "seen"]) state.addEventListener(type, (event) => told.push({ type, detail: /** @type {any} */ (event).detail }));
    return { state, told };
}

beforeEach(() => open("/"));

test("the view is read from the address, and what was not understood is named", () => {
    open("/map?layer=parks&county=東縣&flavour=red");
    const { state, told } = watched();
    assert.deepEqual([state.view.layer, state.view.county], [["parks"], ["1"]]);
    assert.deepEqual(state.problems, [{ name: "flavour", value: "red" }]);
    assert.deepEqual([told, written, state.refused, state.extent], [[], [], false, null]);
});

test("a change is written as a step, told once, with what was before", () => {
    const { state, told } = watched();
    const before = state.view;
    state.change({ layer: ["parks"] });
    assert.equal(bar.location.href, "https://map.example/?layer=parks");
    assert.deepEqual(written, ["push"]);
    assert.deepEqual(told, [{ type: "change", detail: { before } }]);
    assert.deepEqual(before.layer, []);
});

test("what is no step of its own takes the place of the last one", () => {
    const { state } = watched();
    state.change({ q: "a" }, "replace");
    assert.deepEqual([written, pages.list], [["replace"], ["https://map.example/?q=a"]]);
});

test("a change that changes nothing is neither written nor told", () => {
    open("/?layer=parks");
    const { state, told } = watched();
    for (const patch of [{}, { layer: ["parks"] }, { near: "5" }, { inview: "1" }, { lang: "zh" }, { base: "paper" }]) state.change(patch);
    assert.deepEqual([told, written], [[], []]);
});

test("back and forward read the address, are told once each, and write nothing", () => {
    const { state, told } = watched();
    state.change({ layer: ["parks"] });
    state.change({ q: "a" });
    told.length = written.length = 0;
    go(-1);
    assert.deepEqual([state.view.layer, state.view.q], [["parks"], ""]);
    assert.equal(told[0]?.detail.before.q, "a");
    go(-1);
    assert.deepEqual(state.view.layer, []);
    go(2);
    assert.equal(state.view.q, "a");
    assert.deepEqual([told.map(({ type }) => type), written], [["change", "change", "change"], []]);
});

test("a listener that says the same again is heard once: no state feeds itself", () => {
    const { state, told } = watched();
    state.addEventListener("change", () => {
        state.change({ ...state.view });
        state.change({ bbox: state.view.bbox, inview: state.view.inview }, "replace");
    });
    state.addEventListener("seen", () => state.view.inview && state.change({ bbox: state.extent }, "replace"));
    state.change({ inview: "1", bbox: [1, 2, 3, 4] });
    assert.equal(told.length, 1);
    told.length = written.length = 0;
    state.setExtent([1, 2, 3, 4]);
    assert.deepEqual([told.map(({ type }) => type), written], [["seen"], []]);
    state.setExtent([2, 2, 4, 4]);
    assert.deepEqual([told.map(({ type }) => type), written], [["seen", "seen", "change"], ["replace"]]);
    assert.deepEqual(state.view.bbox, [2, 2, 4, 4]);
});

test("what the map shows and what the pointer is on are told, and stand in no address", () => {
    const { state, told } = watched();
    state.setExtent([1, 2, 3, 4]);
    state.hover("a");
    state.hover(null);
    assert.deepEqual(told.map(({ detail }) => detail), [{ extent: [1, 2, 3, 4] }, { id: "a" }, { id: null }]);
    assert.deepEqual([state.extent, written], [[1, 2, 3, 4], []]);
});

test("a value is chosen, taken back, and stands in the pack's order", () => {
    const { state } = watched();
    state.toggle("layer", "roads");
    state.toggle("layer", "parks");
    assert.deepEqual(state.view.layer, ["parks", "roads"]);
    state.toggle("layer", "roads");
    assert.deepEqual(state.view.layer, ["parks"]);
    state.toggle("layer", "nosuch");
    assert.deepEqual(state.view.layer, ["parks"]);
});

test("another county is another place, another layer is not", () => {
    open("/?bbox=1,2,3,4");
    const { state } = watched();
    state.toggle("layer", "parks");
    assert.deepEqual(state.view.bbox, [1, 2, 3, 4]);
    state.toggle("county", "2");
    assert.equal(state.view.bbox, null);
});

test("the address of any view can be had without showing it, with what a frame keeps", () => {
    open("/embed?layer=parks&legend=0");
    const { state } = watched("legend=0");
    assert.equal(state.address(), "/embed?layer=parks&legend=0");
    assert.equal(state.address({ ...state.view, layer: [] }), "/embed?legend=0");
    open("/embed");
    assert.equal(watched().state.address(), "/embed");
});

test("what the data does not know is taken out and named, without being told or written", () => {
    open("/?focus=nosuch&flavour=red");
    const { state, told } = watched();
    state.setResolver((view) => ({ view: { ...view, focus: null }, problems: view.focus ? [{ name: "focus", value: view.focus }] : [] }));
    assert.equal(state.view.focus, null);
    assert.deepEqual(state.problems, [{ name: "flavour", value: "red" }, { name: "focus", value: "nosuch" }]);
    assert.deepEqual([told, written], [[], []]);
    assert.deepEqual(state.read("focus=other&moon=1"), {
        view: { ...state.view }, problems: [{ name: "moon", value: "1" }, { name: "focus", value: "other" }],
    });
});

test("the view can be shown once more, as if it had changed", () => {
    const { state, told } = watched();
    state.refresh();
    assert.deepEqual(told, [{ type: "change", detail: { before: state.view } }]);
});

test("a tour that a link brought stays in the address until the reader makes it his own", () => {
    open("/#tour=%3Flayer%3Dparks");
    const { state } = watched();
    state.change({ q: "a" });
    state.change({ q: "b" }, "replace");
    assert.equal(bar.location.href, "https://map.example/?q=b#tour=%3Flayer%3Dparks");
    state.forgetTour();
    assert.equal(bar.location.href, "https://map.example/?q=b");
    written.length = 0;
    state.forgetTour();
    assert.deepEqual(written, []);
    open("/#results");
    assert.equal(watched().state.hash, "");
});

test("every word a view may use is the pack's", () => {
    assert.deepEqual(words, {
        layer: ["parks", "roads"], county: ["1", "2", "city", "outside"], 
        names: {
            layer: { 园区: "parks", Parks: "parks" },
            county: { 东市: "city", 东: "1", 东县: "1", "East County": "1", 西县: "2" },
            category: { 铁路: "rail" }, status: { 规划新建: "planned", Planned: "planned" }, precision: { 场址: "site" }, doubt: { 推断: "inferred" },
        },
        category: ["zone", "rail"], status: ["planned"], precision: ["site"], term: ["织造"], doubt: ["inferred"], site: ["port"], base: ["paper", "aerial"],
        lang: ["zh", "en"], foreign: ["from"], traditional: ["東縣", "东县"],
    });
    // A city and a county of one name: the county is the narrower choice, the city has a word of its own.
    assert.equal(vocabularyOf({ ...pack, place: "东县" }).names.county?.东县, "1");
    const bare = { ...pack, terms: undefined, destinations: undefined, base_maps: undefined, foreign_parameters: undefined };
    assert.deepEqual([vocabularyOf(bare).term, vocabularyOf(bare).base, vocabularyOf(bare).foreign], [[], ["paper"], []]);
});

test("addresses of many items are made from one, whatever else the view holds", () => {
    open("/map?q=focus%3Dany&layer=roads&title=any&theme=dark&inview=1&bbox=1,2,3,4&focus=old");
    const { state } = watched();
    let made = 0;
    const own = state.address.bind(state);
    state.address = (view) => { made += 1; return own(view); };
    const addressOf = state.itemAddresses();
    assert.deepEqual([addressOf("a"), addressOf("b-2")], ["a", "b-2"].map((focus) => own({ ...state.view, focus })));
    assert.equal(made, 1);
});
