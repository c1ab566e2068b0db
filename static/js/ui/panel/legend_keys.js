/** What stands in the legend, loaded when it is opened: the keys of what is drawn, what is not drawn and why, the count by county. */

import { html } from "../../io/html.js";
import { number, t } from "../../core/i18n.js";
import { drawnKeys } from "../../core/legend/drawn_keys.js";
import { certaintyOf } from "../../draw/symbols.js";

/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */

/** @param {Page} page @param {Selection} selection @param {import("./legend.js").Counted | null} countyTable */
export function legendKeys(page, selection, countyTable) {
    const { state } = page;
    const counts = state.view.choropleth === "1";
    return html`${!counts && drawnKeys(page, selection, html`<button type="button" class="hue" role="switch" data-hue data-key="hue"
            aria-checked="${state.view.colour === "status"}">${t("colour.status")}</button>`)}
        ${undrawn(selection)}
        <button type="button" class="count-toggle" data-count data-key="choropleth"
            aria-pressed="${counts}">${t("choropleth")}</button>
        ${countyTable?.(page, selection)}`;
}

/** What is not on the map, and why. @param {Selection} selection */
function undrawn({ items }) {
    const none = items.filter((item) => certaintyOf(item) === "none").length;
    const city = items.filter((item) => item.scope === "city" && certaintyOf(item) === "wide").length;
    if (none + city === 0) return null;
    return html`<p class="undrawn">${t("undrawn")}
        ${city > 0 && html`<button type="button" class="quiet" data-show="city">${t("scope.city")} ${number(city)}</button>`}
        ${none > 0 && html`<button type="button" class="quiet" data-show="none">${t("truth.none")} ${number(none)}</button>`}</p>`;
}
