/** The views a presenter has chosen: what a link carries, what this browser keeps. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { keepStops, MOST_STOPS, stopMoved, stopOf, stopsIn, stopsOf, stopText, tourHash } from "../../../static/js/core/tour.js";

test("without a link and without anything kept there are no stops", () => {
    assert.deepEqual(stopsOf(""), []);
    assert.deepEqual(stopsOf("#results"), []);
});

test("what is kept comes back, a link goes before it, and nothing kept is nothing", () => {
    keepStops(["layer=parks", "q=a"]);
    assert.deepEqual(stopsOf(""), ["layer=parks", "q=a"]);
    assert.deepEqual(stopsOf("#tour=%3Fq%3Db"), ["q=b"]);
    keepStops([]);
    assert.deepEqual(stopsOf(""), []);
});

test("a fragment is read with and without question marks, and empty stops are none", () => {
    assert.deepEqual(stopsIn("#tour=%3Fq%3Da,q%3Db,,q%3D%3F"), ["q=a", "q=b", "q=?"]);
    assert.deepEqual(stopsIn("#tour="), []);
});

test("a link carries no more stops than a talk has", () => {
    assert.equal(MOST_STOPS, 30);
    const many = Array.from({ length: 40 }, (_, i) => `q=${i}`);
    assert.deepEqual(stopsIn(tourHash(many)), many.slice(0, 30));
});

test("a fragment names its stops as queries, one after the other", () => {
    assert.equal(tourHash(["q=a", "q=b"]), "#tour=%3Fq%3Da,%3Fq%3Db");
    assert.equal(tourHash([]), "");
});

test("a link cut within a character names nothing", () => {
    keepStops(["q=a"]);
    assert.equal(stopsIn("#tour=%E6%B"), null);
    assert.deepEqual(stopsOf("#tour=%E6%B"), ["q=a"]);
});

test("what is said of a stop, and how long it stays, come back as they were written", () => {
    const written = "layer=parks&say=%E4%B8%80%26%E4%BA%8C&dwell=15";
    assert.deepEqual(stopOf(written), { query: "layer=parks", say: "一&二", dwell: 15 });
    assert.equal(stopText(stopOf(written)), written);
    assert.equal(stopText({ query: "q=a", say: " ", dwell: 0 }), "q=a");
    assert.deepEqual(stopsIn(tourHash([written])), [written]);
});

test("a time that is none is none", () => {
    for (const dwell of ["-3", "0", "x", "601"]) assert.equal(stopOf(`q=a&dwell=${dwell}`).dwell, 0);
});

test("a stop is moved up and down, and no further than the ends", () => {
    assert.deepEqual(stopMoved(["a", "b", "c"], 2, 1), ["a", "c", "b"]);
    assert.deepEqual(stopMoved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
    assert.deepEqual(stopMoved(["a", "b", "c"], 2, 9), ["a", "b", "c"]);
});
