/**
 * What depends on the zoom, in the order it is drawn: symbols, then names where they leave room; the page, an embed and
 * the offline file draw alike. And what lies over the map, where no name is put.
 */

import { scaleType } from "../draw/label_placement.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../draw/label_placement.js").Box} Box */
/**
 * @typedef {{
 *     points: ReturnType<typeof import("./layers/points.js").createPoints>,
 *     paths: ReturnType<typeof import("./layers/paths.js").createPaths>,
 *     exits: ReturnType<typeof import("./layers/exits.js").createExits>,
 *     counties: ReturnType<typeof import("./layers/counties.js").createCounties>,
 *     labels: ReturnType<typeof import("./labels/labels.js").createLabels>,
 *     notes: { draw(): { boxes: Box[], moved: Set<string> } },
 *     uncertainty: { label(): { top: L.LatLng, radius: number } | null },
 *     cells: { boxes(): Box[] },
 *     figureNames(obstacles: Box[], room: Box, moved: Set<string>): { placed: import("./labels/labels.js").Placed[], taken: Box[] },
 * }} Drawing `figureNames` places the names of the plan's own figures
 */

/** Below this the whole city is in the window, and lines are drawn thinner. */
const FAR_ZOOM = 10.5;
/** From which zoom on lines of the ground are wider and more of them drawn; map_more.css has them as data-near. */
const STEPS = [8.25, 9.25, 10.5, 12, 13.5];
/** By id and by class: a search through the page would go through all its rows, at each step of the map. */
const PARTS = ["legend", "key", "credit", "card", "overview"];
const EDGE_PX = 4;

/** @param {L.Map} map @param {Drawing} parts */
export function drawAtZoom(map, { points, paths, exits, counties, labels, notes, uncertainty, cells, figureNames }) {
    const root = map.getContainer();
    root.classList.toggle("is-far", map.getZoom() < FAR_ZOOM);
    root.dataset.near = String(STEPS.filter((step) => map.getZoom() >= step).length);
    scaleType(root);
    const [covered, room] = [overlayBoxes(map), freeArea(map)];
    points.draw(covered);
    // Where counties are counted their figures are what is to be read.
    const counted = root.classList.contains("is-counted");
    const { boxes, moved } = notes.draw();
    const free = (/** @type {{ item: Item }} */ { item }) => !moved.has(item.id);
    const { placed, taken: own } = figureNames([...points.boxes(), ...cells.boxes(), ...covered, ...boxes], room, moved);
    labels.drawFigures(placed);
    exits.settle(own, room);
    counties.draw(counted ? covered : [...own, ...exits.boxes()], room);
    const taken = [...own, ...counties.boxes(), ...exits.boxes()];
    const names = counted ? { names: [], counts: [] } : { names: paths.names().filter(free), counts: paths.counts() };
    const singles = counted ? [] : points.singles().filter(free);
    labels.draw(taken, singles, names, uncertainty.label(), exits.boxes().map((box) => box.text), room);
}

/** What lies over the map, in the pixels that names are placed in. @param {L.Map} map @returns {Box[]} */
function overlayBoxes(map) {
    const home = map.getContainer().getBoundingClientRect();
    const shift = map.containerPointToLayerPoint([0, 0]);
    const controls = map.getContainer().getElementsByClassName("leaflet-control");
    return [...PARTS.flatMap((id) => document.getElementById(id) ?? []), ...controls].map((one) => one.getBoundingClientRect())
        .filter((box) => box.width > 0)
        .map(({ left, top, width, height }) => ({ x: left - home.left + shift.x, y: top - home.top + shift.y, w: width, h: height }));
}

/** The part of the map that can be seen, in the same pixels. @param {L.Map} map @returns {Box} */
function freeArea(map) {
    const { x, y } = map.containerPointToLayerPoint([EDGE_PX, EDGE_PX]);
    const size = map.getSize();
    return { x, y, w: size.x - 2 * EDGE_PX, h: size.y - 2 * EDGE_PX };
}
