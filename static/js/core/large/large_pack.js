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

/** What is drawn of it now. @typedef {{ query: string, seen: import("./window.js").Seen, selection: Selection }} Drawn */

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
    /** @type {{ query: string, selection: Selection } | null} */
    let last = null;
    /** @type {Drawn | null} */
    let drawn = null;
    let changed = (/** @type {Selection} */ _) => {};

    const drawnIn = async (/** @type {View} */ view, /** @type {Selection["counts"]} */ counts) => {
        const query = overview.applies(view) ? String(pack.start?.view) : queryOf(view, state);
        const seen = windowAround(state.extent ?? view.bbox ?? pack.frame, width());
        if (drawn?.query === query && withinWindow(seen, drawn.seen)) return drawn.selection;
        const { features, cells } = await fetchWindow(query, seen.box, seen.zoom);
        learn(catalogue, features);
        const selection = { items: features, ids: new Set(features.map((one) => one.id)), counts, categories: new Map(), cells };
        drawn = { query, seen, selection };
        return selection;
    };
    const moved = async () => {
        const [view, before] = [state.view, drawn];
        if (!last) return;
        const now = await drawnIn(view, last.selection.counts);
        if (now !== before?.selection && view === state.view) changed(last.selection = { ...last.selection, drawn: now });
    };
    state.addEventListener("seen", rested(moved));
    return {
        /** Items that a view names, so that they are known. @param {View} view */
        know: (view) => know(catalogue, [view.focus, ...view.compare, ...view.hidden, ...view.names.map(idOf)]),
        /** @param {View} view @returns {Promise<Selection>} */
        async select(view) {
            const query = queryOf(view, state);
            if (last?.query !== query) {
                const found = await fetchFacets(query);
                last = { query, selection: selectionOf(found, query, catalogue) };
            }
            const { selection } = last;
            return { ...selection, drawn: await drawnIn(view, selection.counts) };
        },
        /** Tells when other items have come into the window. @param {(selection: Selection) => void} then */
        onWindow(then) { changed = then; },
    };
}

/** Runs when the map has come to rest. @param {() => void} run */
function rested(run) {
    let resting = 0;
    return () => {
        clearTimeout(resting);
        resting = window.setTimeout(run, REST_MS);
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
