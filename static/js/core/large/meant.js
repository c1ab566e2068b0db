/** What a search of a large pack may mean: the service knows its places, and counts. */

import { fetchDestinationNames, fetchPlacesCalled } from "../../io/api.js";
import { folded } from "../folding.js";
import { meaningsOf, nearnessOf } from "../search/meanings.js";

/** @param {string} typed @param {import("../types.d.ts").Catalogue} catalogue */
export async function meaningsAsked(typed, catalogue) {
    const where = nearnessOf(folded(typed).trim())?.where;
    const [destinations, places] = await Promise.all([fetchDestinationNames(), where ? fetchPlacesCalled(where) : []]);
    return meaningsOf(typed, catalogue, places, destinations);
}
