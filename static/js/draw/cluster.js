/**
 * Points that would lie on each other at a zoom, gathered. Greedy and in list order, so that the same
 * view always gives the same groups; a grid keeps it linear.
 *
 *     . .            (2)
 *      .    .   →          .
 */

/**
 * @template T
 * @typedef {{ x: number, y: number, thing: T }} Spot
 */

/**
 * @template T
 * @typedef {{ x: number, y: number, spots: Spot<T>[] }} Cluster
 */

/**
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
