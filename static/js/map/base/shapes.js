/**
 * What the close ground draws: the shade of the relief, main roads and railways, water, built-up land, the Great Wall.
 * It lies between the land of the first view and its lines. It fetches nothing: the offline file draws it too.
 */

import { baseLayer, groundPane } from "./base_map.js";
import L from "../leaflet.js";

/**
 * Kind and class, from the bottom up.
 * @type {[kind: string, name: string][]}
 */
const SHAPES = [
    ["built-up", "built-up"],
    ["water", "water"],
    ["great-wall", "great-wall"],
    ["primary", "road-edge"],
    ["trunk", "road-edge"],
    ["motorway", "road-edge"],
    ["primary", "road"],
    ["trunk", "road"],
    ["motorway", "road"],
    ["rail", "rail"],
    ["rail-fast", "rail"],
    ["rail", "rail-ties"],
    ["rail-fast", "rail-ties"],
];

/** @param {L.Map} map @param {GeoJSON.FeatureCollection} data @param {(file: string) => string} addressOf an image */
export function drawShapes(map, data, addressOf) {
    const relief = data.features.find((one) => one.properties?.kind === "relief");
    groundPane(map, "relief", 201);
    if (relief) {
        const canvas = /** @type {any} */ (paintedOf(addressOf(relief.properties?.image)));
        L.svgOverlay(canvas, L.geoJSON(relief).getBounds(), { pane: "relief", className: "relief" }).addTo(map);
    }
    const renderer = groundPane(map, "ground-detail", 202);
    for (const [kind, name] of SHAPES) {
        const feature = data.features.find((one) => one.properties?.kind === kind);
        if (feature) baseLayer(feature, name, renderer).addTo(map);
    }
}

/**
 * An image on a canvas, when it has come. As an image of its own, the largest and last, it would stand for the page's
 * content where that is measured (largest contentful paint).
 * @param {string} address
 */
function paintedOf(address) {
    const canvas = document.createElement("canvas");
    const image = new Image();
    image.fetchPriority = "low";
    image.addEventListener("load", () => {
        [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
        canvas.getContext("2d")?.drawImage(image, 0, 0);
    });
    image.src = address;
    return canvas;
}

/** Coarse land beyond that of the first view. @param {L.Map} map @param {GeoJSON.FeatureCollection} data */
export function drawWorld(map, data) {
    baseLayer(data, "land", groundPane(map, "world", 199)).addTo(map);
}
