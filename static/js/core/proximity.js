/**
 * How far items are from a place: geodesic enough at city scale, in metres, to the nearest position of a
 * geometry, be it a corner, along a line or within a zone. app/store/proximity.py reckons the same.
 */

import { fetchPlace, fetchPlaces } from "../io/api.js";
import { select } from "./selection.js";
import { areasOf, linesOf, listsIn, pointsOf } from "../draw/geometry.js";
import { siteParts } from "./view_values.js";
import { encloses, touches } from "./intersections.js";

/** @typedef {import("./types.d.ts").Item} Item */
/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Catalogue} Catalogue */
/** @typedef {GeoJSON.Position} Position */
/** @typedef {{ position: Position, id: string | null, name: string, name_en: string, uncertainty_m: number }} Centre */

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
 * To the nearest position of a geometry, to a millimetre; null where there is none. Which is nearest is decided
 * on a plane whose degrees are equally long here.
 * @param {Position} here
 * @param {GeoJSON.Geometry | null} geometry
 */
export function metresTo(here, geometry) {
    if (encloses(geometry, here)) return 0;
    const courses = [...areasOf(geometry), ...linesOf(geometry)].flatMap(listsIn);
    const found = [...pointsOf(geometry), ...courses.flatMap((course) => closest(course, here))];
    const away = found.map((one) => planeDistance(here, one));
    const nearest = found[away.indexOf(Math.min(...away))];
    return nearest ? Math.round(distanceBetween(here, nearest) * 1000) / 1000 : null;
}

/** Squared, in degrees of latitude. @param {Position} a @param {Position} b */
function planeDistance([lng1 = 0, lat1 = 0], [lng2 = 0, lat2 = 0]) {
    return ((lng2 - lng1) * Math.cos(lat1 * RADIANS)) ** 2 + (lat2 - lat1) ** 2;
}

/**
 * From an item's point to the nearest position of another; null where either is not a place.
 * @param {Item} from
 * @param {Item} to
 */
export function metresBetween(from, to) {
    const [here] = pointsOf(from.geometry);
    return here ? metresTo(here, to.geometry) : null;
}

/** The position of each stretch of a course that is nearest, on a plane whose degrees are equally long here. @param {Position[]} course @param {Position} here */
function closest(course, [lng = 0, lat = 0]) {
    const k = Math.cos(lat * RADIANS) ** 2;
    return course.slice(1).map(([x2 = 0, y2 = 0], i) => {
        const [x1 = 0, y1 = 0] = /** @type {Position} */ (course[i]);
        const [dx, dy] = [x2 - x1, y2 - y1];
        const along = ((lng - x1) * dx * k + (lat - y1) * dy) / (dx * dx * k + dy * dy || 1);
        const share = Math.min(1, Math.max(0, along));
        return [x1 + share * dx, y1 + share * dy];
    });
}

/**
 * What a view is near to: a place of the gazetteer, a position, or the focused item. Null while a place is
 * not known, and where the focused item is no point.
 * @param {Catalogue} catalogue
 * @param {View} view
 * @returns {Centre | null}
 */
export function centreOf(catalogue, view) {
    if (view.place) return catalogue.places.get(view.place) ?? positionIn(view.place);
    const item = view.focus ? catalogue.byId.get(view.focus) : undefined;
    const [position] = pointsOf(item?.geometry ?? null);
    return item && position ? { ...item, position, uncertainty_m: item.uncertainty_m ?? 0 } : null;
}

/** Whether a view names a place that has still to be read. @param {View} view @param {Catalogue} catalogue */
export function needsPlaces({ place }, { places, askedPlaces }) {
    if (!place || place.includes(",")) return false;
    return askedPlaces ? !places.has(place) && !askedPlaces.has(place) : places.size === 0;
}

