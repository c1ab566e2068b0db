/** A published site has its own map of addresses: the same functions, and never a file of other items. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as published from "../../../static/js/io/addresses.published.js";
import * as served from "../../../static/js/io/addresses.js";

test("both know the same things", () => {
    assert.deepEqual(Object.keys(published).sort(), Object.keys(served).sort());
});

test("a service answers every view", () => {
    assert.equal(served.formatPath("csv", ""), "view.csv");
    assert.equal(served.formatPath("csv", "county=1,2&q=x"), "view.csv?county=1,2&q=x");
});

test("a published site has the whole, each county and each layer, in each language", () => {
    assert.equal(published.formatPath("csv", ""), "view.csv");
    assert.equal(published.formatPath("csv", "county=900001"), "county/900001/view.csv");
    assert.equal(published.formatPath("xlsx", "layer=water&lang=en"), "en/layer/water/view.xlsx");
    assert.equal(published.formatPath("kml", "focus=a&bbox=1,2,3,4&theme=dark"), "view.kml");
});

test("a finer view has no file, rather than one with other items", () => {
    for (const query of ["county=1,2", "county=1&layer=water", "q=x", "status=planned", "county=1&q=x"]) {
        assert.equal(published.formatPath("csv", query), null, query);
    }
    assert.equal(published.qrPath(""), null);
});

test("the page about the data is found in each language", () => {
    assert.deepEqual([served.dataPath(""), served.dataPath("en")], ["data", "data?lang=en"]);
    assert.deepEqual([published.dataPath(""), published.dataPath("en")], ["data/", "en/data/"]);
    assert.deepEqual([served.boxPath("box-5-1", ""), served.boxPath("table-1", "en")], ["data/boxes/box-5-1", "data/boxes/table-1?lang=en"]);
    assert.deepEqual([served.checkingPath("1", ""), served.checkingPath("1", "en")], ["data/checking/1", "data/checking/1?lang=en"]);
    assert.equal(published.checkingPath("1", "en"), null);
    assert.deepEqual([published.boxPath("box-5-1", ""), published.boxPath("table-1", "en")], ["data/boxes/box-5-1/", "en/data/boxes/table-1/"]);
    assert.deepEqual([served.PICTURE_CHOICES, published.PICTURE_CHOICES], [true, false]);
});
