/** What stands in the legend, loaded when it is opened: the keys of what is drawn, what is not drawn and why, the count by county. */

import { html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { drawnKeys } from "../../core/legend/drawn_keys.js";
import { certaintyOf } from "../../draw/symbols.js";
import { countyCounts, scaleOf, tintOf } from "../../draw/county_tint.js";

/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */

/** @param {Page} page @param {Selection} selection */
export function legendKeys(page, selection) {
    const { state } = page;
    const counts = state.view.choropleth === "1";
    return html`${!counts && drawnKeys(page, selection, html`<button type="button" class="hue" role="switch" data-hue data-key="hue"
            aria-checked="${state.view.colour === "status"}">${t("colour.status")}</button>`)}
        ${undrawn(page, selection)}
        <button type="button" class="count-toggle" data-count data-key="choropleth"
            aria-pressed="${counts}">${t("choropleth")}</button>
        ${counts && countyCountTable(page, selection)}`;
}

/** What is not on the map, and why; what comes of a large pack are only items with a place. @param {Page} page @param {Selection} selection */
function undrawn({ pack, state: { view } }, { items, counts }) {
    const counted = pack.large && (view.precision.length === 0 || view.precision.includes("none"));
    const none = counted ? counts.precision.get("none") ?? 0 : items.filter((item) => certaintyOf(item) === "none").length;
    const city = items.filter((item) => item.scope === "city" && certaintyOf(item) === "wide").length;
    if (none + city === 0) return null;
    return html`<p class="undrawn">${t("undrawn")}
        ${city > 0 && html`<button type="button" class="quiet" data-show="city">${t("scope.city")} ${number(city)}</button>`}
        ${none > 0 && html`<button type="button" class="quiet" data-show="none">${t("truth.none")} ${number(none)}</button>`}</p>`;
}

/** Items per county in words: the key of the tint, and a table that says and does what the map does. @param {Page} page @param {Selection} selection */
function countyCountTable({ pack, catalogue, state }, selection) {
    const { view } = state;
    const counted = countyCounts(pack, selection);
    const scale = scaleOf(counted.map(({ count }) => count));
    const tint = tintOf(catalogue, view);
    return html`<ul class="shades" aria-hidden="true">${scale.ranges.map(({ from, to, tone }) => html`<li>
            <span class="shade tone-${tone} ${tint}"></span>${number(from)}–${number(to)}</li>`)}</ul>
        <table class="counted"><caption>${t("choropleth.why")}</caption><tbody>
        ${counted.map(({ county, count }) => html`<tr><th scope="row">
            <button type="button" data-county="${county.code}" data-key="counted:${county.code}"
                aria-pressed="${view.county.includes(county.code)}">
                <i class="shade tone-${scale.tone(count)} ${tint}"></i><span>${pick(county, "name")}</span></button></th>
            <td>${number(count)}</td></tr>`)}</tbody></table>`;
}
