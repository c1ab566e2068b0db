/** Of a large pack, squares of the map that count what lies in them: pressed, the map comes closer until items stand. */

import { t } from "../../core/i18n.js";
import { totalOf } from "../../draw/point_layout.js";
import L from "../leaflet.js";
import { countedIcon } from "./point_icons.js";

/** @typedef {import("../../core/types.d.ts").Cell} Cell */

const NEARER = 1.5;

/** @param {L.Map} map @param {import("../../core/types.d.ts").Catalogue} catalogue @param {(lat: number, lng: number) => string} nameOf */
export function createCells(map, catalogue, nameOf) {
    const group = L.layerGroup().addTo(map);
    return {
        /** @param {Cell[]} cells */
        update(cells) {
            group.clearLayers();
            for (const cell of cells) markerOf(map, catalogue, cell, nameOf(cell.lat, cell.lng)).addTo(group);
        },
    };
}

/** @param {L.Map} map @param {import("../../core/types.d.ts").Catalogue} catalogue @param {Cell} cell @param {string} place */
function markerOf(map, catalogue, { lat, lng, layers }, place) {
    const n = totalOf(layers);
    const icon = countedIcon(catalogue, layers);
    const alt = place ? t("map.cluster", { name: place, n }) : t("map.cluster.nameless", { n });
    return L.marker([lat, lng], { icon, alt, title: alt, keyboard: true }).on("click", () => map.setView([lat, lng], map.getZoom() + NEARER));
}
