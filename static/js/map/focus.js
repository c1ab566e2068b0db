/** The focused item: how far off its place may be, drawn to scale. Loaded on use. */

import { certaintyOf, tintClass } from "../draw/symbols.js";
import { pick } from "../core/i18n.js";
import { pointsOf } from "../draw/geometry.js";
import L from "./leaflet.js";

/** @typedef {import("../core/types.d.ts").Item} Item */

/** @param {L.Map} map */
export function createUncertainty(map) {
    map.createPane("circles").style.zIndex = "405";
    map.createPane("place").style.zIndex = "640";
    const [renderer, above] = ["circles", "place"].map((pane) => L.svg({ pane, padding: 0.6 }));
    const group = L.layerGroup().addTo(map);
    /** @type {Map<string, L.Layer[]>} */
    const circles = new Map();

    let heldRadius = 0;

    const draw = (/** @type {Item} */ item, /** @type {string} */ kind) => outlinesOf(item, kind, renderer).map((one) => one.addTo(group));
    const round = (/** @type {GeoJSON.Position} */ position, /** @type {number} */ radius, /** @type {string} */ kind) =>
        circleOf(position, radius, kind, renderer).addTo(group);

    return {
        /** @param {"focus" | "hover"} kind @param {Item | undefined} item */
        show(kind, item) {
            for (const circle of circles.get(kind) ?? []) circle.remove();
            circles.set(kind, item?.uncertainty_m ? draw(item, `is-${kind}`) : []);
            if (kind === "focus") heldRadius = item?.uncertainty_m ?? 0;
        },
        /**
         * The ring within which neighbours are listed, and the place it is drawn around if that is no item.
         * @param {import("../core/proximity.js").Centre | null} centre @param {number} km @param {boolean} marked
         * @param {boolean} named not beside a focused item: its name would lie on that
         */
        around(centre, km, marked, named) {
            for (const circle of circles.get("ring") ?? []) circle.remove();
            /** @type {L.CircleMarker[]} */
            const rings = centre && km ? [round(centre.position, km * 1000, "is-ring")] : [];
            if (centre && marked) {
                rings.push(round(centre.position, Math.max(centre.uncertainty_m, 60), "is-place"));
                rings.push(L.circleMarker(latlngOf(centre.position), { radius: 7, pane: "place", renderer: above, interactive: false, className: "place-mark" }).addTo(group));
                if (named) rings.at(-1)?.bindTooltip(pick(centre, "name"), { permanent: true, direction: "top", offset: [0, -8], className: "tip" });
            }
            circles.set("ring", rings);
        },
        /** How far off each of a few may be; of many at once that would be a blot. @param {Item[]} shown */
        few(shown) {
            const unsure = shown.filter((item) => certaintyOf(item) === "circle" && pointsOf(item.geometry).length > 0);
            for (const circle of circles.get("few") ?? []) circle.remove();
            circles.set("few", unsure.flatMap((item) => draw(item, "is-few")));
        },
        /** The radius of the focused item, to be said at the top of its circle or of what is left of it. */
        label() {
            const [drawn] = circles.get("focus") ?? [];
            if (!(drawn instanceof L.Circle || drawn instanceof L.GeoJSON)) return null;
            const box = drawn.getBounds();
            return { top: L.latLng(box.getNorth(), box.getCenter().lng), radius: heldRadius };
        },
    };
}

/** An item's circle, or what the plan leaves of it; the pictures draw the same. @param {Item} item @param {string} kind @param {L.Renderer | undefined} renderer @returns {L.Layer[]} */
function outlinesOf(item, kind, renderer) {
    const className = `${kind} ${tintClass(item)}`;
    if (!item.area) return pointsOf(item.geometry).map((position) => circleOf(position, item.uncertainty_m ?? 0, className, renderer));
    return [L.geoJSON(item.area, /** @type {any} */ ({ pane: "circles", renderer, interactive: false, style: { className: `uncertainty ${className}` } }))];
}

/** @param {GeoJSON.Position} position @param {number} radius @param {string} kind @param {L.Renderer | undefined} renderer */
function circleOf(position, radius, kind, renderer) {
    return L.circle(latlngOf(position), { radius, pane: "circles", renderer, interactive: false, className: `uncertainty ${kind}` });
}

/** @param {GeoJSON.Position} position @returns {L.LatLngTuple} */
function latlngOf([lng, lat]) {
    return [lat ?? 0, lng ?? 0];
}
