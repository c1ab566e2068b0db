/** The views a presenter has chosen: kept by this browser, or brought by a link after "#tour=". */

import { keep, recall } from "../io/storage.js";

const KEY = "planmap.tour";
const BEGUN = "planmap.presented";
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

/** @typedef {{ query: string, say: string, dwell: number }} Stop what is shown, what is said, after how many seconds the next follows; 0: when asked for */

export const LONGEST_SAID = 500;
export const LONGEST_DWELL = 600;

/** @param {string} written the query of a stop, with what is said of it @returns {Stop} */
export function stopOf(written) {
    const own = new URLSearchParams(written);
    const dwell = Math.round(Number(own.get("dwell")));
    return {
        query: written.split("&").filter((part) => !/^(say|dwell)=/.test(part)).join("&"),
        say: (own.get("say") ?? "").slice(0, LONGEST_SAID),
        dwell: dwell > 0 && dwell <= LONGEST_DWELL ? dwell : 0,
    };
}

/** @param {Stop} stop */
export function stopText({ query, say, dwell }) {
    const said = say.trim() && `say=${encodeURIComponent(say.trim())}`;
    return [query, said, dwell > 0 && `dwell=${dwell}`].filter(Boolean).join("&");
}

/** A stop moved to another place in the order. @param {string[]} stops @param {number} from @param {number} to */
export function stopMoved(stops, from, to) {
    const next = [...stops];
    next.splice(Math.max(0, Math.min(to, stops.length - 1)), 0, ...next.splice(from, 1));
    return next;
}

/** What the link brought, else what this browser has kept. @param {string} hash @returns {string[]} */
export function stopsOf(hash) {
    const stored = recall(KEY);
    return stopsIn(hash) ?? (stored ? stopsIn(stored) ?? [] : []);
}

/** @param {string[]} stops */
export function keepStops(stops) {
    keep(KEY, stops.length > 0 ? tourHash(stops) : null);
}

/** What a presentation began with: the view in words of its address, the layers that it held; and how far it has come. @typedef {{ before: string, layers: string[], at: number }} Begun */

/** For who loads the page again in the middle. @param {Begun | null} begun */
export const keepBegun = (begun) => keep(BEGUN, begun && JSON.stringify(begun), "sessionStorage");

/** @returns {Begun | null} */
export const begunHere = () => JSON.parse(recall(BEGUN, "sessionStorage") ?? "null");
