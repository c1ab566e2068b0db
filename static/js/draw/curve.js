/** A smooth line with few bends through a detailed one, as a planner draws it. Pixels; no map. */

/** @typedef {{ x: number, y: number }} Spot */

/** Bends a drawn line may have between its ends. */
const BENDS = 3;

/**
 * Points at equal steps along a line.
 * @param {Spot[]} line
 * @param {number} n at least 2
 * @returns {Spot[]}
 */
export function sampled(line, n) {
    const reach = [0];
    for (let i = 1; i < line.length; i += 1) reach.push((reach[i - 1] ?? 0) + away(line[i - 1], line[i]));
    const whole = reach[reach.length - 1] ?? 0;
    return Array.from({ length: n }, (_, k) => at(line, reach, (whole * k) / (n - 1)));
}

/** @param {Spot[]} line @param {number[]} reach @param {number} distance */
function at(line, reach, distance) {
    const i = Math.max(1, reach.findIndex((one) => one >= distance));
    const [a, b] = [line[i - 1] ?? { x: 0, y: 0 }, line[i] ?? line[i - 1] ?? { x: 0, y: 0 }];
    const span = (reach[i] ?? 0) - (reach[i - 1] ?? 0);
    const share = span ? (distance - (reach[i - 1] ?? 0)) / span : 0;
    return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

/** @param {Spot | undefined} a @param {Spot | undefined} b */
export function away(a, b) {
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Infinity;
}

/**
 * One line through several that run beside each other: the mean of them at each step.
 * @param {Spot[][]} lines
 * @returns {Spot[]}
 */
export function middle(lines) {
    const [first] = lines;
    if (!first) return [];
    const n = BENDS + 2;
    const alike = lines.map((line) => sampled(turned(line, first), n));
    return Array.from({ length: n }, (_, k) => ({
        x: mean(alike.map((line) => line[k]?.x ?? 0)),
        y: mean(alike.map((line) => line[k]?.y ?? 0)),
    }));
}

/** The line, running the same way as another. @param {Spot[]} line @param {Spot[]} other */
function turned(line, other) {
    return away(line[0], other[0]) <= away(line[line.length - 1], other[0]) ? line : [...line].reverse();
}

/** @param {number[]} numbers */
function mean(numbers) {
    return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** Steps between two bends: fine enough that no corner is seen. */
const STEPS = 12;

/**
 * The points of a line without corners through some points (Catmull–Rom).
 * @param {Spot[]} points
 * @returns {Spot[]}
 */
export function smooth(points) {
    const one = (/** @type {number} */ i) => /** @type {Spot} */ (points[Math.max(0, Math.min(points.length - 1, i))]);
    const between = points.slice(1).flatMap((_, i) => {
        const [a, b, c, d] = [one(i - 1), one(i), one(i + 1), one(i + 2)];
        return Array.from({ length: STEPS }, (__, k) => {
            const s = (k + 1) / STEPS;
            return { x: along(a.x, b.x, c.x, d.x, s), y: along(a.y, b.y, c.y, d.y, s) };
        });
    });
    return [one(0), ...between];
}

/** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} s from b (0) to c (1) */
function along(a, b, c, d, s) {
    return 0.5 * (2 * b + (c - a) * s + (2 * a - 5 * b + 4 * c - d) * s ** 2 + (3 * b - a - 3 * c + d) * s ** 3);
}
