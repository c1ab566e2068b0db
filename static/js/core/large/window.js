/** The stretch of the map that is asked for: what is in sight and something around it. Pure. */

/** @typedef {[number, number, number, number]} Box west, south, east, north */
/** @typedef {{ box: Box, zoom: number, inner: Box }} Seen */

/** By how much of its width and height more than the window is asked for, on each side. */
const AROUND = 0.3;
const WORLD_PX = 256;

/** @param {Box} extent @param {number} width in pixels @returns {Seen} */
export function windowAround(extent, width) {
    const [west, south, east, north] = extent;
    const [dx, dy] = [(east - west) * AROUND, (north - south) * AROUND];
    const box = [Math.max(-180, west - dx), Math.max(-90, south - dy), Math.min(180, east + dx), Math.min(90, north + dy)];
    const zoom = Math.round(Math.log2(((width || 1) / WORLD_PX) * (360 / (east - west))));
    return { box: /** @type {Box} */ (box.map((one) => Number(one.toFixed(4)))), zoom: Math.min(22, Math.max(0, zoom)), inner: extent };
}

/** Whether what has come for one window serves another: the same scale, and all of it is there. @param {Seen} seen @param {Seen} held */
export function withinWindow({ inner: [west, south, east, north], zoom }, held) {
    const [w, s, e, n] = held.box;
    return zoom === held.zoom && west >= w && south >= s && east <= e && north <= n;
}
