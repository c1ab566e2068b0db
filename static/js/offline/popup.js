/** The card of one item as a popup at its place; one without any place opens in the list instead. */

import { html, isWebAddress } from "../io/html.js";
import { pick, pickOther, t } from "../core/i18n.js";
import L from "../map/leaflet.js";
import { symbol } from "../draw/symbols.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("./offline.d.ts").Card} Card */
/** @typedef {import("./offline.d.ts").OfflineItem} OfflineItem */

/** What a card leaves of a small map, for its own frame and tip. */
const EDGE = 60;

/**
 * @param {L.Map} map
 * @param {{ catalogue: import("../core/types.d.ts").Catalogue, cards: Record<string, Card>, online: string,
 *     counties: GeoJSON.FeatureCollection, focusOn(id: string | null): void }} given
 */
export function createPopup(map, given) {
    /** @type {L.Popup | null} */
    let open = null;
    map.on("popupclose", (event) => {
        if (event.popup !== open) return;
        open = null;
        given.focusOn(null);
    });
    return {
        /** @param {OfflineItem} item @param {L.LatLng | null} [at] where it was pressed */
        open(item, at = null) {
            const popup = open;
            open = null;
            if (popup) map.closePopup(popup);
            const place = at ?? placeOf(item, given.counties);
            if (place) {
                const { x, y } = map.getSize();
                open = L.popup({ maxWidth: Math.min(340, x - EDGE), maxHeight: Math.min(360, y - EDGE), className: "item-popup" })
                    .setLatLng(place)
                    .setContent(String(cardMarkup(item, given)))
                    .openOn(map);
            }
            given.focusOn(item.id);
        },
    };
}

/** On its geometry, or at the name of its county. @param {OfflineItem} item @param {GeoJSON.FeatureCollection} counties */
function placeOf(item, counties) {
    const [lng, lat] = item.at ?? labelOf(item, counties) ?? [];
    return lng === undefined || lat === undefined ? null : L.latLng(lat, lng);
}

/** @param {Item} item @param {GeoJSON.FeatureCollection} counties @returns {[number, number] | undefined} */
function labelOf(item, counties) {
    if (item.method !== "counties") return undefined;
    const own = counties.features.find((one) => item.scope === "city" || item.counties.includes(one.properties?.code));
    return own?.properties?.label;
}

/** @param {Item} item @param {{ catalogue: import("../core/types.d.ts").Catalogue, cards: Record<string, Card>, online: string }} given */
export function cardMarkup(item, { catalogue, cards, online }) {
    const layer = catalogue.layers.get(item.layer);
    return html`<article class="offline-card">
        <header>${layer && symbol(layer, catalogue.families.get(layer.family), item)}
            <div><h2>${pick(item, "name")}</h2><p>${pickOther(item, "name")}</p></div></header>
        <dl>${(cards[item.id] ?? []).map(([label, text]) => html`<dt>${label}</dt>
            <dd>${text.split("\n").map((line) => html`<p>${line}</p>`)}</dd>`)}</dl>
        ${isWebAddress(online) && html`<p><a href="${online}?focus=${item.id}">${t("offline.more")}</a></p>`}
    </article>`;
}
