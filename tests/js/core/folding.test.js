/** What a reader takes for the same is the same to a search, on the page as in the store. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { folded, learnTraditional } from "../../../static/js/core/folding.js";
import { tokensOf } from "../../../static/js/core/selection.js";

const { traditional, cases } = JSON.parse(readFileSync(new URL("../../shared/folding_cases.json", import.meta.url), "utf8"));

test("text is folded as the server folds it", () => {
    learnTraditional(traditional);
    for (const [text, expected] of cases) assert.equal(folded(text), expected);
});

test("a search for the traditional name has the tokens of the simplified one", () => {
    learnTraditional(traditional);
    assert.deepEqual(tokensOf("葫蘆島\u200b １２"), tokensOf("葫芦岛 12"));
});

test("without a pack's word on it nothing is translated", () => {
    learnTraditional(undefined);
    assert.equal(folded("葫蘆島"), "葫蘆島");
});
