/** The view as a query string: two pure functions, parse and serialise, in one canonical order. */

import { withoutInvisible } from "./folding.js";
import { COLOURS, READERS } from "./view_values.js";

/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Vocabulary} Vocabulary */
/** @typedef {import("./types.d.ts").Problem} Problem */

/** Names every format of the view knows, in canonical order. */
export const VIEW_NAMES = /** @type {const} */ ([
    "layer", "county", "category", "status", "precision", "term", "doubt", "site", "hidden",
    "q", "focus", "place", "near", "bbox", "inview", "all", "notes", "names", "lang", "title", "base", "theme", "colour",
]);

/** Names only this page knows. */
const PAGE_NAMES = /** @type {const} */ (["choropleth", "compare", "table", "present"]);

/** What no file can hold: app/domain/text/characters.py says the same. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** @returns {View} */
export function emptyView() {
    return {
        layer: [], county: [], category: [], status: [], precision: [], term: [], doubt: [], site: [], hidden: [], notes: [], names: [],
        q: "", focus: null, place: null, bbox: null, lang: null, title: "", base: null, theme: null, colour: null,
        choropleth: null, compare: [], near: null, inview: null, all: null, table: null, present: null,
    };
}

/** What of a view chooses items; one that a presenter hides is left out of any choice. */
export const CHOICES = /** @type {const} */ (["layer", "county", "category", "status", "precision", "term", "doubt", "site", "q", "place", "near", "inview"]);

/** @param {View} view */
export function choicesOf(view) {
    return /** @type {Pick<View, typeof CHOICES[number]>} */ (Object.fromEntries(CHOICES.map((name) => [name, view[name]])));
}

/** Every choice of items taken back. */
export const unfiltered = () => choicesOf(emptyView());

/**
 * Reads a query string. What it cannot use is named in `problems`; the rest is kept. app/view/view.py reads the same.
 * @param {string} query
 * @param {Vocabulary} vocabulary
 * @returns {{ view: View, problems: Problem[] }}
 */
export function parse(query, vocabulary) {
    const view = emptyView();
    /** @type {Problem[]} */
    const problems = [];
    /** @type {Map<string, string>} */
    const given = new Map();
    for (const [name, text] of new URLSearchParams(query)) {
        const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
        const unreadable = FORBIDDEN.test(name + text) || isNoText(text, query);
        const unwanted = read ? given.has(name) : !isForeign(name, vocabulary.foreign);
        if (unreadable || unwanted) {
            problems.push({ name, value: text });
        } else if (read) {
            const value = withoutInvisible(text).trim();
            given.set(name, value);
            problems.push(...readInto(view, name, value, read, vocabulary));
        }
    }
    const sound = consistent(view);
    const loose = /** @type {const} */ (["near", "inview"]).filter((name) => view[name] !== sound[name]);
    problems.push(...loose.map((name) => ({ name, value: given.get(name) ?? "" })));
    return { view: sound, problems };
}

/** An empty value is none. @param {View} view @param {string} name @param {string} value @param {import("./view_values.js").Reader} read @param {Vocabulary} vocabulary @returns {Problem[]} */
function readInto(view, name, value, read, vocabulary) {
    return value === "" ? [] : read(view, value, vocabulary).map((bad) => ({ name, value: bad }));
}

/**
 * The view without what stands on something that is not there: nearness to nothing, a window that none says.
 * @param {View} view
 * @returns {View}
 */
export function consistent(view) {
    const near = view.focus || view.place ? view.near : null;
    const inview = view.bbox ? view.inview : null;
    return near === view.near && inview === view.inview ? view : { ...view, near, inview };
}

/**
 * What turns to an item: the map goes to it, and the window stays that of a view that holds just what is in it.
 * @param {View} view
 * @param {string} id
 * @returns {Pick<View, "focus" | "bbox">}
 */
export function turnedTo(view, id) {
    return { focus: id, bbox: view.inview ? view.bbox : null };
}

/**
 * The switch "only what is in view", pressed: the window is what the map shows now.
 * @param {View} view
 * @param {View["bbox"]} extent
 * @returns {Partial<View>}
 */
export function inviewTurned(view, extent) {
    return view.inview ? { inview: null } : { inview: "1", bbox: extent ?? view.bbox };
}

/** Whether bytes that are no text were put into a value, which a browser reads as U+FFFD. @param {string} value @param {string} query */
function isNoText(value, query) {
    return value.includes("\ufffd") && !/\ufffd|%EF%BF%BD/i.test(query);
}

/** Whether a parameter is one that messengers and trackers add to links; `*` stands for any rest. @param {string} name @param {string[]} [foreign] */
function isForeign(name, foreign = []) {
    const small = name.toLowerCase();
    return foreign.some((one) => {
        const pattern = one.toLowerCase();
        return pattern.endsWith("*") ? small.startsWith(pattern.slice(0, -1)) : small === pattern;
    });
}

/**
 * Writes the view; what is at its default is left out.
 * @param {View} view
 * @param {Vocabulary} vocabulary
 * @param {readonly (keyof View)[]} [names]
 * @returns {string} without the leading "?"
 */
export function serialise(view, vocabulary, names = [...VIEW_NAMES, ...PAGE_NAMES]) {
    return names
        .map((name) => /** @type {const} */ ([name, written(name, view, vocabulary)]))
        .filter(([, text]) => text !== "")
        .map(([name, text]) => `${name}=${encode(text)}`)
        .join("&");
}

/**
 * @param {View} view
 * @returns {string}
 */
export function bboxText(view) {
    return view.bbox ? view.bbox.join(",") : "";
}

/** Commas stay readable, as in ?layer=transport,water. @param {string} text */
function encode(text) {
    return encodeURIComponent(text).replaceAll("%2C", ",");
}

/**
 * @param {keyof View} name
 * @param {View} view
 * @param {Vocabulary} vocabulary
 * @returns {string}
 */
function written(name, view, vocabulary) {
    const value = view[name];
    if (name === "bbox") return bboxText(view);
    if (value === ({ lang: vocabulary.lang[0], base: vocabulary.base[0], colour: COLOURS[0] })[String(name)]) return "";
    return Array.isArray(value) ? value.join(name === "notes" || name === "names" ? ";" : ",") : String(value ?? "");
}
