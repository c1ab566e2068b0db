/**
 * Where symbols stand at a zoom: few are moved apart, each with its own; of many, those that would lie on each other
 * are one cluster. Pixels; no map. app/picture/map/points.py does the same on paper, by the same
 * cases: tests/shared/point_cases.json.
 */

/** @template T @typedef {{ x: number, y: number, thing: T }} Spot */
/** @template T @typedef {{ x: number, y: number, spots: Spot<T>[] }} Cluster */
/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {Cluster<Item>} Group */
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
 * @param {Spot<Item>[]} spots @param {string | null} focus @param {number} zoom
 * @returns {{ own: Spot<Item>[], groups: Group[] }} the focused item, which never hides in a cluster; and the others
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
 * @param {Spot<Item>[]} spots @param {Disc[]} clear what stays where it is @param {Box[]} overlays
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

/**
 * Points that would lie on each other at a zoom, gathered. Greedy and in list order, so that the same
 * view always gives the same groups; a grid keeps it linear.
 *
 *     . .            (2)
 *      .    .   →          .
 * @template T
 * @param {Spot<T>[]} spots in pixels
 * @param {number} radius pixels within which points belong together
 * @returns {Cluster<T>[]} the group's place is the mean of its points
 */
export function cluster(spots, radius) {
    const grid = gridOf(spots, radius);
    /** @type {Set<Spot<T>>} */
    const taken = new Set();
    /** @type {Cluster<T>[]} */
    const clusters = [];
    for (const spot of spots) {
        if (taken.has(spot)) continue;
        const members = around(grid, spot, radius).filter((other) => !taken.has(other));
        for (const member of members) taken.add(member);
        clusters.push({
            x: mean(members.map((member) => member.x)),
            y: mean(members.map((member) => member.y)),
            spots: members,
        });
    }
    return clusters;
}

/**
 * Joins groups whose discs would lie on each other; a disc grows with what it holds.
 * @template T
 * @param {Cluster<T>[]} clusters
 * @param {(n: number) => number} sizeOf the diameter of a disc that holds so many
 * @returns {Cluster<T>[]}
 */
export function joined(clusters, sizeOf) {
    /** @type {Cluster<T>[]} none lies on another */
    const free = [];
    for (const one of clusters) {
        let disc = one;
        let place = free.length;
        // A joined disc is larger and lies elsewhere: it may touch one that was free of both.
        for (let on = touching(free, disc, sizeOf); on >= 0; on = touching(free, disc, sizeOf)) {
            disc = union(/** @type {Cluster<T>} */ (free[on]), disc);
            free.splice(on, 1);
            place = Math.min(place, on);
        }
        free.splice(place, 0, disc);
    }
    return free;
}

/** Which of some discs a disc lies on; -1 for none. @template T @param {Cluster<T>[]} discs @param {Cluster<T>} disc @param {(n: number) => number} sizeOf */
function touching(discs, disc, sizeOf) {
    const size = sizeOf(disc.spots.length);
    return discs.findIndex((one) => Math.hypot(one.x - disc.x, one.y - disc.y) < (sizeOf(one.spots.length) + size) / 2);
}

/** @template T @param {Cluster<T>} a @param {Cluster<T>} b @returns {Cluster<T>} */
function union(a, b) {
    const [m, n] = [a.spots.length, b.spots.length];
    return { x: (a.x * m + b.x * n) / (m + n), y: (a.y * m + b.y * n) / (m + n), spots: [...a.spots, ...b.spots] };
}

/** @param {number[]} numbers */
function mean(numbers) {
    return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** @param {number} x @param {number} y @param {number} radius */
function cellOf(x, y, radius) {
    return `${Math.floor(x / radius)},${Math.floor(y / radius)}`;
}

/**
 * @template T
 * @param {Spot<T>[]} spots
 * @param {number} radius
 */
function gridOf(spots, radius) {
    /** @type {Map<string, Spot<T>[]>} */
    const grid = new Map();
    for (const spot of spots) {
        const cell = cellOf(spot.x, spot.y, radius);
        const held = grid.get(cell);
        if (held) held.push(spot);
        else grid.set(cell, [spot]);
    }
    return grid;
}

/**
 * @template T
 * @param {Map<string, Spot<T>[]>} grid
 * @param {Spot<T>} spot
 * @param {number} radius
 */
function around(grid, spot, radius) {
    /** @type {Spot<T>[]} */
    const found = [];
    for (const dx of [-radius, 0, radius]) {
        for (const dy of [-radius, 0, radius]) {
            for (const other of grid.get(cellOf(spot.x + dx, spot.y + dy, radius)) ?? []) {
                if (Math.hypot(other.x - spot.x, other.y - spot.y) <= radius) found.push(other);
            }
        }
    }
    return found;
}
