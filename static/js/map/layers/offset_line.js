/** A line of the map that stands beside its course by some pixels, whatever the zoom. */

import { parallelOffset } from "../../draw/parallel_lines.js";
import L from "../leaflet.js";

/** Between one line and the next: from afar lines are thinner, and a great many would be one broad rope. */
const STEP_PX = { far: 3, near: 5, crowdedFar: 0, crowdedNear: 3 };
/** Below this the whole city is in the window, and lines are drawn thinner. */
export const FAR_ZOOM = 10.5;
/** Corners nearer to the line than this are not worth moving. */
const PLAIN_PX = 1.5;

/** @typedef {L.Polyline & { toSlot(slot: number, crowded: boolean): void }} AsideLine */

// Leaflet's own classes are extended by `extend`; what it projects is moved before it is clipped and drawn.
const OffsetLine = L.Polyline.extend({
    slot: 0,
    crowded: false,
    _project() {
        /** @type {any} */ (L.Polyline.prototype)._project.call(this);
        const far = this._map.getZoom() < FAR_ZOOM;
        const step = this.crowded ? STEP_PX[far ? "crowdedFar" : "crowdedNear"] : STEP_PX[far ? "far" : "near"];
        if (this.slot === 0 || step === 0) return;
        this._rings = this._rings.map((/** @type {L.Point[]} */ ring) =>
            parallelOffset(L.LineUtil.simplify(ring, PLAIN_PX), this.slot * step).map(({ x, y }) => L.point(x, y)));
    },
    /** @param {number} slot @param {boolean} crowded */
    toSlot(slot, crowded) {
        if (slot === this.slot && crowded === this.crowded) return;
        Object.assign(this, { slot, crowded });
        this.getElement()?.classList.toggle("is-aside", slot !== 0);
        this.redraw();
    },
});

/** @param {L.LatLngExpression[][]} latlngs @param {L.PolylineOptions} options @returns {AsideLine} */
export function offsetLine(latlngs, options) {
    return new /** @type {any} */ (OffsetLine)(latlngs, options);
}
