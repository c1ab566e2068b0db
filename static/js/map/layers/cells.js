/** Of a large pack, squares of the map that count what lies in them: pressed, the map comes closer until items stand. */

import { lang, t } from "../../core/i18n.js";
import { totalOf } from "../../draw/point_layout.js";
import L from "../leaflet.js";
import { countedIcon } from "./point_icons.js";

/** @typedef {import("../../core/types.d.ts").Cell} Cell */

const NEARER = 1.5;
/** Squares beside the window that are drawn in one go. */
const SLICE = 30;
/** They are there before the reader has moved the map to them. */
const LATEST_MS = 400;

/** @param {L.Map} map @param {import("../../core/types.d.ts").Catalogue} catalogue @param {(lat: number, lng: number) => string} nameOf */
export function createCells(map, catalogue, nameOf) {
    const group = L.layerGroup().addTo(map);
    /** @type {Map<string, L.Marker>} */
    const markers = new Map();
    /** What is still to be drawn. @type {Map<string, Cell>} */
    let waiting = new Map();
    const draw = (/** @type {[string, Cell][]} */ cells) => {
        for (const [key, cell] of cells) {
            markers.set(key, markerOf(map, catalogue, cell, nameOf(cell.lat, cell.lng)).addTo(group));
            waiting.delete(key);
        }
    };
    const drawRest = (/** @type {typeof waiting} */ mine) => (window.requestIdleCallback ?? setTimeout)(() => {
        // Others have come meanwhile.
        if (mine !== waiting) return;
        draw([...mine].slice(0, SLICE));
        if (mine.size > 0) drawRest(mine);
    }, { timeout: LATEST_MS });
    return {
        /** Those in the window now, those beside it when the browser has nothing else to do. @param {Cell[]} cells */
        update(cells) {
            const wanted = new Map(cells.map((cell) => [keyOf(cell), cell]));
            for (const [key, marker] of markers) if (!wanted.has(key)) { marker.remove(); markers.delete(key); }
            waiting = new Map([...wanted].filter(([key]) => !markers.has(key)));
            const seen = map.getBounds();
            draw([...waiting].filter(([, { lat, lng }]) => seen.contains([lat, lng])));
            if (waiting.size > 0) drawRest(waiting);
        },
    };
}

/** What a square says, and how it looks. @param {Cell} cell */
function keyOf({ lat, lng, layers }) {
    return [lang(), document.documentElement.dataset.colour, lat, lng, JSON.stringify(layers)].join(" ");
}

/** @param {L.Map} map @param {import("../../core/types.d.ts").Catalogue} catalogue @param {Cell} cell @param {string} place */
function markerOf(map, catalogue, { lat, lng, layers }, place) {
    const n = totalOf(layers);
    const icon = countedIcon(catalogue, layers);
    const alt = place ? t("map.cluster", { name: place, n }) : t("map.cluster.nameless", { n });
    return L.marker([lat, lng], { icon, alt, title: alt, keyboard: true }).on("click", () => map.setView([lat, lng], map.getZoom() + NEARER));
}
