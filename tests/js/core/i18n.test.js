/** Both languages say everything, and nothing that nobody asks for. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { awayText, distance, firstTag, number, otherTag, pick, pickList, pickOther, pickOwn, setLanguage, t, tagOf } from "../../../static/js/core/i18n.js";

const ROOT = new URL("../../../static/", import.meta.url);
const locale = (/** @type {string} */ lang) => JSON.parse(readFileSync(new URL(`../words/${lang}.json`, ROOT), "utf8")).page;
const zh = locale("zh");
const en = locale("en");
/** @type {Record<string, Record<string, string>>} */
const locales = { zh, en };
const source = readdirSync(new URL("js/", ROOT), { recursive: true })
    .filter((name) => String(name).endsWith(".js"))
    .map((name) => readFileSync(new URL(`js/${name}`, ROOT), "utf8"))
    .join("\n");
/** t("key"), and prefixes of keys put together as t(`facet.${…}`). */
const whole = new Set([...source.matchAll(/\bt\((?:[\w.]+ \? )?"([^"]+)"(?: : "([^"]+)")?/g)].flatMap((hit) => [hit[1], hit[2] ?? ""]));
const alternatives = new Set([...source.matchAll(/"([a-z]+(?:[.-][a-z-]+)+)"/g)].map((hit) => hit[1]));
const prefixes = [...source.matchAll(/\bt\(`([^`$]+)\$\{/g)].map((hit) => hit[1]);
const asked = (/** @type {string} */ key) => whole.has(key) || alternatives.has(key)
    || prefixes.some((prefix) => key.startsWith(String(prefix)));

test("both languages have the same keys", () => {
    assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
});

test("every key asked for exists", () => {
    assert.deepEqual([...whole].filter((key) => key && !(key in zh)), []);
    for (const prefix of prefixes) {
        assert.ok(Object.keys(zh).some((key) => key.startsWith(String(prefix))), `no key begins with ${prefix}`);
    }
});

test("no key is left over", () => {
    assert.deepEqual(Object.keys(zh).filter((key) => !asked(key)), []);
});

test("both languages fill in the same values", () => {
    const names = (/** @type {string} */ words) => [...new Set([...words.matchAll(/\{(\w+)/g)].map((hit) => hit[1]))].sort();
    for (const key of Object.keys(zh)) assert.deepEqual(names(en[key]), names(zh[key]), key);
});

test("numbers are written as the language writes them", () => {
    setLanguage("en", en);
    assert.equal(number(12345), "12,345");
});

const { distances, away } = JSON.parse(readFileSync(new URL("../../shared/distance_cases.json", import.meta.url), "utf8"));

for (const { metres, ...said } of distances) {
    test(`${metres} m are said the same on the page and in the data`, () => {
        for (const [lang, words] of Object.entries(locales)) {
            setLanguage(lang, words);
            assert.equal(distance(metres), said[lang]);
        }
    });
}

for (const { metres, doubt, ...said } of away) {
    test(`${metres} ± ${doubt} m is a distance or a range, the same on the page and in the data`, () => {
        for (const [lang, words] of Object.entries(locales)) {
            setLanguage(lang, words);
            assert.equal(awayText(metres, doubt), said[lang]);
        }
    });
}

test("a radius that was chosen is not rounded", () => {
    setLanguage("zh", zh);
    assert.equal(t("near.within", { km: 12.5 }), "12.5 公里内");
    assert.equal(t("near.of", { name: "北站", km: 5 }), "北站 5 公里内");
    setLanguage("en", en);
    assert.equal(t("near.of", { name: "North Station", km: 12.5 }), "within 12.5 km of North Station");
});

test("no sentence types a unit of length by hand: Intl writes it", () => {
    const typed = { zh: /(公里|千米|米)(?!\/)/, en: /\b(km|m|kilomet(re|er)s?|met(re|er)s?)\b(?!\/)/ };
    for (const [lang, pattern] of Object.entries(typed)) {
        const found = Object.entries(locales[lang] ?? {}).filter(([, words]) => pattern.test(words.replace(/\{[^}]*\}/g, "")));
        assert.deepEqual(found, [], lang);
    }
});

test("English has straight quotes: a Chinese font draws the others as wide as a sign", () => {
    assert.deepEqual(Object.entries(en).filter(([, words]) => /[“”‘’]/.test(String(words))), []);
});

test("one and many differ in English", () => {
    setLanguage("en", en);
    assert.equal(t("count", { n: 1 }), "1 item");
    assert.equal(t("count", { n: 2 }), "2 items");
});

test("a field missing in one language is shown in the other", () => {
    setLanguage("en", en);
    assert.equal(pick({ title: "港", title_en: "" }, "title"), "港");
    setLanguage("zh", zh);
    assert.equal(pick({ title: "", title_en: "Port" }, "title"), "Port");
});

const both = { title: "港", title_en: "Port", kinds: ["港"], kinds_en: ["port"] };

test("what only another language says is not said as one's own", () => {
    setLanguage("en", en);
    assert.deepEqual([pickOwn(both, "title"), pickOwn({ title: "港" }, "title"), pickOwn({}, "title")], ["Port", "", ""]);
    setLanguage("zh", zh);
    assert.deepEqual([pickOwn(both, "title"), pickOwn({ title_en: "Port" }, "title")], ["港", ""]);
});

test("a list is one's own, else the pack's, else empty", () => {
    setLanguage("en", en);
    assert.deepEqual([pickList(both, "kinds"), pickList({ kinds: ["港"], kinds_en: [] }, "kinds"), pickList({}, "kinds"), pickList(null, "kinds")], [["port"], ["港"], [], []]);
    setLanguage("zh", zh);
    assert.deepEqual(pickList(both, "kinds"), ["港"]);
});

test("beside a text stands the pack's own, beside that the English, each with its tag", () => {
    setLanguage("en", en);
    assert.deepEqual([pickOther(both, "title"), otherTag(both, "title"), pickOther({ title_en: "Port" }, "title")], ["港", "zh-CN", ""]);
    setLanguage("zh", zh);
    assert.deepEqual([pickOther(both, "title"), otherTag(both, "title"), pickOther({ title: "港" }, "title")], ["Port", "en", ""]);
});

test("a language that has no other tag is its own", () => {
    setLanguage("zh", zh, "pt");
    assert.deepEqual(["zh", "en", "pt"].map(tagOf), ["zh-CN", "en", "pt"]);
    assert.equal(firstTag(), "pt");
    setLanguage("zh", zh);
});
