/** Counties counted: each tinted by how many items it has. Loaded on use. */

import { countyCounts, scaleOf, tintOf } from "../../draw/county_tint.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../../core/types.d.ts").View} View */

/**
 * @param {L.Map} map
 * @param {GeoJSON.FeatureCollection} data base/counties.geojson
 * @param {{ pack: import("../../core/types.d.ts").Pack, catalogue: import("../../core/types.d.ts").Catalogue }} page
 */
export function createChoropleth(map, data, { pack, catalogue }) {
    map.createPane("tones").style.zIndex = "290";
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
        },
    };
}
