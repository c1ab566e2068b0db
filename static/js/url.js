/** The view as a query string: two pure functions, parse and serialise, in one canonical order. */

/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Vocabulary} Vocabulary */
/** @typedef {import("./types.d.ts").Problem} Problem */

/** Names every face of the view knows, in canonical order. */
export const VIEW_NAMES = /** @type {const} */ ([
    "layer", "county", "category", "status", "precision", "term",
    "q", "focus", "place", "near", "bbox", "inview", "lang", "title", "base", "theme",
]);

/** Names only this page knows. */
export const PAGE_NAMES = /** @type {const} */ (["choropleth", "compare", "table", "present"]);

const THEMES = ["light", "dark"];
/** More columns than this cannot be read side by side. */
export const MOST_COMPARED = 3;
/** Longer texts are refused, as the server refuses them. */
const LONGEST = { q: 200, title: 120, place: 120 };
const ID = /^[a-z0-9][a-z0-9-]*$/;
/** What no file can hold: app/plan/characters.py says the same. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** @returns {View} */
export function emptyView() {
    return {
        layer: [], county: [], category: [], status: [], precision: [], term: [],
        q: "", focus: null, place: null, bbox: null, lang: null, title: "", base: null, theme: null,
        choropleth: null, compare: [], near: null, inview: null, table: null, present: null,
    };
}

/** Every choice of items taken back. */
export function unfiltered() {
    const { layer, county, category, status, precision, term, q, place, near, inview } = emptyView();
    return { layer, county, category, status, precision, term, q, place, near, inview };
}

/**
 * Reads a query string. What it cannot use is named in `problems`; the rest is kept.
 * @param {string} query
 * @param {Vocabulary} vocabulary
 * @returns {{ view: View, problems: Problem[] }}
 */
export function parse(query, vocabulary) {
    const view = emptyView();
    /** @type {Problem[]} */
    const problems = [];
    for (const [name, value] of new URLSearchParams(query)) {
        if (value === "") continue;
        const read = READERS[name];
        const refused = read ? read(view, value, vocabulary) : [value];
        problems.push(...refused.map((bad) => ({ name, value: bad })));
    }
    return { view, problems };
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
    if (name === "lang") return value === vocabulary.lang[0] ? "" : String(value ?? "");
    if (name === "base") return value === vocabulary.base[0] ? "" : String(value ?? "");
    return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

/** @typedef {(view: View, value: string, vocabulary: Vocabulary) => string[]} Reader */

/** @type {Record<string, Reader>} */
const READERS = {
    layer: facet("layer"),
    county: facet("county"),
    category: facet("category"),
    status: facet("status"),
    precision: facet("precision"),
    term: facet("term"),
    q: text("q"),
    title: text("title"),
    focus: (view, value) => accept(ID.test(value), value, () => { view.focus = value; }),
    place: (view, value) => accept(placeIn(value) !== null, value, () => { view.place = placeIn(value); }),
    near: (view, value) => accept(/^\d+(\.\d+)?$/.test(value), value, () => { view.near = value; }),
    compare: (view, value) => {
        const ids = [...new Set(value.split(","))].filter((id) => ID.test(id));
        view.compare = ids.slice(0, MOST_COMPARED);
        return ids.length ? [] : [value];
    },
    inview: (view, value) => accept(value === "1", value, () => { view.inview = value; }),
    choropleth: (view, value) => accept(value === "1", value, () => { view.choropleth = value; }),
    table: (view, value) => accept(value === "1", value, () => { view.table = value; }),
    present: (view, value) => accept(value === "1", value, () => { view.present = value; }),
    bbox: (view, value) => {
        const box = boxOf(value);
        return accept(box !== null, value, () => { view.bbox = box; });
    },
    lang: (view, value, vocabulary) =>
        accept(vocabulary.lang.includes(value), value, () => { view.lang = value; }),
    base: (view, value, vocabulary) =>
        accept(vocabulary.base.includes(value), value, () => { view.base = value; }),
    theme: (view, value) => accept(THEMES.includes(value), value, () => { view.theme = value; }),
};

/**
 * @param {boolean} good
 * @param {string} value
 * @param {() => void} keep
 * @returns {string[]} what was refused
 */
function accept(good, value, keep) {
    if (!good) return [value];
    keep();
    return [];
}

/** A name, which only the gazetteer can tell to be one, or lng,lat in degrees. @param {string} value */
function placeIn(value) {
    if (!value.includes(",")) return value.length <= LONGEST.place && !FORBIDDEN.test(value) ? value : null;
    const [, lng, lat] = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)$/.exec(value) ?? [];
    const good = lng && lat && Math.abs(Number(lng)) <= 180 && Math.abs(Number(lat)) <= 90;
    return good ? `${Number(lng)},${Number(lat)}` : null;
}

/** @param {"q" | "title"} name @returns {Reader} */
function text(name) {
    return (view, value) => accept(value.length <= LONGEST[name] && !FORBIDDEN.test(value), value, () => {
        view[name] = value.split(/\s+/).filter(Boolean).join(" ");
    });
}

/**
 * A list of ids; a county may also be given by one of its names.
 * @param {import("./types.d.ts").Facet} name
 * @returns {Reader}
 */
function facet(name) {
    return (view, value, vocabulary) => {
        const names = name === "county" ? vocabulary.countyNames : {};
        const known = new Set(vocabulary[name]);
        /** @type {string[]} */
        const refused = [];
        const chosen = new Set(view[name]);
        for (const word of value.split(",").map((part) => part.trim()).filter(Boolean)) {
            const id = names[word] ?? word;
            if (known.has(id)) chosen.add(id);
            else refused.push(word);
        }
        view[name] = [...chosen];
        return refused;
    };
}

/**
 * west,south,east,north in degrees, as RFC 7946 orders it.
 * @param {string} value
 * @returns {View["bbox"]}
 */
function boxOf(value) {
    const numbers = value.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
    if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return null;
    const [west, south, east, north] = /** @type {[number, number, number, number]} */ (numbers);
    const sound = west < east && south < north
        && west >= -180 && east <= 180 && south >= -90 && north <= 90;
    return sound ? [west, south, east, north] : null;
}
