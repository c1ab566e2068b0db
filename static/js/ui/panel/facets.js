/** A folded group of choices of one facet. */

import { html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { icon } from "../icons.js";

/** @typedef {import("../../core/types.d.ts").Titled} Titled */

/**
 * @param {import("../page.d.ts").Page} page
 * @param {import("../../core/types.d.ts").Selection} selection
 * @param {Set<string>} open
 * @param {"status" | "precision" | "doubt"} facet
 * @param {Titled[]} values
 */
export function facetGroup({ state, pack }, selection, open, facet, values) {
    const chosen = state.view[facet];
    const names = values.filter((one) => chosen.includes(one.id)).map((one) => pick(one, "title"));
    const unfolded = open.has(facet);
    return html`<div class="facet">
        <button type="button" class="fold-head" data-fold="${facet}" data-key="fold:${facet}"
            aria-expanded="${unfolded}">${icon("fold")}<span>${facet === "status" ? pick(pack, "status_title") : t(`facet.${facet}`)}</span>
            <small>${names.join(t("comma"))}</small></button>
        ${unfolded && html`<ul class="rows">${values.map((one) => html`<li>
            ${choiceRow(facet, one, selection.counts[facet].get(one.id) ?? 0, chosen.includes(one.id))}
        </li>`)}</ul>`}
    </div>`;
}

/**
 * @param {string} facet
 * @param {Titled} one
 * @param {number} count
 * @param {boolean} chosen
 */
export function choiceRow(facet, one, count, chosen) {
    return html`<button type="button" class="row ${count === 0 ? "is-zero" : ""}"
        title="${pick(one, "description")}"
        data-choose="${facet}:${one.id}" data-key="${facet}:${one.id}" aria-pressed="${chosen}">
        <span class="row-title">${pick(one, "title")}</span>
        <span class="count">${number(count)}</span></button>`;
}
