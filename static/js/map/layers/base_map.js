/** The built-in base map: paper and water, drawn from the pack's own files, in colours of the style sheet. */

import { fetchBase } from "../../io/api.js";
import L from "../leaflet.js";

/**
 * What is drawn from which file, from the bottom up; a file drawn twice has an edge and a core.
 * @type {[file: string, name: string][]}
 */
const BASE_LAYERS = [
    ["land", "land"],
    ["counties", "county-land"],
    ["water", "water"],
    ["rivers", "river"],
    ["roads", "road-edge"],
    ["roads", "road"],
    ["railways", "rail"],
    ["railways", "rail-ties"],
    ["counties", "county-edge"],
    ["coast", "coast"],
];

/**
 * @param {L.Map} map
 * @param {string[]} names the files the pack has
 * @returns {Promise<L.LayerGroup>}
 */
export async function createBaseMap(map, names) {
    const pane = map.createPane("ground");
    pane.style.zIndex = "200";
    pane.setAttribute("aria-hidden", "true");
    const renderer = L.svg({ pane: "ground", padding: 0.6 });
    const wanted = BASE_LAYERS.filter(([file]) => names.includes(file));
    const files = await Promise.all(wanted.map(([file]) => fetchBase(file)));
    // All at once and in order: what is added later lies on top.
    const group = L.layerGroup().addTo(map);
    wanted.forEach(([, name], i) => {
        const data = files[i];
        if (data) group.addLayer(baseLayer(data, name, renderer));
    });
    return group;
}

/** @param {GeoJSON.FeatureCollection} data @param {string} name @param {L.Renderer} renderer */
function baseLayer(data, name, renderer) {
    return L.geoJSON(data, /** @type {any} */ ({
        renderer,
        pane: "ground",
        interactive: false,
        style: (/** @type {GeoJSON.Feature} */ feature) => ({
            className: `${name} kind-${feature.properties?.kind ?? "none"}`,
        }),
        filter: (/** @type {GeoJSON.Feature} */ feature) => feature.geometry.type !== "Point",
    }));
}
