/** The unseen line that carries a band's name, and where on it the name stands. Pixels; no map. */

import { away, sampled, smooth } from "./curve.js";

/** @typedef {import("./curve.js").Spot} Spot */

/** Places tried for a name, from end to end; those near the ends are not. */
const PLACES = 21;
const FIRST = 7;
const LAST = 14;

/**
 * A name may be longer than its band: what carries it goes on beyond both ends.
 * @param {Spot[]} line from left to right
 * @param {Spot[]} rings
 */
export function nameGuide(line, rings) {
    const curve = smooth(line);
    const [start, end] = [curve[0], curve[curve.length - 1]];
    const [before, after] = [extendedEnds(curve), extendedEnds([...curve].reverse())];
    const own = lengthOf(curve);
    const [lead, trail] = [away(before, start), away(after, end)];
    return {
        points: [before, ...curve, after],
        share: own / (lead + own + trail),
        offset: (lead + own * roomiest(curve, rings)) / (lead + own + trail),
    };
}

/** As far before a line's start as the line is long. @param {Spot[]} curve @returns {Spot} */
function extendedEnds(curve) {
    const [a = { x: 0, y: 0 }, b = { x: 0, y: 0 }] = sampled(curve, 8);
    return { x: a.x + (a.x - b.x) * 7, y: a.y + (a.y - b.y) * 7 };
}

/** @param {Spot[]} curve */
function lengthOf(curve) {
    return curve.slice(1).reduce((sum, spot, i) => sum + away(spot, curve[i]), 0);
}

/** How far along, 0 to 1, the name is farthest from every ring; in the middle where there is none. @param {Spot[]} curve @param {Spot[]} rings */
function roomiest(curve, rings) {
    const places = sampled(curve, PLACES);
    const room = (/** @type {number} */ i) => Math.min(1e6, ...rings.map((ring) => away(ring, places[i])));
    let best = (PLACES - 1) / 2;
    for (let i = FIRST; i <= LAST; i += 1) if (room(i) > room(best) + 1) best = i;
    return best / (PLACES - 1);
}
