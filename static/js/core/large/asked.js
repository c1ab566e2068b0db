/** What parts of the page ask of a large pack beside its selection: counts of other views, items that are named. */

import { fetchFacets, fetchList } from "../../io/api.js";
import { choicesOf, emptyView, serialise, VIEW_NAMES } from "../url.js";

/** @typedef {import("../types.d.ts").View} View */

/** What of a view chooses items. @param {View} view @param {import("../state.js").State} state */
export function queryOf(view, state) {
    const { hidden, lang } = view;
    const choosing = { ...emptyView(), ...choicesOf(view), hidden, lang, focus: view.near && !view.place ? view.focus : null, bbox: view.inview ? view.bbox : null };
    return serialise(choosing, state.vocabulary, VIEW_NAMES);
}

/** How many items another view has. @param {View} view @param {import("../state.js").State} state */
export const countsOf = (view, state) => fetchFacets(queryOf(view, state));

/** The same of a view of which nothing else is asked. @param {View} view @param {import("../state.js").State} state */
export const matchedBy = async (view, state) => (await fetchList([queryOf(view, state), "limit=1"].filter(Boolean).join("&"))).matched;

/** Whether a view holds an item. @param {View} view @param {import("../state.js").State} state @param {string} id */
export async function holds(view, state, id) {
    const query = queryOf(view, state);
    return query === "" || (await fetchList(`${query}&ids=${encodeURIComponent(id)}&limit=1`)).matched > 0;
}

/** Items that have come are known from here on. @param {import("../types.d.ts").Catalogue} catalogue @param {import("../types.d.ts").Item[]} items */
export const learn = (catalogue, items) => { for (const item of items) catalogue.byId.set(item.id, item); };

/** Items that are named, so that they are known. @param {import("../types.d.ts").Catalogue} catalogue @param {(string | null)[]} named */
export async function know(catalogue, named) {
    const ids = named.filter((id) => id !== null && !catalogue.byId.has(id));
    if (ids.length === 0) return;
    learn(catalogue, (await fetchList(`ids=${ids.map((id) => encodeURIComponent(String(id))).join()}`)).features);
}
