/** The shape of an area as a map shows it, and the leader line of its name. */

import { areaOf } from "../../draw/area_label.js";
import L from "../leaflet.js";

/** In the pixels of a layer. @param {L.Map} map @param {GeoJSON.Position[][]} rings */
export function areaOn(map, rings) {
    return areaOf(rings.map((ring) => ring.map(([lng = 0, lat = 0]) => {
        const { x, y } = map.latLngToLayerPoint([lat, lng]);
        return [x, y];
    })));
}

/** @param {L.Map} map @param {import("../../draw/area_label.js").Leader} leader @param {string} pane */
export function leaderLine(map, { from, to }, pane) {
    const latlngs = [from, to].map(([x = 0, y = 0]) => map.layerPointToLatLng([x, y]));
    return L.polyline(latlngs, { pane, className: "name-leader", interactive: false });
}
