/** A service that is not reached is told from a mistake of the page's own. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnreached } from "../../../static/js/io/api.js";

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
