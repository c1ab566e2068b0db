/**
 * Leaflet, typed. Its minified build (42 kB) is a script that leaves itself on the global object; its
 * own module build is not minified and weighs 109 kB.
 */

import "leaflet";

/** @type {typeof import("leaflet")} */
const L = /** @type {any} */ (globalThis).L;

/** How much of the window's width and height must be drawn around it for all to stay as it is when the map has been moved. */
const AROUND = 0.25;

/** After each move Leaflet draws every line and area anew, and the browser paints them: that takes longer than the move. */
function drawSeldom() {
    const own = /** @type {any} */ (L.SVG);
    const draw = own.prototype._update;
    own.include({
        _update() {
            const [origin, size, before] = [this._map.getPixelOrigin(), this._map.getSize(), this._bounds];
            const around = [-AROUND, 1 + AROUND].map((share) => this._map.containerPointToLayerPoint(size.multiplyBy(share)));
            const held = this._drawn?.origin === origin && this._drawn.size.equals(size);
            if (held && before.contains(L.bounds(around))) return;
            draw.call(this);
            if (this._bounds !== before) this._drawn = { origin, size };
        },
    });
}

drawSeldom();

export default L;
