/** Which items a view shows, and how many each further choice would show. Pure; no page, no map. */

import { folded, learnTraditional } from "./folding.js";

/** @typedef {import("./types.d.ts").Pack} Pack */
/** @typedef {import("./types.d.ts").Item} Item */
/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Facet} Facet */
/** @typedef {import("./types.d.ts").Selection} Selection */
/** @typedef {import("./types.d.ts").Catalogue} Catalogue */

/** @type {readonly Facet[]} */
export const FACETS = ["layer", "county", "category", "status", "precision", "term", "doubt"];

/**
 * What is listed and searched; the search learns how the pack's characters may be written.
 * @param {Pack} pack
 * @param {Item[]} items
 * @returns {Catalogue}
 */
export function catalogueOf(pack, items) {
    learnTraditional(pack.traditional);
    const held = new Set(items.map((item) => item.layer));
    return {
        items,
        byId: new Map(items.map((item) => [item.id, item])),
        layers: new Map(pack.layers.map((layer) => [layer.id, layer])),
        families: new Map(pack.families.map((family) => [family.id, family])),
        places: new Map(),
        counties: new Set(pack.counties?.map((one) => one.code)),
        traditional: pack.traditional,
        used: pack.layers.filter((layer) => held.has(layer.id)),
    };
}

/** What an item says under a facet. @param {Item} item @param {Facet} facet @returns {string[]} */
function valuesOf(item, facet) {
    if (facet === "term") return item.terms ?? [];
    if (facet === "doubt") return item.doubts ?? [];
    if (facet !== "county") return [item[facet]];
    return item.scope === "county" ? item.counties : [item.scope];
}

/** @param {string} q @returns {string[]} */
export function tokensOf(q) {
    return [...new Set(folded(q).split(/\s+/).filter(Boolean))];
}

/** Characters of the shortest word that a token is split into. */
const LEAST_WORD = 2;

/** Endings of English words, and what stands for them in the word alone. @type {[string, string][]} */
const ENDINGS = [["ies", "y"], ["ing", ""], ["es", ""], ["s", ""]];
const LEAST_STEM = 3;

/** What an English word is without its ending: ports → port, skiing → ski. @param {string} token */
function stemsOf(token) {
    if (!/^[a-z]+$/.test(token)) return [];
    return ENDINGS.filter(([end]) => token.endsWith(end) && token.length - end.length >= LEAST_STEM)
        .map(([end, alone]) => token.slice(0, token.length - end.length) + alone);
}

/**
 * The tokens, each that no text holds as its English stem, or as the two words that one text does: 东县水利 → 东县, 水利. The longest
 * first word is taken; a token that cannot be split stays. app/domain/text/search.py does the same.
 * @param {string[]} tokens
 * @param {string[]} texts
 */
export function splitCompounds(tokens, texts) {
    return tokens.flatMap((token) => {
        const whole = [token, ...stemsOf(token)].find((one) => texts.some((text) => text.includes(one)));
        if (whole) return [whole];
        for (let cut = token.length - LEAST_WORD; cut >= LEAST_WORD; cut -= 1) {
            const [first, second] = [token.slice(0, cut), token.slice(cut)];
            if (texts.some((text) => text.includes(first) && text.includes(second))) return [first, second];
        }
        return [token];
    });
}

/**
 * Every word of the search must occur. Before the texts are there, names serve.
 * @param {Item} item
 * @param {string[]} tokens
 * @param {Record<string, string> | null} texts
 */
function contains(item, tokens, texts) {
    if (tokens.length === 0) return true;
    const text = texts?.[item.id] ?? folded(`${item.name} ${item.name_en}`);
    return tokens.every((token) => text.includes(token));
}

/**
 * Which facets an item fails. Counting needs only this: an item counts for a facet's values when
 * it fails no other facet.
 * @param {Item} item
 * @param {View} view
 * @returns {Facet[]}
 */
function failures(item, view) {
    return FACETS.filter((facet) => view[facet].length > 0
        && !valuesOf(item, facet).some((value) => view[facet].includes(value)));
}

/**
 * @param {Catalogue} catalogue
 * @param {View} view
 * @param {Record<string, string> | null} texts lower-case text per id, once it has been fetched
 * @param {(item: Item) => boolean} [also] a further condition: near a place, in the window
 * @returns {Selection}
 */
export function select(catalogue, view, texts, also = () => true) {
    const typed = tokensOf(view.q);
    const tokens = texts && typed.length > 0 ? splitCompounds(typed, Object.values(texts)) : typed;
    const counts = /** @type {Selection["counts"]} */ (
        Object.fromEntries(FACETS.map((facet) => [facet, new Map()])));
    /** @type {Map<string, number>} */
    const categories = new Map();
    /** @type {Item[]} */
    const items = [];
    for (const item of shownOf(catalogue, view)) {
        if (!contains(item, tokens, texts) || !also(item)) continue;
        const failed = failures(item, view);
        if (failed.length === 0) items.push(item);
        for (const facet of FACETS) {
            if (failed.some((other) => other !== facet)) continue;
            for (const value of valuesOf(item, facet)) add(counts[facet], value);
        }
        if (failed.every((facet) => facet === "category")) {
            add(categories, `${item.layer}:${item.category}`);
        }
    }
    return { items, ids: new Set(items.map((item) => item.id)), counts, categories };
}

/** All but what a presenter hides. @param {Catalogue} catalogue @param {View} view */
function shownOf({ items }, { hidden }) {
    const gone = new Set(hidden);
    return gone.size > 0 ? items.filter((item) => !gone.has(item.id)) : items;
}

/** @param {Map<string, number>} counts @param {string} key */
function add(counts, key) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
}
