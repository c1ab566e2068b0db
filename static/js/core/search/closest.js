/** Names that are written or spelt nearly as what is typed. Pure. */

import { folded } from "../folding.js";

/** @typedef {import("../types.d.ts").Item} Item */

/** Of what is typed, the share of letters that may be wrong. */
const MOST_WRONG = 0.5;

/**
 * The items whose names come closest to what is typed, by letters or by pinyin, the closest first.
 * @param {string} typed folded @param {Item[]} items @param {Record<string, string>} texts
 */
export function closestNames(typed, items, texts) {
    const most = Math.floor([...typed].length * MOST_WRONG);
    return items.map((item) => ({ item, wrong: Math.min(...namesOf(item, typed, texts).map((name) => wrongIn(typed, name))) }))
        .filter((one) => one.wrong <= most)
        .sort((a, b) => a.wrong - b.wrong || a.item.name.length - b.item.name.length)
        .map((one) => one.item);
}

/** What is typed in Latin letters may be pinyin: lines of the text without a blank. @param {Item} item @param {string} typed @param {Record<string, string>} texts */
function namesOf(item, typed, texts) {
    const spelt = /^[a-z0-9]+$/.test(typed) ? (texts[item.id] ?? "").split("\n").filter((line) => /^[a-z0-9()]+$/.test(line)) : [];
    return [folded(item.name), folded(item.name_en), ...spelt];
}

/** How many letters are wrong, missing or too many where a text comes closest to a word (Sellers). @param {string} word @param {string} text */
export function wrongIn(word, text) {
    const letters = [...word];
    let before = letters.map((_, i) => i + 1);
    let least = letters.length;
    for (const letter of text) {
        let corner = 0;
        let left = 0;
        before = letters.map((one, i) => {
            const up = before[i] ?? 0;
            left = Math.min(corner + Number(one !== letter), up + 1, left + 1);
            corner = up;
            return left;
        });
        least = Math.min(least, left);
    }
    return least;
}
