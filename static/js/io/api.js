/** What the page asks the server. Every address is relative, so that the app may live under a path. */

import { itemPath, itemsPath } from "./addresses.js";

/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/types.d.ts").Detail} Detail */

/** @param {string} path */
export function address(path) {
    return new URL(path, document.baseURI).href;
}

/** What engines say of a mistake in a script, in English everywhere; what they say of the network differs, and follows the reader's language. */
const MISTAKE = /is not (an? |iterable)|undefined|null|can't access|Cannot (read|set|destructure|convert)/;

/** Whether an error says that the network or the service was not reached. @param {unknown} error */
export const isUnreached = (error) => error instanceof TypeError && !MISTAKE.test(error.message);

/** How often a service is waited for that is still making what it answers from, as long as it says each time. */
const WAITS = 12;

/** @param {string} path @param {RequestInit} [how] @returns {Promise<Response>} */
async function ask(path, how, waits = 0) {
    const answer = await fetch(address(path), how);
    const seconds = waits > 0 && Number(answer.headers.get("Retry-After"));
    if (seconds) {
        await new Promise((rested) => { setTimeout(rested, seconds * 1000); });
        return ask(path, how, waits - 1);
    }
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
    return answer;
}

/** An address that is longer than servers take is asked with its query as a form. */
const LONGEST = 8000;
/** @param {string} href */
export const isLong = (href) => href.length > LONGEST;

/** @param {string} href @returns {Promise<Blob>} */
export async function fetchLong(href) {
    const [path = "", query = ""] = href.split("?");
    return (await ask(path, { method: "POST", body: new URLSearchParams(query) })).blob();
}

/** @param {string} path @returns {Promise<any>} */
const json = async (path) => (await ask(path)).json();

/** What a large pack is asked. @param {string} path @returns {Promise<any>} */
const patientJson = async (path) => (await ask(path, {}, WAITS)).json();

/** A file of the view. @param {string} path */
export const fetchFile = async (path) => (await ask(path)).blob();

/**
 * Asked once, then remembered; a failure is forgotten, so that it can be tried again.
 * @template T
 * @param {(key: string) => Promise<T>} ask
 * @returns {(key: string) => Promise<T>}
 */
function memoized(ask) {
    /** @type {Map<string, Promise<T>>} */
    const known = new Map();
    return (key) => {
        const found = known.get(key) ?? ask(key);
        known.set(key, found);
        found.catch(() => known.delete(key));
        return found;
    };
}

/** @returns {Promise<Pack>} */
export const fetchPack = () => json("pack.json");

/** @returns {Promise<{ version: string, features: Item[] }>} */
export const fetchIndex = () => json("index.json");

const start = memoized(() => json("start.json"));

/** What the page begins with: the items on its first map, its doors in each language. @returns {Promise<{ features: Item[], html: Record<string, string> }>} */
export const fetchStart = () => start("");

/** @param {string} lang @returns {Promise<Record<string, string>>} */
export const fetchWords = (lang) => json(`words/${lang}.json`);

/** @typedef {{ matched: number, counts: Record<string, Record<string, number>>, categories: Record<string, number>, statuses: Record<string, number>, layers: Record<string, number> }} Facets */

/** Of a large pack, how many items a view shows. @param {string} query @returns {Promise<Facets>} */
export const fetchFacets = (query) => patientJson(`facets.json?${query}`);

/** Some items of a view in the list's order. @param {string} query the view, and which of them @returns {Promise<{ features: Item[], matched: number }>} */
export const fetchList = (query) => patientJson(`list.json?${query}`);

/** What of a view lies in a window, or squares that count it. @param {string} query @param {number[]} box @param {number} zoom @returns {Promise<{ features: Item[], cells?: import("../core/types.d.ts").Cell[] }>} */
export const fetchWindow = (query, box, zoom) => patientJson(`window.json?${[query, `window=${box.join()}&zoom=${zoom}`].filter(Boolean).join("&")}`);

const searchTexts = memoized(() => json("search.json"));

/** @returns {Promise<Record<string, string>>} */
export const fetchSearchTexts = () => searchTexts("");

const gazetteer = memoized(() => json("places.json"));

/** The places of the gazetteer that have a position. @returns {Promise<import("../core/types.d.ts").Place[]>} */
export const fetchPlaces = async () => (await gazetteer("")).places.map((/** @type {object} */ one) => ({ ...one, id: null }));

/** The place that a view means by a name, or none: without all others. @param {string} name @returns {Promise<import("../core/types.d.ts").Place[]>} */
export const fetchPlace = async (name) => (await json(`place.json?place=${encodeURIComponent(name)}`)).places;

/** What distances are measured to, by kind. @returns {Promise<Record<string, import("../core/types.d.ts").Destination>>} */
export const fetchDestinations = async () => (await gazetteer("")).destinations ?? {};

const destinations = memoized(() => json("destinations.json"));

/** The same of a large pack, without its places. @returns {Promise<Record<string, import("../core/types.d.ts").Destination>>} */
export const fetchDestinationNames = () => destinations("");

/** Some places of a large pack that are called so. @param {string} name folded @returns {Promise<import("../core/types.d.ts").Place[]>} */
export async function fetchPlacesCalled(name) {
    const { features } = await json(`api/collections/places/items?limit=3&q=${encodeURIComponent(name)}`);
    return features.map((/** @type {any} */ one) => ({ ...one.properties, id: null, position: one.geometry?.coordinates, spelt: [name] }));
}

const tours = memoized(() => json("tours.json"));

/** The tours that the pack holds ready. @returns {Promise<import("../core/types.d.ts").Tour[]>} */
export const fetchTours = () => tours("");

/** All at once: they share the same borders and coasts, and so are small together. */
const base = memoized(() => json("base.json"));

/** A layer of the built-in base map. @type {(name: string) => Promise<GeoJSON.FeatureCollection>} */
export const fetchBase = async (name) => {
    const found = (await base(""))[name];
    if (!found) throw new Error(`base.json: no ${name}`);
    return found;
};

/** What the base map shows beside its layers. @type {(name: string) => Promise<GeoJSON.FeatureCollection>} */
export const fetchBaseDetail = memoized((name) => json(`base/detail/${name}.geojson`));

/** @type {(path: string) => Promise<Detail>} */
const fetchWhole = memoized(async (path) => {
    const feature = await json(path);
    return { ...feature.properties, id: feature.id ?? feature.properties.id, geometry: feature.geometry };
});

/** All whole items of a layer. @type {(layer: string) => Promise<Detail[]>} */
export const fetchItems = memoized(async (layer) => {
    const { features } = await json(itemsPath(layer));
    return features.map((/** @type {any} */ feature) => ({ ...feature.properties, id: feature.id, geometry: feature.geometry }));
});

/** @param {{ layer: string, id: string }} item @returns {Promise<Detail>} */
export const fetchDetail = (item) => fetchWhole(itemPath(item));
