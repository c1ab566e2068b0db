/** Items per county in words: the key of the tint, and a table that says and does what the map does. */

import { countyCounts, scaleOf, tintOf } from "../../draw/county_tint.js";
import { html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";

/**
 * @param {import("../page.d.ts").Page} page
 * @param {import("../../core/types.d.ts").Selection} selection
 */
export function countyCountTable({ pack, catalogue, state }, selection) {
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
