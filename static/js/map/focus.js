/** The item in hand: how far off its place may be, drawn to scale. */

import { boxOf, grown, pointsOf, positionsOf } from "../geometry.js";
import L from "./leaflet.js";

/** @typedef {import("../types.d.ts").Item} Item */

/** @param {L.Map} map */
export function createUncertainty(map) {
    map.createPane("circles").style.zIndex = "405";
    const renderer = L.svg({ pane: "circles", padding: 0.6 });
    const group = L.layerGroup().addTo(map);
    /** @type {Map<string, L.Circle[]>} */
    const circles = new Map();

    /** @param {Item} item @param {string} kind */
    const draw = (item, kind) => pointsOf(item.geometry).map(([lng, lat]) => L.circle([lat ?? 0, lng ?? 0], {
        radius: item.uncertainty_m ?? 0,
        pane: "circles",
        renderer,
        interactive: false,
        className: `uncertainty ${kind} layer-${item.layer}`,
    }).addTo(group));

    return {
        /** @param {"focus" | "hover"} kind @param {Item | undefined} item */
        show(kind, item) {
            for (const circle of circles.get(kind) ?? []) circle.remove();
            circles.set(kind, item?.uncertainty_m ? draw(item, `is-${kind}`) : []);
        },
        /** The ring within which neighbours are listed. @param {Item | undefined} item @param {number} km */
        ring(item, km) {
            for (const circle of circles.get("ring") ?? []) circle.remove();
            circles.set("ring", item && km ? draw({ ...item, uncertainty_m: km * 1000 }, "is-ring") : []);
        },
        /** The circle of the item in hand, to be labelled. */
        label() {
            const circle = circles.get("focus")?.[0];
            return circle ? { latlng: circle.getLatLng(), radius: circle.getRadius() } : null;
        },
    };
}

/**
 * The part of the map an item needs: its geometry and its circle.
 * @param {Item} item
 * @returns {L.LatLngBounds | null}
 */
export function boundsOf(item) {
    const box = boxOf(positionsOf(item.geometry));
    if (!box) return null;
    const around = pointsOf(item.geometry).length > 0 ? (item.uncertainty_m ?? 0) * 1.15 : 0;
    const [west, south, east, north] = grown(box, Math.max(around, 300));
    return L.latLngBounds([south, west], [north, east]);
}
