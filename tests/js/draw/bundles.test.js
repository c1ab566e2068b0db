/** What follows one course is one line. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bundlesOf, linePartsOf } from "../../../static/js/draw/bundles.js";

const { cases } = JSON.parse(readFileSync(new URL("../../shared/bundle_cases.json", import.meta.url), "utf8"));

for (const { name, courses, bundles } of cases) {
    test(name, () => {
        assert.deepEqual(bundlesOf(courses).map(({ ids, lines }) => [ids, lines]), bundles);
    });
}

test("one to be upgraded has a double edge, a belt is a band and nothing else", () => {
    assert.deepEqual(linePartsOf("", "upgrade"), ["casing", "edge", "gap", "core"]);
    assert.deepEqual(linePartsOf("rail", "planned"), ["casing", "core", "rail"]);
    assert.deepEqual(linePartsOf("band", "upgrade"), ["band"]);
});
