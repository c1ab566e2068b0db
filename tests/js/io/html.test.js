/** Markup is safe by default. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { html, isWebAddress } from "../../../static/js/io/html.js";

test("a value is escaped", () => {
    assert.equal(String(html`<p>${"<script>&\"'"}</p>`), "<p>&lt;script&gt;&amp;&quot;&#39;</p>");
});

test("markup inside markup is not escaped twice", () => {
    assert.equal(String(html`<ul>${["a", "b<"].map((one) => html`<li>${one}</li>`)}</ul>`), "<ul><li>a</li><li>b&lt;</li></ul>");
});

test("a state is said whether it is true or false", () => {
    assert.equal(String(html`<b aria-pressed="${false}" hidden="${true}">${false}</b>`), '<b aria-pressed="false" hidden="true"></b>');
});

test("nothing is written for null, undefined and false, but 0 is", () => {
    assert.equal(String(html`${null}${undefined}${false}${0}`), "0");
});

test("a reader is sent to the web or to a mailbox, and nowhere else", () => {
    const good = ["https://example.org", "HTTP://example.org/a?b#c", "mailto:a@example.org?subject=x"];
    const bad = ["", "javascript:alert(1)", " javascript:x", "data:text/html,x", "//example.org", "https://", "mailto:", "java\tscript:x"];
    assert.deepEqual([...good, ...bad].filter(isWebAddress), good);
});
