/** Short phrases about an item that several parts of the page use. */

import { fetchWords } from "../io/api.js";
import { certaintyOf } from "../draw/symbols.js";
import { pointsOf } from "../draw/geometry.js";
import { distance, kilometres, lang, number, pick, setLanguage, t, tag } from "../core/i18n.js";

/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/types.d.ts").PlanRef} PlanRef */

/** More counties than this are counted, not named, where room is short. */
const MOST_NAMED = 3;

/** Where an item is. @param {Pack} pack @param {Item} item */
export function countiesText(pack, item) {
    if (item.scope !== "county") return t(`scope.${item.scope}`);
    return item.counties
        .map((code) => pick(pack.counties.find((county) => county.code === code), "name"))
        .join(t("comma"));
}

/** The same in few words. @param {Pack} pack @param {Item} item */
export function countiesInShort(pack, item) {
    return item.counties.length > MOST_NAMED
        ? t("counties.several", { n: item.counties.length })
        : countiesText(pack, item);
}

/** An item's status, and whose word of which year that is. @param {Pack} pack @param {string} id */
export function statusWords(pack, id) {
    const words = pick(pack.statuses.find((one) => one.id === id), "title");
    return words && t("status.titled", { title: pick(pack, "status_title"), words });
}

/**
 * How far off the place may be: "村级 · 估计 · 误差约 2 公里". Of an item shown as whole counties only their
 * boundary is published.
 * @param {Pack} pack
 * @param {Item} item
 */
export function certaintyText(pack, item) {
    const basis = item.method === "counties"
        ? t("basis.boundary")
        : pick(pack.bases.find((one) => one.id === item.basis), "title");
    const precision = pick(pack.precisions.find((one) => one.id === item.precision), "title");
    const radius = item.uncertainty_m && item.method !== "counties"
        ? t("radius", { radius: distance(item.uncertainty_m) })
        : "";
    return [precision, basis, radius].filter(Boolean).join(" · ");
}

/** What the reader may trust: only an item of points has a circle. @param {Item} item */
export function cautionOf(item) {
    const truth = certaintyOf(item);
    if (["none", "wide", "schematic"].includes(truth)) return t(`truth.${truth}.why`);
    const basis = item.basis === "estimated" ? "estimated" : "known";
    return t(`basis.${basis}${pointsOf(item.geometry).length === 0 ? ".course" : ""}.why`);
}

/** What the parts of references are called in a language, and what stands between them. @type {Record<string, { join: string, parts: Record<string, string> }>} */
let references = {};

/** @param {typeof references} table pack.references */
export function setReferences(table) {
    references = table;
}

/** The language that a view asks for. @param {Pack} pack @param {import("../core/types.d.ts").View} view */
const wantedLang = (pack, view) => view.lang ?? pack.languages[0] ?? "zh";

/** Whether a view asks for a language that the page does not speak yet. @param {Pack} pack @param {import("../core/types.d.ts").View} view */
export const isUnspoken = (pack, view) => lang() !== wantedLang(pack, view);

/**
 * The page speaks the view's language from here on: that of the newest view, however late the words of an earlier one come.
 * @param {Pack} pack @param {{ view: import("../core/types.d.ts").View }} state @returns {Promise<void>}
 */
export async function loadLanguage(pack, state) {
    const own = wantedLang(pack, state.view);
    const words = await fetchWords(own);
    if (own !== wantedLang(pack, state.view)) return loadLanguage(pack, state);
    setLanguage(own, words, pack.languages[0]);
    setReferences(pack.references ?? {});
    document.documentElement.lang = tag();
    for (const link of document.querySelectorAll("#skip, #skip-map")) link.textContent = link.id === "skip" ? t("skip") : t("skip.map");
}

/** "第五章 第一节 专栏5-1", "Chapter 5, Section 1, Box 5-1". @param {PlanRef} ref */
export function citationOf(ref) {
    const { join = " ", parts = {} } = references[lang()] ?? {};
    return [ref.chapter, ref.section, ref.box].filter(Boolean).map((part) => parts[part] ?? part).join(join);
}

/** What the outline has of the narrowest part a reference names: its heading, the page of a box. @param {Pack} pack @param {PlanRef} ref */
export function outlineEntry(pack, ref) {
    return pack.outline.find((one) =>
        one.chapter === ref.chapter && one.section === ref.section && one.box === ref.box);
}

/** The language as an address says it: empty for the first. @param {Pack} pack */
export const ownLang = (pack) => (lang() === pack.languages[0] ? "" : lang());

/** A word of a list field in the language in force. @param {Pack} pack @param {string} word */
export function termOf(pack, word) {
    const own = lang() === "en" ? pack.terms : pack.term_words?.[lang()];
    return own?.[word] || word;
}

/** A figure with its unit as the language writes it; a unit we have no words for stands as it is. @param {number} value @param {string} unit */
export function quantityOf(value, unit) {
    if (unit === "km") return kilometres(value);
    const key = `unit.${unit}`;
    const words = t(`unit.${unit}`);
    return `${number(value)} ${words === key ? unit : words}`.trim();
}

/** A typed field's value in words; empty where there is none. @param {Pack} pack @param {import("../core/types.d.ts").Field} field @param {unknown} value */
export function valueWords(pack, field, value) {
    if (typeof value === "number") return quantityOf(value, field.unit ?? "");
    return [value ?? []].flat().map((word) => termOf(pack, String(word))).join(t("comma"));
}
