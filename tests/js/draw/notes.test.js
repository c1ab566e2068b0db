/** A presenter's marks: read as the address has them, written so that they are read again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { movedNameOf, movedNameText, nearestOfBox, noteOf, noteText, replacedAt } from "../../../static/js/draw/notes.js";

test("texts and arrows come back as they were written", () => {
    for (const written of ["120.85,40.7:海港", "120.8,40.7,120.9,40.75", "120,40,121,41:9:30 开工"]) {
        assert.equal(noteText(noteOf(written)), written);
    }
    assert.deepEqual(noteOf("120,40,121,41:a:b"), { positions: [[120, 40], [121, 41]], text: "a:b" });
});

test("what would end a note is written so that it does not", () => {
    assert.equal(noteText({ positions: [[120.1234567, 40]], text: " 一;二 " }), "120.12346,40:一；二");
});

test("a moved name comes back as it was written", () => {
    assert.equal(movedNameText(movedNameOf("park-one:120.5,40")), "park-one:120.5,40");
});

test("one of a list is replaced, or taken out", () => {
    assert.deepEqual([replacedAt(["a", "b"], 1, "c"), replacedAt(["a", "b"], 0, null)], [["a", "c"], ["b"]]);
});

test("a leader ends at the near edge of a name, or in it", () => {
    const box = { x: 10, y: 10, w: 20, h: 4 };
    assert.deepEqual([nearestOfBox(box, { x: 0, y: 40 }), nearestOfBox(box, { x: 15, y: 12 })], [{ x: 10, y: 14 }, { x: 15, y: 12 }]);
});
