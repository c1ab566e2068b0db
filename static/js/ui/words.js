/** Short phrases about an item that several parts of the page use. */

import { distance, lang, pick, t } from "../i18n.js";

/** @typedef {import("../types.d.ts").Pack} Pack */
/** @typedef {import("../types.d.ts").Item} Item */
/** @typedef {import("../types.d.ts").PlanRef} PlanRef */

/** More counties than this are counted, not named, where room is short. */
const MOST_NAMED = 3;

/** Where an item is. @param {Pack} pack @param {Item} item */
export function placesOf(pack, item) {
    if (item.scope !== "county") return t(`scope.${item.scope}`);
    return item.counties
        .map((code) => pick(pack.counties.find((county) => county.code === code), "name"))
        .join(t("comma"));
}

/** The same in few words. @param {Pack} pack @param {Item} item */
export function placesInShort(pack, item) {
    return item.counties.length > MOST_NAMED
        ? t("counties.several", { n: item.counties.length })
        : placesOf(pack, item);
}

/** How far off the place may be: "估计，误差约 3 km". @param {Pack} pack @param {Item} item */
export function certaintyOf(pack, item) {
    const basis = pick(pack.bases.find((one) => one.id === item.basis), "title");
    const precision = pick(pack.precisions.find((one) => one.id === item.precision), "title");
    const radius = item.uncertainty_m && item.method !== "counties"
        ? t("radius", { radius: distance(item.uncertainty_m) })
        : "";
    return [precision, basis, radius].filter(Boolean).join(" · ");
}

/** "第五章 第一节 专栏5-1". @param {PlanRef} ref */
export function refOf(ref) {
    return [ref.chapter, ref.section, ref.box].filter(Boolean).join(" ");
}

/** The heading the plan gives to the narrowest part a reference names. @param {Pack} pack @param {PlanRef} ref */
export function headingOf(pack, ref) {
    const exact = pack.outline.find((one) =>
        one.chapter === ref.chapter && one.section === ref.section && one.box === ref.box);
    return exact?.title ?? "";
}

/** A word of a list field in the language in force. @param {Pack} pack @param {string} word */
export function termOf(pack, word) {
    return lang() === "en" ? pack.terms?.[word] ?? word : word;
}

/** A unit as the language writes it; one we have no words for stands as it is. @param {string} unit */
export function unitOf(unit) {
    const key = `unit.${unit}`;
    const words = t(`unit.${unit}`);
    return words === key ? unit : words;
}
