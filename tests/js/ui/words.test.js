/** What the page says of an item's place, and of where the plan speaks of it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setLanguage } from "../../../static/js/core/i18n.js";
import { DESTINATIONS, distanceTo } from "../../../static/js/ui/card/access.js";
import { cautionOf, certaintyText, outlineEntry, quantityOf, citationOf, setReferences } from "../../../static/js/ui/phrases.js";

const json = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const locales = { zh: json("../../../words/zh.json").page, en: json("../../../words/en.json").page };
const speak = (/** @type {"zh" | "en"} */ lang) => setLanguage(lang, locales[lang]);

const said = json("../../shared/distance_cases.json");

for (const { zh, en, ...ref } of said.references) {
    test(`a reference is said in both languages: ${zh}`, () => {
        const written = Object.values(ref).filter(Boolean);
        const english = en.split(", ");
        setReferences({ en: { join: ", ", parts: Object.fromEntries(written.map((part, i) => [part, english[i]])) } });
        speak("zh");
        assert.equal(citationOf(ref), zh);
        speak("en");
        assert.equal(citationOf(ref), en);
    });
}

test("a heading is said in the language in force", () => {
    const ref = { chapter: "第一章", section: "", box: "" };
    const pack = /** @type {any} */ ({ outline: [{ ...ref, title: "工厂", title_en: "Factories" }] });
    speak("zh");
    assert.equal(outlineEntry(pack, ref)?.title, "工厂");
    speak("en");
    assert.equal(outlineEntry(pack, ref)?.title_en, "Factories");
    assert.equal(outlineEntry(pack, { ...ref, section: "第九节" }), undefined);
});

const pack = /** @type {any} */ ({
    bases: [{ id: "published", title: "公布坐标" }, { id: "estimated", title: "估计" }],
    precisions: [{ id: "county", title: "县区级" }, { id: "village", title: "村级" }],
});
const item = (/** @type {object} */ part) => /** @type {any} */ ({ method: "point", uncertainty_m: 2000, basis: "estimated", precision: "village", ...part });

test("of an item shown as whole counties the boundary is published, not its position", () => {
    speak("zh");
    assert.equal(certaintyText(pack, item({ method: "counties", basis: "published", precision: "county" })), "县区级 · 公布界线");
    assert.equal(certaintyText(pack, item({})), "村级 · 估计 · 误差约 2 公里");
});

test("only an item of points is said to lie within a circle", () => {
    speak("zh");
    const point = { type: "Point", coordinates: [0, 0] };
    const line = { type: "LineString", coordinates: [[0, 0], [1, 1]] };
    for (const basis of ["estimated", "published"]) {
        assert.match(cautionOf(item({ basis, geometry: point })), /误差圈/);
        assert.doesNotMatch(cautionOf(item({ basis, method: "route", geometry: line })), /误差圈/);
    }
    assert.match(cautionOf(item({ method: "counties", geometry: null })), /底纹/);
});

test("places that distances are measured to stand in one order on the page and in files", () => {
    assert.deepEqual(DESTINATIONS, said.destinations);
});

for (const { nearest, ...words } of said.access) {
    test(`how far the port is: ${words.en}`, () => {
        for (const lang of /** @type {const} */ (["zh", "en"])) {
            speak(lang);
            assert.equal(distanceTo(/** @type {any} */ ({ access: { port: nearest } }), "port"), words[lang]);
        }
    });
}

test("distances and quantities carry the unit of the language", () => {
    const detail = /** @type {any} */ ({ access: { port: { name: "东港", name_en: "East Port", km: 20.7, doubt_km: 0.5 } } });
    speak("zh");
    assert.equal(distanceTo(detail, "port"), "东港 21 公里（± 500 米）");
    assert.equal(quantityOf(31.5, "km"), "31.5 公里");
    assert.equal(quantityOf(220, "kV"), "220 千伏");
    speak("en");
    assert.equal(distanceTo(detail, "port"), "East Port, 21 km (± 500 m)");
    assert.equal(quantityOf(3, "furlong"), "3 furlong");
});
