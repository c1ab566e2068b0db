/** What the offline file says beside the items: the key of the layers, how well things are placed. */

import { html } from "../io/html.js";
import { distance, number, pick, t } from "../core/i18n.js";
import { certaintyOf, symbol, WITHIN_M } from "../draw/symbols.js";

/** @typedef {import("../core/types.d.ts").Catalogue} Catalogue */

/** In the order of certainty. */
const TRUTHS = ["pin", "disc", "circle", "schematic", "wide", "none"];

/**
 * The switch of the layers is the legend too: symbol, title, count.
 * @param {import("./offline.d.ts").Drawn} drawn @param {Catalogue} catalogue
 */
export function nameLayers({ control, layers }, catalogue) {
    for (const layer of catalogue.used) {
        const group = layers[layer.id];
        if (!group) continue;
        const count = catalogue.items.filter((item) => item.layer === layer.id).length;
        control.removeLayer(group);
        control.addOverlay(group, String(html`<span class="key">${symbol(layer, catalogue.families.get(layer.family))}
            <span>${pick(layer, "title")}</span> <small>${number(count)}</small></span>`));
    }
}

/** @param {import("../core/types.d.ts").Item[]} items */
export function certaintyKey(items) {
    const held = new Set(items.map(certaintyOf));
    return html`${TRUTHS.filter((one) => held.has(/** @type {"pin"} */ (one))).map((one) =>
        html`<li><span class="swatch is-${one}"></span>${one === "none" ? t("truth.none") : t(`truth.${one}.legend`, { radius: distance(WITHIN_M[one] ?? WITHIN_M.disc) })}</li>`)}`;
}
