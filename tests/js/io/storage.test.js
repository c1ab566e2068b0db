/** What is kept, where a browser keeps it and where it does not. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { keep, recall } from "../../../static/js/io/storage.js";

test("without storage it is kept until the page is left", () => {
    assert.equal(recall("a"), null);
    keep("a", "1");
    assert.equal(recall("a"), "1");
    keep("a", null);
    assert.equal(recall("a"), null);
});
