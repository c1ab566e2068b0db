/** What lies over the map: no name is put under it. */

/** @typedef {import("../draw/label_placement.js").Box} Box */

/** By id and by class: a search through the page would go through all its rows, at each step of the map. */
const PARTS = ["legend", "key", "credit", "card", "overview"];
const EDGE_PX = 4;

/** In the pixels that names are placed in. @param {import("leaflet").Map} map @returns {Box[]} */
export function overlayBoxes(map) {
    const home = map.getContainer().getBoundingClientRect();
    const shift = map.containerPointToLayerPoint([0, 0]);
    const controls = map.getContainer().getElementsByClassName("leaflet-control");
    return [...PARTS.flatMap((id) => document.getElementById(id) ?? []), ...controls].map((one) => one.getBoundingClientRect())
        .filter((box) => box.width > 0)
        .map(({ left, top, width, height }) => ({ x: left - home.left + shift.x, y: top - home.top + shift.y, w: width, h: height }));
}

/** The part of the map that can be seen, in the same pixels. @param {import("leaflet").Map} map @returns {Box} */
export function freeArea(map) {
    const { x, y } = map.containerPointToLayerPoint([EDGE_PX, EDGE_PX]);
    const size = map.getSize();
    return { x, y, w: size.x - 2 * EDGE_PX, h: size.y - 2 * EDGE_PX };
}
