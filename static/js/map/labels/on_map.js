/** Areas, lines, leaders and names between degrees and the pixels of a map; names stay from one drawing to the next. */

import { areaOf } from "../../draw/area_label.js";
import L from "../leaflet.js";

/** @typedef {GeoJSON.Position} Position */

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

/** Shares of a line at which its name is tried: the middle first. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

/** Where the name of a line may stand: on the part of it that is in the window, best first. @param {Position[][]} lines @param {import("leaflet").LatLngBounds} view @returns {[number, number][]} lat, lng */
export function labelPositions(lines, view) {
    const seen = (/** @type {Position} */ [lng = 0, lat = 0]) => view.contains([lat, lng]);
    const longest = lines.map((line) => line.filter(seen)).sort((a, b) => b.length - a.length)[0] ?? [];
    const along = longest.length > 1 ? SHARES.map((share) => /** @type {Position} */ (longest[Math.round(share * (longest.length - 1))])) : [];
    return along.map(([lng = 0, lat = 0]) => [lat, lng]);
}

/**
 * Says what is drawn from now on: each by a key that tells how it looks, and its place. What stands already is moved
 * there, what has no place any more goes.
 * @param {L.LayerGroup} group
 */
export function createKeptMarkers(group) {
    /** @type {Map<string, L.Marker>} */
    let shown = new Map();
    /** @type {Map<string, L.Marker>} */
    let next = new Map();
    return {
        /** @param {string} key @param {L.LatLng} latlng @param {() => L.MarkerOptions} options @returns {L.Marker} on the map */
        put(key, latlng, options) {
            let own = key;
            while (next.has(own)) own += " ";
            const marker = shown.get(own)?.setLatLng(latlng) ?? L.marker(latlng, options()).addTo(group);
            shown.delete(own);
            next.set(own, marker);
            return marker;
        },
        /** All has been put. */
        end() {
            for (const marker of shown.values()) marker.remove();
            [shown, next] = [next, new Map()];
        },
    };
}
