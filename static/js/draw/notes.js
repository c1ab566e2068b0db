/** A presenter's marks as an address has them: texts, arrows, names that stand elsewhere. Pure. */

/** @typedef {GeoJSON.Position} Position */
/** @typedef {{ positions: Position[], text: string }} Note one position: a text; two: an arrow, from its tail to its head */
/** @typedef {{ id: string, position: Position }} MovedName */

const DECIMALS = 5;

/** @param {string} written `lng,lat:text` or `lng,lat,lng,lat:text` @returns {Note} */
export function noteOf(written) {
    const [at = "", ...words] = written.split(":");
    return { positions: positionsIn(at), text: words.join(":") };
}

/** A `;` would end it. @param {Note} note */
export function noteText({ positions, text }) {
    return [numbersOf(positions), text.replaceAll(";", "；").trim()].filter(Boolean).join(":");
}

/** @param {string} written `id:lng,lat` @returns {MovedName} */
export function movedNameOf(written) {
    const [id = "", at = ""] = written.split(":");
    return { id, position: positionsIn(at)[0] ?? [0, 0] };
}

/** @param {MovedName} name */
export function movedNameText({ id, position }) {
    return `${id}:${numbersOf([position])}`;
}

/** @param {string} text @returns {Position[]} */
function positionsIn(text) {
    const numbers = text.split(",").map(Number);
    return numbers.flatMap((lng, i) => (i % 2 ? [] : [[lng, numbers[i + 1] ?? 0]]));
}

/** @param {Position[]} positions */
function numbersOf(positions) {
    return positions.flat().map((one) => Number(one.toFixed(DECIMALS)) + 0).join(",");
}

/** One of a list put in another's place, or taken out where there is none. @template T @param {T[]} list @param {number} at @param {T | null} one */
export function replacedAt(list, at, one) {
    return list.flatMap((old, i) => (i === at ? (one === null ? [] : [one]) : [old]));
}

/** The point of a box that is nearest to a spot: a leader ends there. @param {{ x: number, y: number, w: number, h: number }} box @param {{ x: number, y: number }} spot */
export function nearestOfBox({ x, y, w, h }, spot) {
    return { x: Math.min(Math.max(spot.x, x), x + w), y: Math.min(Math.max(spot.y, y), y + h) };
}
