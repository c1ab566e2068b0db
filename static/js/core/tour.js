/** The views a presenter has chosen: kept by this browser, or brought by a link after "#tour=". */

import { keep, recall } from "../io/storage.js";

const KEY = "planmap.tour";
const MARK = "#tour=";
/** More than a talk has slides for, and a link can carry. */
export const MOST_STOPS = 30;

/**
 * The views named by a fragment; null where it names none.
 * @param {string} hash
 * @returns {string[] | null} query strings
 */
export function stopsIn(hash) {
    if (!hash.startsWith(MARK)) return null;
    try {
        return hash.slice(MARK.length).split(",").filter(Boolean).slice(0, MOST_STOPS)
            .map((query) => decodeURIComponent(query).replace(/^\?/, ""));
    } catch {
        // A link cut in the middle of a character names nothing that can be trusted.
        return null;
    }
}

/** @param {string[]} stops query strings */
export function tourHash(stops) {
    return stops.length > 0 ? MARK + stops.map((query) => encodeURIComponent(`?${query}`)).join(",") : "";
}

/** What the link brought, else what this browser has kept. @param {string} hash @returns {string[]} */
export function stopsOf(hash) {
    const kept = recall(KEY);
    return stopsIn(hash) ?? (kept ? stopsIn(kept) ?? [] : []);
}

/** @param {string[]} stops */
export function keepStops(stops) {
    keep(KEY, stops.length > 0 ? tourHash(stops) : null);
}
