/** Where a view sends the map, if anywhere. Pure; no map. */

import { bboxText } from "./url.js";

/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Item} Item */
/** @typedef {import("./proximity.js").Centre} Centre */
/** @typedef {{ boxed: string, ringed: string }} Known the view's box and the ring of what is near that the map shows */
/**
 * A box, some counties, an item, or a place with so many kilometres around it.
 * @typedef {{ box: NonNullable<View["bbox"]> } | { counties: string[] } | { near: "item", item: Item }
 *     | { near: "place", position: GeoJSON.Position, km: number }} Destination
 */

/** What is shown around a place with nothing asked of its neighbours. */
const PLACE_KM = 5;

/**
 * To the view's own box; else to what it is near to or to the focused item, if either is new; else to its counties.
 * @param {View} view @param {View | null} last @param {Item | undefined} focus @param {Centre | null} centre @param {Known} known
 * @returns {{ to: Destination | null, known: Known }}
 */
export function destinationOf(view, last, focus, centre, known) {
    const text = bboxText(view);
    const ringed = ringOf(view, centre);
    if (view.bbox && text !== known.boxed) return { to: { box: view.bbox }, known: { boxed: text, ringed } };
    const next = { boxed: text && known.boxed, ringed };
    const to = placeOf(view, centre, ringed !== known.ringed) ?? itemOf(last, focus)
        ?? (text === "" && changed(last, view) ? { counties: codesOf(view) } : null);
    return { to, known: next };
}

/** @param {View} view @param {Centre | null} centre @param {boolean} news @returns {Destination | null} */
function placeOf(view, centre, news) {
    if (!news || view.bbox || !centre || !ringOf(view, centre)) return null;
    return { near: "place", position: centre.position, km: Number(view.near ?? PLACE_KM) };
}

/** @param {View | null} last @param {Item | undefined} focus @returns {Destination | null} */
function itemOf(last, focus) {
    return focus && focus.id !== last?.focus ? { near: "item", item: focus } : null;
}

/** What a view is near to, in words to compare; nothing where it asks for no neighbours. @param {View} view @param {Centre | null} centre */
function ringOf(view, centre) {
    return centre && (view.place || view.near) ? [...centre.position, view.near].join() : "";
}

/** @param {View | null} last @param {View} view */
function changed(last, view) {
    return last === null || codesOf(last).join() !== codesOf(view).join() || (last.bbox !== null && !view.focus);
}

/** @param {View} view */
function codesOf(view) {
    return view.county.filter((code) => /^\d+$/.test(code));
}