/** Reads the gazetteer when a view first names a place of it, of a large pack that place alone; tells whether it did. @param {Catalogue} catalogue @param {View} view */
export async function fillPlaces(catalogue, view) {
    if (!needsPlaces(view, catalogue)) return false;
    if (!catalogue.askedPlaces) await knowPlaces(catalogue);
    else putPlaces(catalogue, await fetchPlace(String(view.place)));
    catalogue.askedPlaces?.add(String(view.place));
    return true;
}

/** Reads the gazetteer once. @param {Catalogue} catalogue */
export async function knowPlaces(catalogue) {
    if (catalogue.places.size === 0) putPlaces(catalogue, await fetchPlaces());
}

/** By every name; another place's alias never takes a main name. @param {Catalogue} catalogue @param {import("./types.d.ts").Place[]} places */
export function putPlaces(catalogue, places) {
    for (const place of places) for (const name of place.aliases ?? []) catalogue.places.set(name, { ...place, id: null });
    for (const place of places) catalogue.places.set(place.name, { ...place, id: null });
}

/** @param {string} text @returns {Centre | null} */
function positionIn(text) {
    const position = text.split(",").map(Number);
    return position.length === 2 && position.every(Number.isFinite)
        ? { position, id: null, name: text, name_en: text, uncertainty_m: 0 } : null;
}

/**
 * How far an item is from what the view is near to, and how far that may be off; null where it is nowhere.
 * @param {Centre | null} centre
 * @param {Item} item
 */
export function distanceFrom(centre, item) {
    const metres = centre && metresTo(centre.position, item.geometry);
    return centre && metres !== null ? { metres, doubt: centre.uncertainty_m + (item.uncertainty_m ?? 0) } : null;
}

/**
 * Whether an item lies within so many km of a place; an item is not its own neighbour.
 * @param {Centre | null} centre
 * @param {string | null} km
 * @returns {(item: Item) => boolean}
 */
export function within(centre, km) {
    if (!centre || !km) return () => true;
    return (item) => {
        if (item.id === centre.id) return false;
        const metres = metresTo(centre.position, item.geometry);
        return metres !== null && metres <= Number(km) * 1000;
    };
}

/**
 * The items by how far they are from what the view is near to, else by how well they meet its conditions of
 * place; in their order where it has neither.
 * @param {Catalogue} catalogue @param {View} view @param {Item[]} items
 */
function ranked(catalogue, view, items) {
    const centre = view.near ? centreOf(catalogue, view) : null;
    if (!centre && view.site.length === 0) return items;
    if (!centre) return [...items].sort((a, b) => shareOf(a, view.site) - shareOf(b, view.site));
    const away = new Map(items.map((item) => [item, metresTo(centre.position, item.geometry) ?? Infinity]));
    return [...items].sort((a, b) => (away.get(a) ?? 0) - (away.get(b) ?? 0));
}

/** Whether the nearest port, station … of an item are as near as they must be. @param {Item} item @param {string[]} site */
function meets(item, site) {
    return site.map(siteParts).every(({ kind, km }) => (item.access?.[kind]?.km ?? Infinity) <= Number(km));
}

/** The sum of an item's distances, each as a share of what it may be. @param {Item} item @param {string[]} site */
function shareOf(item, site) {
    return site.map(siteParts).reduce((sum, { kind, km }) => sum + (item.access?.[kind]?.km ?? Infinity) / Number(km), 0);
}

/**
 * What a view shows, where it lies included: near a place, nearest first, or in the window that it names.
 * @param {Catalogue} catalogue
 * @param {View} view
 * @param {Record<string, string> | null} texts
 */
export function selectPlaced(catalogue, view, texts) {
    const near = within(centreOf(catalogue, view), view.near);
    const box = view.inview ? view.bbox : null;
    // A county-wide item is everywhere in its counties, and so in no window of its own.
    const seen = (/** @type {Item} */ item) => !box || (item.method !== "counties" && touches(item.geometry, box));
    const selection = select(catalogue, view, texts, (item) => near(item) && seen(item) && meets(item, view.site));
    return { ...selection, items: ranked(catalogue, view, selection.items) };
}
