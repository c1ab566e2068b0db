/**
 * What a search may mean beyond its words: a position, or things near something. Each meaning is a view of the
 * existing kinds (`place=`, `near=`, `site=`, `layer=`, `q=`); the search itself keeps its one meaning. Pure.
 */

import { folded } from "../folding.js";
import { pointsOf } from "../../draw/geometry.js";

/** @typedef {import("../types.d.ts").View} View */
/** @typedef {import("../types.d.ts").Place} Place */
/** @typedef {import("../types.d.ts").Catalogue} Catalogue */
/** @typedef {Record<string, import("../types.d.ts").Destination>} Destinations */
/** @typedef {{ what: string, where: string, km: string }} Nearness */

/** How far around things are looked for where nobody says how far. */
const USUAL_KM = "10";
const MOST_PLACES = 3;

const DEGREES = /(\d{1,3}(?:\.\d+)?)\s*[°度]?\s*(?:(\d{1,2}(?:\.\d+)?)\s*[′'分]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:["秒]|′′|'')\s*)?/;
const AXIS = "(北纬|东经|纬度|经度|lat(?:itude)?|lo?ng?(?:itude)?|[ne])?[:\\s]*";
const PAIR = new RegExp(`^\\(?${AXIS}(-?)${DEGREES.source}([ne])?[\\s,;/]*${AXIS}(-?)${DEGREES.source}([ne])?\\)?$`);
const NORTH = /^(北纬|纬度|lat|n$)/;
const EAST = /^(东经|经度|lo?n|e$)/;

/** A pair of coordinates in any usual form and order, as `lng,lat`; null for what is none. @param {string} typed @returns {string | null} */
export function positionOf(typed) {
    const text = typed.normalize("NFKC").replace(/[，、；]/g, ",").replace(/緯/g, "纬").replace(/經/g, "经").replace(/東/g, "东").trim().toLowerCase();
    const found = PAIR.exec(text);
    if (!found) return null;
    const [, name1, minus1 = "", d1 = "", m1, s1, after1, name2, minus2, d2, m2, s2, after2] = found;
    // One number alone is read as two by the expression: a pair has something between its numbers.
    if (!/[^\d.]/.test(text.slice(d1.length + minus1.length))) return null;
    const [first, second] = [angle(minus1, d1, m1, s1), angle(minus2, d2, m2, s2)];
    const swapped = isNorthFirst([name1, after1].join(""), [name2, after2].join("")) ?? Math.abs(second) > 90;
    const [lng, lat] = swapped ? [second, first] : [first, second];
    const onEarth = Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
    return onEarth ? `${Number(lng.toFixed(6))},${Number(lat.toFixed(6))}` : null;
}

/** What the names of the axes say; null where there are none. @param {string} first @param {string} second */
function isNorthFirst(first, second) {
    if (NORTH.test(first) || EAST.test(second)) return true;
    return EAST.test(first) || NORTH.test(second) ? false : null;
}

/** @param {string | undefined} minus @param {string | undefined} d @param {string | undefined} m @param {string | undefined} s */
function angle(minus, d, m, s) {
    return (minus ? -1 : 1) * (Number(d) + Number(m ?? 0) / 60 + Number(s ?? 0) / 3600);
}

/** How people ask for what is near something; the named parts say which is which. */
const NEAR = [
    /^(?<what>.*?)\s*\bwithin\s+(?<km>\d+(?:\.\d+)?)\s*km\s+(?:of|from)\s+(?:the\s+|an?\s+)?(?<where>.+)$/,
    /^(?:距离?|离)?(?<where>.+?)(?<km>\d+(?:\.\d+)?)\s*(?:公里|千米|km)(?:以内|之内|范围内|内)?的?(?<what>.*)$/,
    /^(?:靠近|临近|邻近|挨着|紧邻)(?<where>.+?)的(?<what>.+)$/,
    /^(?:距离?|离)(?<where>.+?)(?:较|最|很)?近的(?<what>.+)$/,
    /^(?<where>.+?)(?:附近|周边|周围|旁边|一带|边上)的?(?<what>.*)$/,
    /^(?<what>.*?)\s*\b(?:near(?:by|\s+to)?|around|close\s+to|next\s+to)\s+(?:the\s+|an?\s+)?(?<where>.+)$/,
];

/** @param {string} typed folded @returns {Nearness | null} */
export function nearnessOf(typed) {
    for (const form of NEAR) {
        const { what = "", where = "", km = USUAL_KM } = form.exec(typed)?.groups ?? {};
        if (where.trim()) return { what: what.trim(), where: where.trim(), km: String(Number(km)) };
    }
    return null;
}

/** Whether a search says a place or a nearness outright, which no text holds: Enter takes its meaning. @param {string} typed */
export const isSaidWhole = (typed) => positionOf(typed) !== null || nearnessOf(folded(typed).trim()) !== null;

/**
 * The views that a search may mean.
 * @param {string} typed as it is typed
 * @param {Catalogue} catalogue @param {Place[]} places @param {Destinations} destinations
 * @returns {Partial<View>[]}
 */
export function meaningsOf(typed, catalogue, places, destinations) {
    const position = positionOf(typed);
    if (position) return [{ place: position, near: USUAL_KM }];
    const text = folded(typed).trim();
    const kindAlone = kindCalled(text, destinations);
    if (kindAlone) {
        const around = destinations[kindAlone]?.places.slice(0, MOST_PLACES) ?? [];
        return [{ site: [`${kindAlone}:${USUAL_KM}`] }, ...around.map((place) => ({ place, near: USUAL_KM }))];
    }
    const asked = nearnessOf(text);
    return asked ? nearViews(asked, catalogue, places, destinations) : [];
}

/** @param {Nearness} asked @param {Catalogue} catalogue @param {Place[]} places @param {Destinations} destinations @returns {Partial<View>[]} */
function nearViews({ what, where, km }, catalogue, places, destinations) {
    const layer = layerCalled(what, catalogue);
    const sought = layer ? { layer: [layer] } : { q: what };
    const kind = kindCalled(where, destinations);
    const measured = catalogue.used.some((one) => one.access && (!layer || one.id === layer));
    if (kind && measured && (layer || !what)) return [{ ...sought, site: [`${kind}:${km}`] }];
    const names = (kind && destinations[kind]?.places) || placesCalled(where, places);
    if (names.length > 0) return names.slice(0, MOST_PLACES).map((place) => ({ ...sought, place, near: km }));
    const item = catalogue.items.find((one) => pointsOf(one.geometry).length === 1 && folded(`${one.name}\n${one.name_en}`).includes(where));
    return item ? [{ ...sought, focus: item.id, near: km }] : [];
}

/** A word in English without the s of several. @param {string} word */
const single = (word) => word.replace(/(?<=[a-z]{3})s$/, "");

/** @param {string} word @param {Destinations} destinations */
function kindCalled(word, destinations) {
    return Object.keys(destinations).find((kind) => destinations[kind]?.names.some((name) => single(name) === single(word)));
}

/** The layer so called, first one whose name is no longer than the word. @param {string} word @param {Catalogue} catalogue */
function layerCalled(word, { used }) {
    const sought = single(word).replace(/(?<=.)(项目| projects?)$/, "");
    if (sought.length < 2) return null;
    const called = used.map((one) => ({ id: one.id, names: [one.title, one.title_en, ...(one.also ?? []), ...(one.spelt ?? [])].map(folded) }));
    const found = called.find((one) => one.names.includes(sought)) ?? called.find((one) => one.names.some((name) => name.includes(sought)));
    return found?.id ?? null;
}

/** @param {string} word @param {Place[]} places the names of those called so, the shortest first */
function placesCalled(word, places) {
    const named = (/** @type {Place} */ one) => [one.name, one.name_en, ...(one.spelt ?? [])].map(folded);
    const exact = places.filter((one) => named(one).includes(word));
    const found = exact.length > 0 ? exact : places.filter((one) => named(one).some((name) => name.includes(word)));
    return found.map((one) => one.name).sort((a, b) => a.length - b.length);
}
