/** What an embed understands of its address and of its host's messages, and whom it listens to. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { requestedView, createHostChannel, embedOptions, hostOrigin, keptOptions, optionProblems } from "../../../static/js/io/embedding.js";

const HOST = "https://host.example";

/** A window with a host around it, and what the host has been told. */
function framed() {
    /** @type {any[]} */
    const said = [];
    /** @type {((event: any) => void)[]} */
    const ears = [];
    const parent = { postMessage: (/** @type {any} */ what, /** @type {string} */ origin) => said.push([what, origin]) };
    const here = /** @type {any} */ ({ parent, addEventListener: (/** @type {string} */ name, /** @type {any} */ ear) => name === "message" && ears.push(ear) });
    const hear = (/** @type {object} */ event) => ears.forEach((ear) => ear({ origin: HOST, source: parent, data: { type: "planmap:set", view: "q=a" }, ...event }));
    return { here, said, hear };
}

/** @param {string} host */
function listening(host) {
    const frame = framed();
    /** @type {string[]} */
    const heard = [];
    const talk = createHostChannel(host, frame.here);
    talk.listen(({ query }) => heard.push(query));
    return { ...frame, talk, heard };
}

test("the host is listened to", () => {
    const { hear, heard } = listening(HOST);
    hear({});
    assert.deepEqual(heard, ["q=a"]);
});

test("a message from an origin that is not the host's is refused", () => {
    const { hear, heard } = listening(HOST);
    for (const origin of ["https://other.example", "http://host.example", "https://host.example:8443", "null", ""]) hear({ origin });
    assert.deepEqual(heard, []);
});

test("a message from the host's origin that another window sent is refused", () => {
    const { hear, heard } = listening(HOST);
    hear({ source: {} });
    hear({ source: null });
    assert.deepEqual(heard, []);
});

test("a frame that does not know its host neither listens nor speaks", () => {
    const { hear, heard, talk, said } = listening("");
    hear({ origin: "" });
    talk.say("ready", {});
    assert.deepEqual([heard, said], [[], []]);
});

test("what is said goes to the host's origin only", () => {
    const { talk, said } = listening(HOST);
    talk.say("ready", { version: "v" });
    assert.deepEqual(said, [[{ type: "planmap:ready", version: "v" }, HOST]]);
});

test("a page of its own has nobody to speak to", () => {
    const { here, said } = framed();
    here.parent = here;
    here.postMessage = (/** @type {any} */ what) => said.push(what);
    createHostChannel(HOST, here).say("ready", {});
    assert.deepEqual(said, []);
});

test("what the host asks for before anybody listens is kept, in order, and told once", () => {
    const { here, hear } = framed();
    const talk = createHostChannel(HOST, here);
    hear({ data: { type: "planmap:set", view: "q=a" } });
    hear({ data: { type: "planmap:set", view: "q=b" } });
    /** @type {string[]} */
    const heard = [];
    talk.listen(({ query }) => heard.push(query));
    talk.listen(({ query }) => heard.push(`again ${query}`));
    assert.deepEqual(heard, ["q=a", "q=b"]);
});

test("what a message asks for", () => {
    const asked = (/** @type {object} */ more) => requestedView({ type: "planmap:set", ...more });
    assert.deepEqual(asked({ view: "?county=1" }), { query: "county=1", keepsView: false });
    assert.deepEqual(asked({ view: "" }), { query: "", keepsView: false });
    assert.deepEqual(asked({ lang: "en" }), { query: "lang=en", keepsView: true });
    assert.deepEqual(asked({ view: "q=a", lang: "en", legend: false }), { query: "q=a&lang=en&legend=0", keepsView: false });
    assert.deepEqual(asked({ legend: true }), { query: "legend=1", keepsView: true });
    assert.deepEqual(asked({ legend: "0" }), { query: "legend=0", keepsView: true });
    assert.deepEqual(asked({ view: 5 }), { query: "view=5", keepsView: false });
    assert.deepEqual(asked({ view: { q: "a" } }), { query: "view=%7B%22q%22%3A%22a%22%7D", keepsView: false });
});

test("a message of another kind asks for nothing", () => {
    for (const data of [null, undefined, "planmap:set", 1, {}, { type: "planmap:get" }, { view: "q=a" }]) assert.equal(requestedView(data), null);
});

test("the options of a frame", () => {
    assert.deepEqual(embedOptions(""), { controls: true, legend: true, list: false, link: true, origin: "", version: "" });
    assert.deepEqual(embedOptions("controls=0&legend=0&list=1&link=0&origin=https://a.b&version=v"),
        { controls: false, legend: false, list: true, link: false, origin: "https://a.b", version: "v" });
    assert.equal(embedOptions("controls=1").controls, true);
    assert.equal(embedOptions("list=2").list, false);
    assert.equal(embedOptions("legend=2").legend, true);
});

test("a switch that is neither on nor off is named", () => {
    assert.deepEqual(optionProblems("legend=2&list=1&controls=0&link=&layer=x&constructor=1"), [{ name: "legend", value: "2" }]);
});

test("the options stay in the address as they were written", () => {
    assert.equal(keptOptions("layer=x&origin=https://a.b&controls=0"), "controls=0&origin=https%3A%2F%2Fa.b");
    assert.equal(keptOptions("layer=x"), "");
});

test("the host is the origin that was named, else the page that holds the frame, else nobody", () => {
    const options = embedOptions("");
    assert.equal(hostOrigin(options, "https://host.example/page?x"), HOST);
    assert.equal(hostOrigin({ ...options, origin: "https://other.example" }, "https://host.example/"), "https://other.example");
    assert.equal(hostOrigin({ ...options, origin: "https://other.example/page" }, "https://host.example/"), "");
    assert.equal(hostOrigin(options, ""), "");
    assert.equal(hostOrigin(options, "nonsense"), "");
});
