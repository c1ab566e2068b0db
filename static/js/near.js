/** How far items are from each other: geodesic enough at city scale, in metres. */

import { pointsOf, positionsOf } from "./geometry.js";

/** @typedef {import("./types.d.ts").Item} Item */
/** @typedef {GeoJSON.Position} Position */

/** Distances, in km, at which neighbours are counted and can be shown. */
export const RINGS_KM = [5, 10, 20];

const RADIUS_M = 6_371_009;
const RADIANS = Math.PI / 180;

/** Great-circle distance (haversine). @param {Position} a @param {Position} b */
export function distanceBetween([lng1 = 0, lat1 = 0], [lng2 = 0, lat2 = 0]) {
    const dlat = (lat2 - lat1) * RADIANS;
    const dlng = (lng2 - lng1) * RADIANS;
    const h = Math.sin(dlat / 2) ** 2
        + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * Math.sin(dlng / 2) ** 2;
    return 2 * RADIUS_M * Math.asin(Math.sqrt(h));
}

/**
 * From an item's point to the nearest position of another; null where either is not a place.
 * @param {Item} from
 * @param {Item} to
 */
export function metresBetween(from, to) {
    const [centre] = pointsOf(from.geometry);
    const positions = positionsOf(to.geometry);
    if (!centre || positions.length === 0) return null;
    return Math.min(...positions.map((position) => distanceBetween(centre, position)));
}

/**
 * Whether an item lies within so many km of the one in hand, which is not its own neighbour.
 * @param {Item | undefined} centre
 * @param {string | null} km
 * @returns {(item: Item) => boolean}
 */
export function within(centre, km) {
    if (!centre || !km || pointsOf(centre.geometry).length === 0) return () => true;
    const reach = Number(km) * 1000;
    return (item) => {
        if (item.id === centre.id) return false;
        const metres = metresBetween(centre, item);
        return metres !== null && metres <= reach;
    };
}

/**
 * Whether any part of an item lies in the window.
 * @param {[number, number, number, number] | null} box
 * @returns {(item: Item) => boolean}
 */
export function inside(box) {
    if (!box) return () => true;
    const [west, south, east, north] = box;
    return (item) => positionsOf(item.geometry).some(([lng = 0, lat = 0]) =>
        lng >= west && lng <= east && lat >= south && lat <= north);
}

/**
 * What a view asks beyond its facets: nearness to the item in hand, being in the window.
 * @param {import("./types.d.ts").Catalogue} catalogue
 * @param {import("./types.d.ts").View} view
 * @param {[number, number, number, number] | null} extent of the map, while the view names none
 * @returns {(item: Item) => boolean}
 */
export function placeCondition(catalogue, view, extent) {
    const centre = view.focus ? catalogue.byId.get(view.focus) : undefined;
    const near = within(centre, view.near);
    const seen = view.inview ? inside(view.bbox ?? extent) : () => true;
    return (item) => near(item) && seen(item);
}
