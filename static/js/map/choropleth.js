/** Counties counted: each tinted by how many items it has, the number beside its name. Loaded on use. */

import { countyCounts, scaleOf, tintOf } from "../choropleth.js";
import { html } from "../html.js";
import { number, pick } from "../i18n.js";
import { settle, widthOf } from "./collide.js";
import L from "./leaflet.js";

/** @typedef {import("../types.d.ts").Selection} Selection */
/** @typedef {import("../types.d.ts").View} View */

const NAME_PX = 15;
const HEIGHT = 44;

/**
 * @param {L.Map} map
 * @param {GeoJSON.FeatureCollection} data base/counties.geojson
 * @param {{ pack: import("../types.d.ts").Pack, catalogue: import("../types.d.ts").Catalogue }} page
 */
export function createChoropleth(map, data, { pack, catalogue }) {
    map.createPane("tones").style.zIndex = "290";
    map.createPane("tallies").style.zIndex = "650";
    const renderer = L.svg({ pane: "tones", padding: 0.6 });
    const group = L.layerGroup().addTo(map);
    return {
        /** @param {Selection} selection @param {View} view */
        update(selection, view) {
            group.clearLayers();
            if (view.choropleth !== "1") return;
            const counts = new Map(countyCounts(pack, selection).map(({ county, count }) => [county.code, count]));
            const scale = scaleOf([...counts.values()]);
            const tint = tintOf(catalogue, view);
            for (const feature of data.features) {
                const tone = scale.tone(counts.get(feature.properties?.code) ?? 0);
                const options = /** @type {any} */ ({
                    renderer, pane: "tones", interactive: false, style: { className: `tone tone-${tone} ${tint}` },
                });
                L.geoJSON(feature, options).addTo(group);
            }
            for (const label of settle(labelsOf(map, data, counts), [])) stand(map, group, label);
        },
    };
}

/** @param {L.Map} map @param {GeoJSON.FeatureCollection} data @param {Map<string, number>} counts */
function labelsOf(map, data, counts) {
    return data.features.map(({ properties }) => {
        const county = /** @type {any} */ (properties);
        const name = pick(county, "name");
        const count = counts.get(county.code) ?? 0;
        const { x, y } = map.latLngToLayerPoint([county.label[1], county.label[0]]);
        const w = widthOf(name, NAME_PX) * 1.2;
        // Where two names would lie on each other, the larger number stands.
        return { name, count, priority: -count, x: x - w / 2, y: y - HEIGHT / 2, w, h: HEIGHT };
    });
}

/** @param {L.Map} map @param {L.LayerGroup} group @param {ReturnType<typeof labelsOf>[number]} label */
function stand(map, group, { name, count, x, y, w, h }) {
    const icon = L.divIcon({
        className: "county-name tally",
        iconSize: [0, 0],
        html: String(html`<span>${name}<strong>${number(count)}</strong></span>`),
    });
    const at = map.layerPointToLatLng(L.point(x + w / 2, y + h / 2));
    L.marker(at, { icon, pane: "tallies", keyboard: false, interactive: false }).addTo(group);
}
