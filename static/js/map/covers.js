/** What lies over the map: no name is put under it. */

/** @typedef {import("./collide.js").Box} Box */

const OVER_THE_MAP = "#legend, #credit, #card:not([hidden]), .leaflet-control";
const EDGE_PX = 4;

/** In the pixels that names are placed in. @param {import("leaflet").Map} map @returns {Box[]} */
export function coversOf(map) {
    const home = map.getContainer().getBoundingClientRect();
    const shift = map.containerPointToLayerPoint([0, 0]);
    return [...document.querySelectorAll(OVER_THE_MAP)].map((one) => one.getBoundingClientRect())
        .filter((box) => box.width > 0)
        .map(({ left, top, width, height }) => ({ x: left - home.left + shift.x, y: top - home.top + shift.y, w: width, h: height }));
}

/** The part of the map that can be seen, in the same pixels. @param {import("leaflet").Map} map @returns {Box} */
export function roomOf(map) {
    const { x, y } = map.containerPointToLayerPoint([EDGE_PX, EDGE_PX]);
    const size = map.getSize();
    return { x, y, w: size.x - 2 * EDGE_PX, h: size.y - 2 * EDGE_PX };
}
