/**
 * Lines on one course, drawn side by side: which slot each takes, and a line shifted by so many pixels.
 * Pure; no map. app/picture/map/parallel_lines.py gives out the same slots.
 *
 *     ======   slot 1
 *     ======   slot 0, on the course itself
 *     ======   slot -1
 */

/** @typedef {{ x: number, y: number }} Spot */

/** Slots in the order they are given out; beyond these there is no room, and the last is shared. */
const SLOTS = [0, 1, -1, 2, -2, 3, -3];
/** Lines that share fewer stretches than this cross or touch; they do not run together. */
const LEAST_SHARED = 3;

/**
 * Which slot each line takes so that none lies on another it runs with. Lines given first keep the course.
 * @param {{ id: string, lines: GeoJSON.Position[][] }[]} courses
 * @returns {Map<string, number>}
 */
export function parallelSlots(courses) {
    /** @type {Map<string, string[]>} who runs over a segment */
    const runs = new Map();
    /** @type {Map<string, number>} */
    const slots = new Map();
    for (const { id, lines } of courses) {
        /** @type {Map<string, number>} */
        const shared = new Map();
        for (const segment of new Set(lines.flatMap(segmentsOf))) {
            const others = runs.get(segment) ?? [];
            for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
            runs.set(segment, [...others, id]);
        }
        const taken = new Set([...shared].filter(([, n]) => n >= LEAST_SHARED).map(([other]) => slots.get(other)));
        slots.set(id, SLOTS.find((slot) => !taken.has(slot)) ?? /** @type {number} */ (SLOTS.at(-1)));
    }
    return slots;
}

/** Each segment between two positions by a name of its own, whichever way it is run. @param {GeoJSON.Position[]} line */
function segmentsOf(line) {
    const names = line.map((position) => position.join());
    return names.slice(1).map((name, i) => [name, names[i]].sort().join(" "));
}

/**
 * A line moved to its right by so many pixels; to its left where it runs westward, so that all that run
 * together move to the same side.
 * @param {Spot[]} line
 * @param {number} by
 * @returns {Spot[]}
 */
export function parallelOffset(line, by) {
    const [first, last] = [line[0], line[line.length - 1]];
    if (by === 0 || !first || !last || line.length < 2) return line;
    const way = last.x > first.x || (last.x === first.x && last.y < first.y) ? by : -by;
    const moved = line.map((_, i) => cornerOffset(line, i, way));
    // At the inside of a bend the moved line would loop: what comes too near to the course is left out.
    const near = Math.abs(by) * 0.8;
    const kept = moved.filter((spot, i) => i === 0 || i === line.length - 1 || !tooNear(spot, line, near));
    return kept.length > 1 ? kept : line;
}

/** The corner moved along the middle of its two sides' normals, a sharp one no farther than twice. @param {Spot[]} line @param {number} i @param {number} by */
function cornerOffset(line, i, by) {
    const here = /** @type {Spot} */ (line[i]);
    const before = normal(line[i - 1] ?? here, here) ?? normal(here, line[i + 1] ?? here);
    const after = normal(here, line[i + 1] ?? here) ?? before;
    if (!before || !after) return here;
    const [x, y] = [before.x + after.x, before.y + after.y];
    const scale = by * Math.min(2 / (x * x + y * y || 1), 1);
    return { x: here.x + x * scale, y: here.y + y * scale };
}

/** Of length one, to the right on the screen. @param {Spot} a @param {Spot} b @returns {Spot | null} */
function normal(a, b) {
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    return length > 0 ? { x: -(b.y - a.y) / length, y: (b.x - a.x) / length } : null;
}

/** @param {Spot} spot @param {Spot[]} line @param {number} near */
function tooNear(spot, line, near) {
    return line.some((b, i) => i > 0 && squareTo(spot, /** @type {Spot} */ (line[i - 1]), b) < near * near);
}

/** The square of the distance to a segment. @param {Spot} p @param {Spot} a @param {Spot} b */
function squareTo(p, a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const share = Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return (p.x - a.x - share * dx) ** 2 + (p.y - a.y - share * dy) ** 2;
}
