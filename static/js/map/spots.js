/** Where the name of a line or a zone may stand: on the part of it that is in the window. */

import { areasOf, boxOf, isWithin, linesOf, listsIn } from "../geometry.js";

/** @typedef {import("../types.d.ts").Item} Item */
/** @typedef {GeoJSON.Position} Position */

/** Shares of a line at which its name is tried: the middle first. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
/** Rows and columns of the grid in which the inside of a zone is looked for. */
const GRID = 9;

/** Best first. @param {Item} item @param {import("leaflet").LatLngBounds} view @returns {[number, number][]} lat, lng */
export function nameSpots(item, view) {
    const seen = (/** @type {Position} */ [lng = 0, lat = 0]) => view.contains([lat, lng]);
    const zones = areasOf(item.geometry).flatMap((part) => insideOf(listsIn(part), seen));
    const lines = linesOf(item.geometry).flatMap(listsIn);
    const longest = lines.map((line) => line.filter(seen)).sort((a, b) => b.length - a.length)[0] ?? [];
    const along = longest.length > 1 ? SHARES.map((share) => /** @type {Position} */ (longest[Math.round(share * (longest.length - 1))])) : [];
    return [...zones, ...along].map(([lng = 0, lat = 0]) => [lat, lng]);
}

/**
 * Positions within a zone, those nearest to its middle first.
 * @param {Position[][]} rings @param {(position: Position) => boolean} seen
 */
function insideOf(rings, seen) {
    const box = boxOf(rings[0] ?? []);
    if (!box) return [];
    const [west, south, east, north] = box;
    const steps = Array.from({ length: GRID }, (_, i) => (i + 1) / (GRID + 1));
    const away = (/** @type {Position} */ [x = 0, y = 0]) => Math.hypot((x - west) / (east - west) - 0.5, (y - south) / (north - south) - 0.5);
    return steps.flatMap((dx) => steps.map((dy) => [west + dx * (east - west), south + dy * (north - south)]))
        .filter((position) => seen(position) && isWithin(rings, position))
        .sort((a, b) => away(a) - away(b));
}
