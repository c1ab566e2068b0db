/**
 * Selections of a pack that is too large to be sent whole: its counts, the pages of its list and what lies in the
 * window come from the service as they are looked at. Nothing else of the page knows.
 */

import { fetchFacets, fetchList, fetchWindow } from "../../io/api.js";
import { idOf } from "../checked_view.js";
import { know, learn, queryOf } from "./asked.js";
import { pagesOf } from "./pages.js";
import { windowAround, withinWindow } from "./window.js";

/** @typedef {import("../types.d.ts").Item} Item */
/** @typedef {import("../types.d.ts").View} View */
/** @typedef {import("../types.d.ts").Selection} Selection */
/** @typedef {import("../types.d.ts").Facet} Facet */
/** @typedef {ReturnType<typeof createLargePack>} LargePack */

/** For how long the map rests before what has come into its window is asked for. */
const REST_MS = 120;

/**
 * @param {import("../types.d.ts").Pack} pack
 * @param {import("../types.d.ts").Catalogue} catalogue
 * @param {import("../state.js").State} state
 * @param {{ applies(view: View): boolean }} overview
 * @param {() => number} width of the map in pixels
 */
export function createLargePack(pack, catalogue, state, overview, width) {
    const counted = createCounted(catalogue);
    /** What is listed. @type {Promise<Selection> | null} */
    let last = null;
    /** The window that was asked for last, and what has come of one. @type {{ query: string, seen: import("./window.js").Seen } | null} */
    let asked = null;
    /** @type {Pick<Selection, "items" | "ids" | "cells">} */
    let drawn = { items: [], ids: new Set() };
    let changed = (/** @type {Selection} */ _) => {};

    const withDrawn = (/** @type {Selection} */ selection) => (
        { ...selection, begins: overview.applies(state.view), drawn: { ...drawn, counts: selection.counts, categories: new Map() } });
    const look = async () => {
        if (!last || !state.extent) return;
        const query = overview.applies(state.view) ? String(pack.start?.view) : queryOf(state.view, state);
        const seen = windowAround(state.extent, width());
        if (asked?.query === query && withinWindow(seen, asked.seen)) return;
        const mine = asked = { query, seen };
        const found = await fetchWindow(query, seen.box, seen.zoom).catch((error) => {
            if (mine === asked) asked = null;
            throw error;
        });
        learn(catalogue, found.features);
        const selection = await last;
        if (mine !== asked) return;
        drawn = { items: found.features, ids: new Set(found.features.map((one) => one.id)), cells: found.cells };
        changed(withDrawn(selection));
    };
    const soon = rested(look);
    state.addEventListener("seen", () => soon(REST_MS));
    return {
        /** Items that a view names, so that they are known. @param {View} view */
        know: (view) => know(catalogue, [view.focus, ...view.compare, ...view.hidden, ...view.names.map(idOf)]),
        /** The list and the counts do not wait for the map: what lies in its window is asked for when it has gone where the view is. @param {View} view @returns {Promise<Selection>} */
        async select(view) {
            last = counted(queryOf(view, state));
            const selection = await last;
            soon(0);
            return withDrawn(selection);
        },
        /** Tells when other items have come into the window. @param {(selection: Selection) => void} then */
        onWindow(then) { changed = then; },
    };
}

/** What views hold, of which the last stays known. @param {import("../types.d.ts").Catalogue} catalogue */
function createCounted(catalogue) {
    /** @type {{ query: string, selection: Promise<Selection> } | null} */
    let last = null;
    return (/** @type {string} */ query) => {
        if (last?.query !== query) {
            const own = last = { query, selection: fetchFacets(query).then((found) => selectionOf(found, query, catalogue)) };
            own.selection.catch(() => { if (last === own) last = null; });
        }
        return last.selection;
    };
}

/** Runs when the map has come to rest; what is to run at once waits for no rest. @param {() => void} run */
function rested(run) {
    let [resting, atOnce] = [0, false];
    return (/** @type {number} */ ms) => {
        if (atOnce) return;
        clearTimeout(resting);
        atOnce = ms === 0;
        resting = window.setTimeout(() => {
            atOnce = false;
            run();
        }, ms);
    };
}

/** @param {import("../../io/api.js").Facets} found @param {string} query @param {import("../types.d.ts").Catalogue} catalogue @returns {Selection} */
function selectionOf(found, query, catalogue) {
    const counts = Object.fromEntries(Object.entries(found.counts).map(([facet, values]) => [facet, new Map(Object.entries(values))]));
    /** @type {Map<string, Pick<Selection, "items" | "load">>} */
    const orders = new Map();
    const pages = (/** @type {string} */ sort) => pagesOf(found.matched, (offset, limit) =>
        fetchList([query, `offset=${offset}&limit=${limit}`, sort && `sort=${sort}`].filter(Boolean).join("&")).then(({ features }) => (learn(catalogue, features), features)));
    const sorted = (/** @type {string} */ sort) => {
        const found = orders.get(sort) ?? pages(sort);
        orders.set(sort, found);
        return found;
    };
    return {
        ...sorted(""), sorted,
        ids: new Set(), counts: /** @type {Record<Facet, Map<string, number>>} */ (counts),
        categories: new Map(Object.entries(found.categories)), layers: new Map(Object.entries(found.layers)),
        statuses: new Map(Object.entries(found.statuses)),
    };
}
