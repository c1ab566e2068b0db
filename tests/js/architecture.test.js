/** Imports point down: entries → offline → map | ui → core → draw → io; only map/leaflet.js imports Leaflet; files stay small. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../static/", import.meta.url);
const files = readdirSync(new URL("js/", ROOT), { recursive: true }).map(String).filter((name) => name.endsWith(".js"));
const text = (/** @type {string} */ name) => readFileSync(new URL(`js/${name}`, ROOT), "utf8");
const imports = (/** @type {string} */ name) =>
    [...text(name).matchAll(/^import\s+(?:[^"]*?\bfrom\s+)?"([^"]+)"|^\s.*\bawait import\("([^"]+)"\)/gm)].map((hit) => hit[1] ?? hit[2] ?? "");
/** The folder a script lies in. */
const floor = (/** @type {string} */ name) => name.split("/")[0];
const target = (/** @type {string} */ from, /** @type {string} */ to) =>
    new URL(to, new URL(from, "file:///")).pathname.slice(1);

/** @type {Record<string, string[]>} */
const MAY = { entries: ["map", "ui", "core", "draw", "io"], offline: ["offline", "map", "core", "draw", "io"],
    map: ["map", "core", "draw", "io"], ui: ["ui", "core", "draw", "io"],
    core: ["core", "draw", "io"], draw: ["draw", "io"], io: ["io"] };

for (const name of files) {
    test(`${name} imports only what lies below it`, () => {
        for (const to of imports(name).filter((one) => one.startsWith("."))) {
            const allowed = MAY[String(floor(name))] ?? [];
            assert.ok(allowed.includes(String(floor(target(name, to)))), `${name} imports ${to}`);
        }
    });
}

test("only map/leaflet.js imports Leaflet, and nothing imports any other package unmapped", () => {
    const page = readFileSync(new URL("index.html", ROOT), "utf8");
    const map = JSON.parse(String(page.match(/<script type="importmap">([^]*?)<\/script>/)?.[1]));
    for (const name of files) {
        for (const to of imports(name).filter((one) => !one.startsWith("."))) {
            assert.ok(to in map.imports, `${name} imports ${to}`);
            if (to === "leaflet") assert.equal(name, "map/leaflet.js");
        }
    }
});

test("no script or style of the page comes from another host", () => {
    const page = readFileSync(new URL("index.html", ROOT), "utf8");
    assert.doesNotMatch(page, /(src|href)="(https?:)?\/\//);
    assert.doesNotMatch(page, / on\w+="|<style|style="/);
});

test("the code knows no city", () => {
    for (const name of files) assert.doesNotMatch(text(name), /葫芦岛|[Hh]uludao|2114\d\d/, name);
});

test("no file is longer than 300 lines", () => {
    for (const name of files) assert.ok(text(name).split("\n").length <= 300, name);
});
