/** County chips: several can be chosen; the whole city and what lies outside are values of their own. */

import { html } from "../html.js";
import { number, pick, t } from "../i18n.js";

/**
 * @param {import("./page.d.ts").Page} page
 * @param {import("../types.d.ts").Selection} selection
 */
export function countyChips({ pack, state }, selection) {
    const chosen = state.view.county;
    const values = [
        ...pack.counties.map((county) => ({ id: county.code, title: pick(county, "name") })),
        { id: "city", title: t("scope.city") },
        { id: "outside", title: t("scope.outside") },
    ];
    return html`<div class="chips" role="group" aria-label="${t("counties")}">
        ${values.map(({ id, title }) => {
            const count = selection.counts.county.get(id) ?? 0;
            return html`<button type="button" class="chip ${count === 0 ? "is-zero" : ""}"
                data-choose="county:${id}" data-key="county:${id}"
                aria-pressed="${chosen.includes(id)}">${title}
                <span class="count">${number(count)}</span></button>`;
        })}
    </div>`;
}
