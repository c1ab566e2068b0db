/** What a view sets side by side, and the files of it: the comparison and the share dialog say the same. */

import { comparisonPath } from "../../io/addresses.js";
import { address } from "../../io/api.js";
import { html } from "../../io/html.js";

/** Fewer than this is no comparison. */
export const LEAST = 2;

/**
 * Items or counties, whichever are more; nobody compares one with the other.
 * @param {Pick<import("../page.d.ts").Page, "pack" | "catalogue" | "state">} page
 */
export function comparedIn({ pack, catalogue, state }) {
    const chosen = state.view.compare;
    const counties = chosen.flatMap((id) => pack.counties.find((one) => one.code === id) ?? []);
    const items = chosen.flatMap((id) => catalogue.byId.get(id) ?? []);
    return counties.length > items.length
        ? { counties, items: [], ids: counties.map((one) => one.code) }
        : { counties: [], items, ids: items.map((one) => one.id) };
}

/** A comparison as files, where somebody makes them. @param {string[]} ids @param {string | null} lang */
export const comparisonFiles = (ids, lang) => ids.length >= LEAST && ["pdf", "pptx", "xlsx"].map((ext) => {
    const path = comparisonPath(ext, ids, lang ?? "");
    return path && html`<a class="tool" href="${address(path)}" download>${ext.toUpperCase()}</a>`;
});
