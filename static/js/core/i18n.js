/** The interface's words in the language in force, and numbers the way that language writes them. */

/** @type {Record<string, string>} */
let messages = {};
let language = "zh";
let first = "zh";

/** BCP 47 tags for the page's lang attribute and for Intl. */
const TAGS = /** @type {Record<string, string>} */ ({ zh: "zh-CN", en: "en" });

/** @param {string} lang @param {Record<string, string>} words @param {string} [own] the pack's first language */
export function setLanguage(lang, words, own = "zh") {
    language = lang;
    messages = words;
    first = own;
}

export function lang() {
    return language;
}

export function tag() {
    return tagOf(language);
}

/** @param {string} code */
export function tagOf(code) {
    return TAGS[code] ?? code;
}

/** The tag of the language that the pack writes in, and the plan. */
export function firstTag() {
    return tagOf(first);
}

/**
 * The words for a key; {name} is filled from `values`. Numbers are written by Intl, "{n:km}" as so many
 * kilometres. In "{n|one|many}" the first form serves for 1.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
    const words = messages[key] ?? key;
    return words.replace(/\{(\w+)(:km)?(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, km, one, many) => {
        const value = values[name];
        if (one !== undefined) return value === 1 ? one : many;
        if (km) return kilometres(Number(value));
        return typeof value === "number" ? number(value) : String(value ?? "");
    });
}

/**
 * The field in the language in force: title_en, title_pt; the pack's first language says it without one,
 * and stands where a language says nothing. app/domain/text/languages.py says the same.
 * @param {object | null | undefined} thing
 * @param {string} field
 * @returns {string}
 */
export function pick(thing, field) {
    const record = /** @type {Record<string, string | undefined>} */ (thing ?? {});
    return record[`${field}_${language}`] || record[field] || (record[`${field}_en`] ?? "");
}

/** The field as the language in force says it, or nothing: what another says would not be read here. @param {object} thing @param {string} field */
export function pickOwn(thing, field) {
    const record = /** @type {Record<string, string | undefined>} */ (thing);
    return record[`${field}_${language}`] || (language === first && record[field]) || "";
}

/**
 * A list in the language in force.
 * @param {object | null | undefined} thing
 * @param {string} field
 * @returns {string[]}
 */
export function pickList(thing, field) {
    const record = /** @type {Record<string, string[] | undefined>} */ (thing ?? {});
    const own = record[`${field}_${language}`];
    return (own?.length ? own : record[field]) ?? [];
}

/**
 * The field in another language, to stand small beside the first: the pack's own, else English.
 * @param {object} thing
 * @param {string} field
 */
export function pickOther(thing, field) {
    const record = /** @type {Record<string, string | undefined>} */ (thing);
    return (pick(thing, field) === record[field] ? record[`${field}_en`] : record[field]) ?? "";
}

/** The tag of what pickOther finds. @param {object} thing @param {string} field */
export function otherTag(thing, field) {
    return pickOther(thing, field) === /** @type {Record<string, string>} */ (thing)[field] ? firstTag() : "en";
}

/** Making a formatter costs more than using it a hundred times. @type {Map<string, Intl.NumberFormat>} */
const formatters = new Map();

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options) {
    const key = tag() + JSON.stringify(options ?? "");
    const known = formatters.get(key) ?? new Intl.NumberFormat(tag(), options);
    formatters.set(key, known);
    return known.format(value);
}

/** Metres as a reader says them: "300 m", "1.5 km", "12 km". app/domain/text/distances.py says the same. @param {number} metres */
export function distance(metres) {
    if (metres < 1000) return measure(metres, "meter", 0);
    return measure(metres / 1000, "kilometer", metres < 10_000 ? 1 : 0);
}

/**
 * How far off a thing is; a range from nothing on where the doubt is larger than the distance: "about 0–10 km".
 * app/domain/text/distances.py says the same.
 * @param {number} metres
 * @param {number} doubt
 */
export function awayText(metres, doubt) {
    return doubt > metres ? t("distance.range", { most: distance(metres + doubt) }) : distance(metres);
}

/** A length that is not rounded: a figure of the plan, a radius that was chosen. @param {number} km */
export function kilometres(km) {
    return measure(km, "kilometer", 3);
}

/** Intl writes 6公里; like every figure between Chinese words here it gets its space: 6 公里. @param {number} value @param {string} unit @param {number} digits */
function measure(value, unit, digits) {
    return number(value, { style: "unit", unit, maximumFractionDigits: digits })
        .replace(/(\d)(?=\p{Script=Han})/u, "$1 ");
}

/** The day it is, as a reader writes it. */
export function today() {
    return new Intl.DateTimeFormat(tag(), { dateStyle: "long" }).format(new Date());
}
