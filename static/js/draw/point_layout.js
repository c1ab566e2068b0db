/**
 * Where symbols stand at a zoom: few are moved apart, each with its own; of many, those that would lie on each other
 * are one cluster. Pixels; no map. app/picture/map/declutter.py does the same on paper.
 */

import { cluster, joined } from "./cluster.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("./cluster.js").Spot<Item>} Spot */
/** @typedef {import("./cluster.js").Cluster<Item>} Group */
/** @typedef {{ x: number, y: number, size: number }} Disc */

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
 * joined, and are shifted as one; few are pushed apart instead.
 * @param {Group[]} groups @param {Disc[]} clear @param {boolean} few
 */
export function cleared(groups, clear, few) {
    if (few) return clear.length > 0 ? apart(groups.flatMap((one) => one.spots), clear) : groups;
    return joined(joined(groups, discOf).map((one) => shiftFrom(one, clear)), discOf).map((one) => shiftFrom(one, clear));
}

/**
 * Symbols that hide each other pushed apart, each as near to its place as that allows.
 * @param {Spot[]} spots @param {Disc[]} clear what stays where it is
 * @returns {Group[]}
 */
export function apart(spots, clear) {
    const moved = spots.map((spot) => ({ x: spot.x, y: spot.y, spots: [spot] }));
    for (let round = 0, still = false; round < ROUNDS && !still; round += 1) {
        still = true;
        moved.forEach((a, i) => {
            for (const b of moved.slice(i + 1)) still = !pushed(a, b, i) && still;
            const free = shiftFrom(a, clear);
            still &&= free === a;
            Object.assign(a, { x: free.x, y: free.y });
        });
    }
    return moved;
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
    const over = clear.find((spot) => Math.hypot(one.x - spot.x, one.y - spot.y) < roomBy(spot.size) - 0.01);
    if (!over) return one;
    const room = roomBy(over.size);
    const turn = Math.atan2(one.y - over.y, one.x - over.x);
    return { ...one, x: over.x + room * Math.cos(turn), y: over.y + room * Math.sin(turn) };
}
