/**
 * The close ground: the shade of the relief, main roads and railways, water, built-up land, the Great Wall, names of
 * places and numbers of roads. It comes after the first view, and lies between its land and its lines.
 */

import { address, fetchBase } from "../../io/api.js";
import { styled } from "../../io/styles.js";
import { baseLayer, groundPane } from "./base_map.js";
import { CLOSE_KINDS } from "../labels/close_kinds.js";
import { addKinds } from "../labels/labels.js";
import { createBaseButton } from "../base_button.js";
import { createGroundEnd } from "../ground_end.js";
import L from "../leaflet.js";

/**
 * Kind and class of what is drawn, from the bottom up.
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

/** From which zoom on lines are wider and more of them drawn. */
const STEPS = [8.25, 9.25, 10.5, 12, 13.5];

/**
 * @param {L.Map} map
 * @param {import("../map.js").Page} page
 * @returns {Promise<(id: string | null) => void>} what is to be told which base map is shown
 */
export async function createGround(map, page) {
    const detail = page.pack.detail ?? [];
    await styled("ground");
    const end = createGroundEnd(map);
    const button = createBaseButton(map, page);
    end.offer(button.open);
    stepped(map);
    await Promise.all([
        detail.includes("ground.geojson") && fetchBase("detail/ground").then((data) => drawShapes(map, data)),
        detail.includes("world.geojson") && fetchBase("detail/world").then((data) => drawWorld(map, data)),
        addNames(),
    ].filter(Boolean)).catch(() => {});
    return (id) => {
        button.update(id);
        end.update();
    };
}

/** Joins the names of the close map to those that labels.js draws from. */
async function addNames() {
    const [first, close] = await Promise.all([fetchBase("labels"), fetchBase("detail/names")]);
    addKinds(CLOSE_KINDS);
    first.features.push(...close.features);
}

/** @param {L.Map} map @param {GeoJSON.FeatureCollection} data */
function drawShapes(map, data) {
    const relief = data.features.find((one) => one.properties?.kind === "relief");
    groundPane(map, "relief", 201);
    if (relief) {
        L.imageOverlay(address(`base/detail/${relief.properties?.image}`), L.geoJSON(relief).getBounds(),
            { pane: "relief", className: "relief", alt: "" }).addTo(map);
    }
    const renderer = groundPane(map, "ground-detail", 202);
    for (const [kind, name] of SHAPES) {
        const feature = data.features.find((one) => one.properties?.kind === kind);
        if (feature) baseLayer(feature, name, renderer).addTo(map);
    }
}

/** Coarse land beyond that of the first view. @param {L.Map} map @param {GeoJSON.FeatureCollection} data */
function drawWorld(map, data) {
    baseLayer(data, "land", groundPane(map, "world", 199)).addTo(map);
}

/** Tells the style sheet how near the map is. @param {L.Map} map */
function stepped(map) {
    const root = map.getContainer();
    const tell = () => {
        const zoom = map.getZoom();
        root.dataset.near = String(STEPS.filter((step) => zoom >= step).length);
    };
    map.on("zoomend", tell);
    tell();
}
