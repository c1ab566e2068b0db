/** Several items at one spot: a small list to choose from. */

import { html, pressedElement, render } from "../io/html.js";
import { pick, t } from "../core/i18n.js";
import { symbol } from "../draw/symbols.js";
import L from "./leaflet.js";

/** @typedef {import("../core/types.d.ts").Item} Item */

/**
 * @param {L.Map} map
 * @param {import("../core/types.d.ts").Catalogue} catalogue
 * @param {{ pick(item: Item): void, hover(id: string | null): void, compare?(id: string): void }} on
 */
export function createChooser(map, catalogue, on) {
    /** @type {L.Popup | null} */
    let popup = null;
    const close = () => {
        if (popup) map.closePopup(popup);
        popup = null;
    };
    return {
        close,
        /** @param {L.LatLng} latlng @param {Item[]} items @param {string} [heading] */
        open(latlng, items, heading = t("map.here", { n: items.length })) {
            close();
            const content = document.createElement("div");
            content.className = "chooser";
            render(content, markup(catalogue, items, heading, Boolean(on.compare)));
            content.addEventListener("click", (event) => {
                const compared = pressedElement(event, "compare");
                if (compared) on.compare?.(compared);
                const item = catalogue.byId.get(pressedElement(event, "pick") ?? "");
                if (!item) return;
                close();
                on.pick(item);
            });
            content.addEventListener("pointerover", (event) => on.hover(pressedElement(event, "pick")));
            content.addEventListener("focusin", (event) => on.hover(pressedElement(event, "pick")));
            content.addEventListener("pointerleave", () => on.hover(null));
            popup = L.popup({ className: "chooser-popup", maxWidth: 320, closeButton: false, autoPanPadding: [20, 20] })
                .setLatLng(latlng).setContent(content).openOn(map);
            content.querySelector("button")?.focus({ preventScroll: true });
        },
    };
}

/** @param {import("../core/types.d.ts").Catalogue} catalogue @param {Item[]} items @param {string} heading @param {boolean} compared whether they can be laid aside */
function markup(catalogue, items, heading, compared) {
    return html`<h3>${heading}</h3>
        <ul>${items.map((item) => {
            const layer = catalogue.layers.get(item.layer);
            return layer && html`<li><button type="button" data-pick="${item.id}">
                ${symbol(layer, catalogue.families.get(layer.family), item)}
                <span>${pick(item, "name")}</span></button>
                ${compared && html`<button type="button" class="add" data-compare="${item.id}" aria-label="${t("compare.add.one", { name: pick(item, "name") })}">+</button>`}</li>`;
        })}</ul>`;
}
