/** The values of a view's parameters, one by one: what each may be. app/view/values.py reads the same. */

import { readings } from "./folding.js";

/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Vocabulary} Vocabulary */

const THEMES = ["light", "dark"];
/** What the colour of an item says; the first unless said. */
export const COLOURS = ["family", "status"];
const SWITCH = ["1"];
/** More columns than this cannot be read side by side. */
const MOST_COMPARED = 4;
/** Longer texts are refused, as the server refuses them. */
const LONGEST = { q: 200, title: 120, place: 120 };
const NEAR_MOST = 1000;
const MOST_HIDDEN = 40;
/** Of a presenter's own marks on a map, and of moved names; characters of a text. */
export const MOST_NOTES = 20;
export const LONGEST_NOTE = 60;
const COMMA = /[,，]/;
const ID = /^[a-z0-9][a-z0-9-]*$/;
const NUMBER = /^-?\d{1,9}(\.\d{1,20})?$/;
/** Control characters beside what no file can hold: no text of a view holds one. */
const CONTROLS = /[\x7f-\x9f]/;

/** @typedef {(view: View, value: string, vocabulary: Vocabulary) => string[]} Reader */

/** @type {Record<string, Reader>} */
export const READERS = {
    layer: facet("layer"),
    county: facet("county"),
    category: facet("category"),
    status: facet("status"),
    precision: facet("precision"),
    term: facet("term"),
    doubt: facet("doubt"),
    site: (view, value, { site }) => {
        const found = siteIn(value, site ?? []);
        return accept(found !== null, value, () => { view.site = found ?? []; });
    },
    q: text("q"),
    title: text("title"),
    focus: (view, value) => {
        const id = narrow(value);
        return accept(ID.test(id), value, () => { view.focus = id; });
    },
    place: (view, value) => accept(placeIn(value) !== null, value, () => { view.place = placeIn(value); }),
    hidden: ids("hidden", MOST_HIDDEN),
    notes: several("notes", noteIn),
    names: several("names", movedName),
    near: (view, value) => accept(isNear(value), value, () => { view.near = String(Number(value)); }),
    compare: ids("compare", MOST_COMPARED),
    inview: oneOf("inview", () => SWITCH),
    all: oneOf("all", () => SWITCH),
    choropleth: oneOf("choropleth", () => SWITCH),
    table: oneOf("table", () => SWITCH),
    present: oneOf("present", () => SWITCH),
    bbox: (view, value) => {
        const box = boxOf(value);
        return accept(box !== null, value, () => { view.bbox = box; });
    },
    lang: oneOf("lang", (vocabulary) => vocabulary.lang),
    base: oneOf("base", (vocabulary) => vocabulary.base),
    theme: oneOf("theme", () => THEMES),
    colour: oneOf("colour", () => COLOURS),
};

/** @param {"inview" | "all" | "choropleth" | "table" | "present" | "lang" | "base" | "theme" | "colour"} name @param {(vocabulary: Vocabulary) => string[]} allowed @returns {Reader} */
function oneOf(name, allowed) {
    return (view, value, vocabulary) => {
        const known = allowed(vocabulary);
        const word = readings(value, vocabulary.traditional).find((one) => known.includes(one));
        return accept(word !== undefined, value, () => { view[name] = word ?? null; });
    };
}

/** @param {"compare" | "hidden"} name @param {number} most @returns {Reader} */
function ids(name, most) {
    return (view, value) => {
        const found = [...new Set(wordsIn(value).map(narrow))];
        const strange = found.find((id) => !ID.test(id));
        const refused = found.length > most ? value : strange;
        return accept(refused === undefined, refused ?? "", () => { view[name] = found; });
    };
}

/** Marks with `;` between them, each sound, not too many. @param {"notes" | "names"} name @param {(part: string) => string | null} read @returns {Reader} */
function several(name, read) {
    return (view, value) => {
        const parts = value.split(";").map((part) => part.trim()).filter(Boolean);
        const found = parts.flatMap((part) => read(part) ?? []);
        const once = new Set(found.map((one) => (name === "names" ? one.split(":")[0] : {})));
        const sound = found.length === parts.length && once.size === parts.length && parts.length <= MOST_NOTES;
        return accept(sound, value, () => { view[name] = found; });
    };
}

/** `lng,lat:text`, or an arrow, `lng,lat,lng,lat:text`, whose text may be missing. @param {string} part */
function noteIn(part) {
    const [at = "", ...words] = part.split(":");
    const numbers = positionsIn(at);
    const text = plainText(words.join(":"), LONGEST_NOTE);
    if (numbers.length === 0 || text === null || !(text || numbers.length === 4)) return null;
    return [numbers.join(","), text].filter(Boolean).join(":");
}

/** `id:lng,lat`. @param {string} part */
function movedName(part) {
    const [id = "", ...at] = part.split(":");
    const numbers = positionsIn(at.join(":"));
    return ID.test(narrow(id)) && numbers.length === 2 ? `${narrow(id)}:${numbers.join(",")}` : null;
}

/** The numbers of one or two positions; none of what is no such thing. @param {string} text */
function positionsIn(text) {
    const parts = narrow(text).split(",").map((one) => one.trim());
    const sound = [2, 4].includes(parts.length) && parts.every((one, i) =>
        (i % 2 ? /^-?\d{1,2}(\.\d{1,6})?$/ : /^-?\d{1,3}(\.\d{1,6})?$/).test(one) && Math.abs(Number(one)) <= (i % 2 ? 90 : 180));
    return sound ? parts.map((one) => Number(one) + 0) : [];
}

/** Half-width, as a name for machines is. @param {string} word */
function narrow(word) {
    return readings(word)[1];
}

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

/** Added at the end, or taken away; the oldest makes room. @param {string[]} ids @param {string} id */
export function compareTurned(ids, id) {
    return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-MOST_COMPARED);
}

/** A condition in its parts. @param {string} condition */
export function siteParts(condition) {
    const [kind = "", km = ""] = condition.split(":");
    return { kind, km };
}

/** `port:20,expressway:5`: each kind once; null for what is none of these. @param {string} value @param {string[]} kinds */
function siteIn(value, kinds) {
    const pairs = wordsIn(value).map((word) => siteParts(narrow(word)));
    const sound = pairs.every(({ kind, km }) => kinds.includes(kind) && isNear(km));
    return sound && new Set(pairs.map(({ kind }) => kind)).size === pairs.length
        ? pairs.map(({ kind, km }) => `${kind}:${Number(km)}`) : null;
}

/** A name, which only the gazetteer can tell to be one, or lng,lat in degrees. @param {string} value */
function placeIn(value) {
    const name = plainText(value, LONGEST.place);
    if (!name || !COMMA.test(name)) return name;
    const [, lng, lat] = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)$/.exec(narrow(name)) ?? [];
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

/** A Chinese keyboard's comma is a comma. @param {string} value */
function wordsIn(value) {
    return value.split(COMMA).map((part) => part.trim()).filter(Boolean);
}

/**
 * A list of ids; each may also be given by what it is called.
 * @param {import("./types.d.ts").Facet} name
 * @returns {Reader}
 */
function facet(name) {
    return (view, value, vocabulary) => {
        const names = vocabulary.names[name] ?? {};
        const known = new Set(vocabulary[name]);
        /** @type {string[]} */
        const refused = [];
        const chosen = new Set(view[name]);
        for (const word of wordsIn(value)) {
            const ids = readings(word, vocabulary.traditional).map((one) => (!known.has(one) && Object.hasOwn(names, one) ? names[one] ?? one : one));
            const id = ids.find((one) => known.has(one));
            if (id) chosen.add(id);
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
