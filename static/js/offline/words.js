/** What the offline file says beside the items: the key of the layers. */

import { html } from "../io/html.js";
import { number, pick } from "../core/i18n.js";
import { symbol } from "../draw/symbols.js";

/** @typedef {import("../core/types.d.ts").Catalogue} Catalogue */

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
