/** The built-in base map: paper and water, drawn from the pack's own files, in colours of the style sheet. */

import L from "../leaflet.js";

/**
 * What is drawn from which file, from the bottom up; a file drawn twice has an edge and a core.
 * Between land and lines lies what shapes.js draws.
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

const LAND = ["land", "county-land"];

/**
 * @param {L.Map} map
 * @param {string[]} names the files the pack has
 * @param {(name: string) => Promise<GeoJSON.FeatureCollection>} fetchBase
 * @returns {Promise<L.LayerGroup>}
 */
export async function createBaseMap(map, names, fetchBase) {
    const land = groundPane(map, "ground", 200);
    const lines = groundPane(map, "ground-lines", 203);
    const wanted = BASE_LAYERS.filter(([file]) => names.includes(file));
    const files = await Promise.all(wanted.map(([file]) => fetchBase(file)));
    // All at once and in order: what is added later lies on top.
    const group = L.layerGroup().addTo(map);
    wanted.forEach(([, name], i) => {
        const data = files[i];
        if (data) group.addLayer(baseLayer(data, name, LAND.includes(name) ? land : lines));
    });
    return group;
}

/** A pane that only the eye needs, and what draws in it. @param {L.Map} map @param {string} name @param {number} zIndex */
export function groundPane(map, name, zIndex) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(zIndex);
    pane.setAttribute("aria-hidden", "true");
    return L.svg({ pane: name, padding: 0.6 });
}

/** @param {GeoJSON.FeatureCollection | GeoJSON.Feature} data @param {string} name @param {L.Renderer} renderer */
export function baseLayer(data, name, renderer) {
    return L.geoJSON(data, /** @type {any} */ ({
        renderer,
        pane: renderer.options.pane,
        interactive: false,
        style: (/** @type {GeoJSON.Feature} */ feature) => ({
            className: `${name} kind-${feature.properties?.kind ?? "none"}`,
        }),
        filter: (/** @type {GeoJSON.Feature} */ feature) => feature.geometry.type !== "Point",
    }));
}
