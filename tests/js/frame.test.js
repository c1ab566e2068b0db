/** Whom an embed talks to. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { frameOptions, hostOrigin } from "../../static/js/frame.js";

/** @param {string} origin @param {string} [referrer] */
const host = (origin, referrer = "") => hostOrigin(frameOptions(`origin=${encodeURIComponent(origin)}`), referrer);

test("the origin it was told, else that of the page that holds it", () => {
    assert.equal(host("https://a.example:8443", "https://b.example/x"), "https://a.example:8443");
    assert.equal(host("", "https://b.example/x"), "https://b.example");
    assert.equal(host(""), "");
});

test("what is no origin is nobody to talk to", () => {
    for (const wrong of ["https://a.example/", "https://a.example/x", "javascript:x", "null", "*", "https://u@a.example"]) {
        assert.equal(host(wrong, "https://b.example/x"), "", wrong);
    }
});
