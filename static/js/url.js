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
const NEAR_MOST = 1000;
const ID = /^[a-z0-9][a-z0-9-]*$/;
const NUMBER = /^-?\d{1,9}(\.\d{1,20})?$/;
/** What no file can hold: app/plan/characters.py says the same. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\p{Cs}\p{Noncharacter_Code_Point}]/u;
/** Control characters besides: no text of a view holds one. */
const CONTROLS = /[\x7f-\x9f]/;

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
 * Reads a query string. What it cannot use is named in `problems`; the rest is kept. app/view.py reads the same.
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
            const value = text.trim();
            given.set(name, value);
            problems.push(...readInto(view, name, value, read, vocabulary));
        }
    }
    const sound = consistent(view);
    const loose = /** @type {const} */ (["near", "inview"]).filter((name) => view[name] !== sound[name]);
    problems.push(...loose.map((name) => ({ name, value: given.get(name) ?? "" })));
    return { view: sound, problems };
}

/** An empty value is none. @param {View} view @param {string} name @param {string} value @param {Reader} read @param {Vocabulary} vocabulary @returns {Problem[]} */
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
    near: (view, value) => accept(isNear(value), value, () => { view.near = String(Number(value)); }),
    compare: (view, value) => {
        const ids = [...new Set(wordsIn(value))];
        const strange = ids.find((id) => !ID.test(id));
        const refused = ids.length > MOST_COMPARED ? value : strange;
        return accept(refused === undefined, refused ?? "", () => { view.compare = ids; });
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

/** @param {string} value */
function isNear(value) {
    return /^\d{1,4}(\.\d{1,6})?$/.test(value) && Number(value) > 0 && Number(value) <= NEAR_MOST;
}

/** A name, which only the gazetteer can tell to be one, or lng,lat in degrees. @param {string} value */
function placeIn(value) {
    const name = plainText(value, LONGEST.place);
    if (!name?.includes(",")) return name;
    const [, lng, lat] = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)$/.exec(name) ?? [];
    const good = lng && lat && Math.abs(Number(lng)) <= 180 && Math.abs(Number(lat)) <= 90;
    return good ? `${Number(lng)},${Number(lat)}` : null;
}

/** Each run of blanks as one space; null for what is too long or holds a control character. @param {string} value @param {number} most */
function plainText(value, most) {
    if ([...value].length > most || CONTROLS.test(value)) return null;
    return value.split(/\s+/).filter(Boolean).join(" ");
}

/** @param {"q" | "title"} name @returns {Reader} */
function text(name) {
    return (view, value) => {
        const plain = plainText(value, LONGEST[name]);
        return accept(plain !== null, value, () => { view[name] = plain ?? ""; });
    };
}

/** @param {string} value */
function wordsIn(value) {
    return value.split(",").map((part) => part.trim()).filter(Boolean);
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
        for (const word of wordsIn(value)) {
            const id = Object.hasOwn(names, word) ? names[word] ?? word : word;
            if (known.has(id)) chosen.add(id);
            else refused.push(word);
        }
        view[name] = [...chosen];
        return refused;
    };
}

/**
 * west,south,east,north in degrees, as RFC 7946 orders it; of six numbers the heights are ignored.
 * @param {string} value
 * @returns {View["bbox"]}
 */
function boxOf(value) {
    const parts = value.split(",").map((part) => part.trim());
    if (![4, 6].includes(parts.length) || !parts.every((part) => NUMBER.test(part))) return null;
    // To a millionth of a degree, as the data is.
    const numbers = parts.map((part) => Number(Number(part).toFixed(6)));
    const flat = numbers.length === 4 ? numbers : [...numbers.slice(0, 2), ...numbers.slice(3, 5)];
    const [west, south, east, north] = /** @type {[number, number, number, number]} */ (flat);
    const sound = west < east && south < north
        && west >= -180 && east <= 180 && south >= -90 && north <= 90;
    return sound ? [west, south, east, north] : null;
}
