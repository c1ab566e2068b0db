/** County chips: several can be chosen; the whole city and what lies outside are values of their own. */

import { find, html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";

/**
 * @param {import("../page.d.ts").Page} page
 * @param {import("../../core/types.d.ts").Selection} selection
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

/**
 * Where the chips stand in one row it stays where it was scrolled to when it is drawn anew; a new choice comes into sight.
 * @param {HTMLElement} root
 * @returns {(draw: () => void) => void}
 */
export function createCountyRow(root) {
    /** @type {Set<string | undefined>} */
    let before = new Set();
    return (draw) => {
        const { scrollLeft = 0 } = root.querySelector(".chips") ?? {};
        draw();
        const row = find(".chips", HTMLElement, root);
        const chosen = [...row.querySelectorAll("button")].filter((chip) => chip.ariaPressed === "true");
        const chip = chosen.find((one) => !before.has(one.dataset.choose));
        before = new Set(chosen.map((one) => one.dataset.choose));
        row.scrollLeft = chip ? chip.offsetLeft - row.offsetLeft - (row.clientWidth - chip.offsetWidth) / 2 : scrollLeft;
    };
}
