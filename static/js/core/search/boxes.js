/** The boxes, tables and figures of the plan that a search may name. Pure. */

import { folded } from "../folding.js";

/** @typedef {import("../types.d.ts").Pack} Pack */

const squeezed = (/** @type {string} */ text) => folded(text).replace(/\s+/g, "");
/** Characters of a title that are no accident. */
const LEAST_TITLE = 2;

/** How it is numbered in any language. @param {Pack} pack @param {string} box */
const numbersOf = (pack, box) => [box, ...Object.values(pack.references ?? {}).flatMap(({ parts }) => parts[box] ?? [])].map(squeezed);

/** Whether that is the whole number of the box on a page. @param {Pack} pack @param {string} page @param {string} typed */
export const isBoxNumber = (pack, page, typed) =>
    pack.outline.some((one) => one.page === page && numbersOf(pack, one.box).includes(squeezed(typed)));

/** Those that have a page and are called so: by number in any language, else by their title; the shortest number first. @param {Pack} pack @param {string} typed */
export function boxesCalled(pack, typed) {
    const sought = squeezed(typed);
    if (!sought) return [];
    const pages = pack.outline.filter((one) => one.page);
    const numbered = pages.filter(({ box }) => numbersOf(pack, box).some((number) => number.startsWith(sought))).sort((a, b) => a.box.length - b.box.length);
    if (numbered.length > 0) return numbered;
    return sought.length < LEAST_TITLE ? [] : pages.filter((one) => [one.title, one.title_en].some((title) => squeezed(title ?? "").includes(sought)));
}
