/**
 * Where symbols stand at a zoom: few are moved apart, each with its own; of many, those that would lie on each other
 * are one cluster. Pixels; no map. app/picture/map/points.py does the same on paper, by the same
 * cases: tests/shared/point_cases.json.
 */

import { cluster, joined } from "./cluster.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("./cluster.js").Spot<Item>} Spot */
/** @typedef {import("./cluster.js").Cluster<Item>} Group */
/** @typedef {{ x: number, y: number, size: number }} Disc */
/** @typedef {import("./label_placement.js").Box} Box */

export const SYMBOL_PX = 26;
export const FOCUS_PX = 36;
/** So few are never clustered. */
export const APART_MOST = 40;
/** Nearer than this, symbols hide each other. */
const CLUSTER_PX = 30;
/** At city scale whole towns are one symbol; from this zoom on only what really touches is. */
const CLOSE_ZOOM = 11;
const WIDE_CLUSTER_PX = 54;
/** Pushing ends when none hides another, or after so many rounds. */
const ROUNDS = 60;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Grows with the number, slowly. @param {number} n */
export function clusterSize(n) {
    return Math.round(28 + 7 * Math.log2(Math.min(n, 64)) / 1.5);
}

/** How many items that is. @param {Record<string, number>} counts */
export function totalOf(counts) {
    return Object.values(counts).reduce((sum, one) => sum + one, 0);
}

/** @param {number} n how many spots a symbol stands for */
export function discOf(n) {
    return n === 1 ? SYMBOL_PX : clusterSize(n);
}

/**
 * What depends on the zoom and not on the window.
 * @param {Spot[]} spots @param {string | null} focus @param {number} zoom
 * @returns {{ own: Spot[], groups: Group[] }} the focused item, which never hides in a cluster; and the others
 */
export function gathered(spots, focus, zoom) {
    const [own, others] = [true, false].map((mine) => spots.filter((spot) => (spot.thing.id === focus) === mine));
    if (spots.length <= APART_MOST) return { own: own ?? [], groups: apart(others ?? [], (own ?? []).map(({ x, y }) => ({ x, y, size: FOCUS_PX }))) };
    return { own: own ?? [], groups: cluster(others ?? [], zoom < CLOSE_ZOOM ? WIDE_CLUSTER_PX : CLUSTER_PX) };
}

/**
 * Those in the window, clear of what no symbol may cover. Stepping aside may end on another symbol: such ones are
 * joined, and are shifted as one; few are pushed apart instead, and out from under what lies over the map.
 * @param {Group[]} groups @param {Disc[]} clear @param {boolean} few @param {Box[]} overlays
 */
export function cleared(groups, clear, few, overlays = []) {
    if (few) return clear.length + overlays.length > 0 ? apart(groups.flatMap((one) => one.spots), clear, overlays) : groups;
    return joined(joined(groups, discOf).map((one) => shiftFrom(one, clear)), discOf).map((one) => shiftFrom(one, clear));
}

/**
 * Symbols that hide each other pushed apart, each as near to its place as that allows.
 * @param {Spot[]} spots @param {Disc[]} clear what stays where it is @param {Box[]} overlays
 * @returns {Group[]}
 */
export function apart(spots, clear, overlays = []) {
    const moved = spots.map((spot) => ({ x: spot.x, y: spot.y, spots: [spot] }));
    for (let round = 0, still = false; round < ROUNDS && !still; round += 1) {
        still = true;
        moved.forEach((a, i) => {
            for (const b of moved.slice(i + 1)) still = !pushed(a, b, i) && still;
            const free = outFrom(shiftFrom(a, clear), overlays);
            still &&= free === a;
            Object.assign(a, { x: free.x, y: free.y });
        });
    }
    return moved;
}

/**
 * A symbol that lies half under an overlay comes out on the nearest side; one that lies wholly under it is not seen.
 * @param {Group} one @param {Box[]} overlays @returns {Group}
 */
function outFrom(one, overlays) {
    const half = SYMBOL_PX / 2 + 1;
    for (const { x, y, w, h } of overlays) {
        const ways = [
            { dx: x - half - one.x, dy: 0 }, { dx: x + w + half - one.x, dy: 0 },
            { dx: 0, dy: y - half - one.y }, { dx: 0, dy: y + h + half - one.y },
        ];
        const clear = one.x <= x - half + 0.01 || one.x >= x + w + half - 0.01 || one.y <= y - half + 0.01 || one.y >= y + h + half - 0.01;
        if (clear) continue;
        const far = (/** @type {{ dx: number, dy: number }} */ { dx, dy }) => Math.abs(dx + dy);
        const way = ways.reduce((best, other) => (far(other) < far(best) ? other : best));
        if (far(way) <= 2 * half) return { ...one, x: one.x + way.dx, y: one.y + way.dy };
    }
    return one;
}

/**
 * Moves two whose boxes overlap, for a finger presses a box, half the overlap each; two at one place in a direction of their own.
 * @param {{ x: number, y: number }} a @param {{ x: number, y: number }} b @param {number} turn
 */
function pushed(a, b, turn) {
    const room = SYMBOL_PX * 1.04;
    let [dx, dy] = [b.x - a.x, b.y - a.y];
    let gap = Math.max(Math.abs(dx), Math.abs(dy));
    if (gap >= room - 0.01) return false;
    if (gap < 0.01) [dx, dy, gap] = [Math.cos(turn * GOLDEN), Math.sin(turn * GOLDEN), 0];
    const share = (room - gap) / 2 / Math.max(Math.abs(dx), Math.abs(dy));
    Object.assign(a, { x: a.x - dx * share, y: a.y - dy * share });
    Object.assign(b, { x: b.x + dx * share, y: b.y + dy * share });
    return true;
}

/**
 * A symbol that would cover the focused item, or a ring of the plan's diagram, is shifted, just far enough for
 * both to be seen and pressed.
 * @param {Group} one
 * @param {Disc[]} clear
 * @returns {Group}
 */
function shiftFrom(one, clear) {
    const roomBy = (/** @type {number} */ size) => (size + discOf(one.spots.length)) / 2 + 2;
    const gapTo = (/** @type {Disc} */ spot) => Math.max(Math.abs(one.x - spot.x), Math.abs(one.y - spot.y));
    const over = clear.find((spot) => gapTo(spot) < roomBy(spot.size) - 0.01);
    if (!over) return one;
    const [dx, dy] = gapTo(over) > 0 ? [one.x - over.x, one.y - over.y] : [1, 0];
    const share = roomBy(over.size) / Math.max(Math.abs(dx), Math.abs(dy));
    return { ...one, x: over.x + dx * share, y: over.y + dy * share };
}
