/** A service that is not reached is told from a mistake of the page's own. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchFacets, fetchWords, isUnreached } from "../../../static/js/io/api.js";

const UNREACHED = [
    "Failed to fetch", "Failed to fetch dynamically imported module: http://localhost/a.js", "network error",
    "NetworkError when attempting to fetch resource.", "error loading dynamically imported module: http://localhost/a.js",
    "Load failed", "Importing a module script failed.", "Could not connect to the server.",
    "A server with the specified hostname could not be found.", "似乎已断开与互联网的连接。",
];

test("what browsers say of the network, in their own words", () => {
    for (const words of UNREACHED) assert.ok(isUnreached(new TypeError(words)), words);
});

const [nothing, one] = /** @type {any[]} */ ([undefined, { load: 1 }]);
const MISTAKES = [
    () => nothing.fetch(), () => { nothing.network = 1; }, () => { const { load } = nothing; return load; }, () => one.load(),
    () => new one.load(), () => [...one], () => new Map(one.load),
];

test("a mistake in a script is none of the network", () => {
    for (const run of MISTAKES) {
        assert.throws(run, (/** @type {Error} */ error) => error instanceof TypeError && !isUnreached(error), String(run));
    }
    const others = ["can't access property \"a\", b is undefined", "undefined is not an object (evaluating 'a.b')", "a.b is not a function. (In 'a.b()', 'a.b' is undefined)"];
    for (const words of others) assert.ok(!isUnreached(new TypeError(words)), words);
    assert.ok(!isUnreached(new Error("Failed to fetch")));
});

/** Answers in turn, and what was asked. @param {Response[]} answers @returns {string[]} */
function served(answers) {
    /** @type {string[]} */
    const asked = [];
    Object.assign(globalThis, { document: { baseURI: "http://localhost/" } });
    globalThis.fetch = async (path) => {
        asked.push(String(path));
        return /** @type {Response} */ (answers.shift());
    };
    return asked;
}
const busy = (/** @type {string} */ seconds) => new Response("{}", { status: 503, headers: { "Retry-After": seconds } });

test("a large pack that is still making its texts is asked again when it says", async () => {
    const asked = served([busy("0.01"), busy("0.01"), Response.json({ matched: 7 })]);
    assert.equal((await fetchFacets("q=port")).matched, 7);
    assert.deepEqual(asked, Array(3).fill("http://localhost/facets.json?q=port"));
});

test("what does not say when, and what else is asked, fails at once", async () => {
    served([new Response("{}", { status: 503 })]);
    await assert.rejects(fetchFacets("q=port"), /HTTP 503/);
    const asked = served([busy("60")]);
    await assert.rejects(fetchWords("en"), /HTTP 503/);
    assert.equal(asked.length, 1);
});
