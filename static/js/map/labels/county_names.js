/** The names of the counties, each within its county or beside it; with the number of items known only by county, or with its tally. */

import { listsIn } from "../../draw/geometry.js";
import { html } from "../../io/html.js";
import { lang, number, pick, pickOwn, t } from "../../core/i18n.js";
import { placeLabel } from "../../draw/area_label.js";
import { areaOn, leaderLine } from "./area_on_map.js";
import { scaledSize } from "../../draw/label_placement.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").County} County */
/** @typedef {import("../../draw/label_placement.js").Box} Box */
/** @typedef {{ markup: string, kind: string }} Form */
/** @typedef {{ left: number, top: number, w: number, h: number }} Extent of a form about its marker's place */
/**
 * @typedef {{ county: County, feature: GeoJSON.Feature, wide: Item[], tally: number | null, chosen: boolean }} Named
 *     `wide` are the items that its badge stands for
 */

/**
 * @param {L.Map} map
 * @param {(latlng: L.LatLng, items: Item[], county: County) => void} open what a badge does
 */
export function createCountyNames(map, open) {
    map.createPane("county-names").style.zIndex = "450";
    const group = L.layerGroup().addTo(map);
    /** @type {(Box & { text: string })[]} */
    let boxes = [];
    return {
        boxes: () => boxes,
        /** @param {Named[]} counties @param {Box[]} obstacles @param {Box} room the part of the map that can be seen */
        draw(counties, obstacles, room) {
            group.clearLayers();
            boxes = [];
            const areas = counties.map(({ feature }) => areaOn(map, listsIn(feature.geometry)));
            for (const [i, { county, feature, wide, tally, chosen }] of counties.entries()) {
                const forms = formsOf(county, wide.length, tally).map((form) => ({ ...form, ...extentOf(map, form) }));
                const [lng, lat] = feature.properties?.label ?? [0, 0];
                const { x, y } = map.latLngToLayerPoint([lat, lng]);
                const [own] = areas.slice(i, i + 1);
                const placed = own && placeLabel(own, areas.filter((area) => area !== own), [x, y], forms, [...obstacles, ...boxes], room);
                if (!placed) continue;
                boxes.push({ ...placed.box, text: pick(county, "name") });
                const form = /** @type {Form & Extent} */ (placed.form);
                const latlng = map.layerPointToLatLng([placed.box.x - form.left, placed.box.y - form.top]);
                mark(group, latlng, form, county, chosen, () => open(latlng, wide, county));
                if (placed.leader) leaderLine(map, placed.leader, "county-names").addTo(group);
            }
        },
    };
}

/**
 * The ways to write a county's name, best first: with its badge, plain, small; whole or short.
 * @param {County} county @param {number} count @param {number | null} tally @returns {Form[]}
 */
function formsOf(county, count, tally) {
    const [name, short] = [pick(county, "name"), pickOwn(county, "short")];
    const texts = [...new Set([name, short || name])];
    const total = tally === null ? "" : html`<strong>${number(tally)}</strong>`;
    const plain = (/** @type {string} */ text, small = false) => ({
        kind: `${small ? "is-small" : ""} ${total ? "tally" : ""}`, markup: String(html`<span>${text}${total}</span>`),
    });
    const badged = (/** @type {string} */ text) => ({
        kind: "has-badge",
        markup: String(html`<span>${text}</span><button type="button" data-spot="county:${county.code}"
            aria-label="${t("map.wide.of", { county: name, n: count })}">${t("map.wide", { n: count })}</button>`),
    });
    return [...(count > 0 ? texts.map(badged) : []), ...texts.map((text) => plain(text)), plain(short || name, true)];
}

/** @type {Map<string, Extent>} */
const extents = new Map();

/** How large a form is as the style sheets write it, measured once. @param {L.Map} map @param {Form} form @returns {Extent} */
function extentOf(map, { markup, kind }) {
    const key = [lang(), scaledSize(1), kind, markup].join(" ");
    const known = extents.get(key);
    if (known) return known;
    const probe = document.createElement("div");
    probe.className = `county-name is-probe ${kind}`;
    probe.innerHTML = markup;
    map.getPane("county-names")?.append(probe);
    const home = probe.getBoundingClientRect();
    const parts = [...probe.children].map((part) => part.getBoundingClientRect());
    const [left, top] = [Math.min(...parts.map((part) => part.left)), Math.min(...parts.map((part) => part.top))];
    const [right, bottom] = [Math.max(...parts.map((part) => part.right)), Math.max(...parts.map((part) => part.bottom))];
    probe.remove();
    const extent = { left: left - home.left, top: top - home.top, w: right - left, h: bottom - top };
    extents.set(key, extent);
    return extent;
}

/** @param {L.LayerGroup} group @param {L.LatLng} latlng @param {Form} form @param {County} county @param {boolean} chosen @param {() => void} open */
function mark(group, latlng, { markup, kind }, county, chosen, open) {
    const icon = L.divIcon({ className: `county-name ${kind} ${chosen ? "is-chosen" : ""}`, iconSize: [0, 0], html: markup });
    const marker = L.marker(latlng, { icon, pane: "county-names", keyboard: false, interactive: false }).addTo(group);
    marker.getElement()?.setAttribute("data-county", county.code);
    const button = marker.getElement()?.querySelector("button");
    if (!button) return;
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", open);
}
