/**
 * Whether a geometry touches a box, decided exactly, as the server's store decides it (GEOS, `intersects`): edges
 * and corners count, a zone holds what lies within it but for its holes. tests/shared/intersection_cases.json holds both to it.
 */

import { linesOf, listsIn, partsOf, pointsOf } from "../draw/geometry.js";

/** @typedef {GeoJSON.Position} Position */
/** @typedef {[number, number, number, number]} Box west, south, east, north */

/**
 * @param {GeoJSON.Geometry | null} geometry
 * @param {Box} box
 */
export function touches(geometry, box) {
    return pointsOf(geometry).some((here) => isIn(box, here))
        || linesOf(geometry).flatMap(listsIn).some((course) => crosses(course, box))
        || zonesOf(geometry).some((rings) => rings.some((ring) => crosses(ring, box)) || holds(rings, [box[0], box[1]]));
}

/** Whether a zone of the geometry holds a position; what lies just on its edge may be told either way. @param {GeoJSON.Geometry | null} geometry @param {Position} here */
export function encloses(geometry, here) {
    return zonesOf(geometry).some((rings) => holds(rings, here));
}

/** The rings of each polygon. @param {GeoJSON.Geometry | null} geometry @returns {Position[][][]} */
function zonesOf(geometry) {
    return partsOf(geometry).flatMap((part) => {
        if (part.type === "Polygon") return [part.coordinates];
        return part.type === "MultiPolygon" ? part.coordinates : [];
    });
}

/** @param {Box} box @param {Position} here */
function isIn([west, south, east, north], [lng = 0, lat = 0]) {
    return lng >= west && lng <= east && lat >= south && lat <= north;
}

/** Whether any stretch of a course touches the box. @param {Position[]} course @param {Box} box */
function crosses(course, box) {
    return course.some((here, i) => isIn(box, here) || (i > 0 && cuts(/** @type {Position} */ (course[i - 1]), here, box)));
}

/** Whether a stretch with both ends outside cuts the box: it passes it, and corners lie on both sides. @param {Position} a @param {Position} b @param {Box} box */
function cuts(a, b, [west, south, east, north]) {
    const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [a, b];
    if (Math.max(x1, x2) < west || Math.min(x1, x2) > east || Math.max(y1, y2) < south || Math.min(y1, y2) > north) return false;
    const sides = [[west, south], [east, south], [east, north], [west, north]].map((corner) => side(a, b, corner));
    return !(sides.every((one) => one > 0) || sides.every((one) => one < 0));
}

/** Whether a position lies within the rings of one polygon, and not in a hole of it (even-odd). @param {Position[][]} rings @param {Position} here */
function holds(rings, here) {
    const [, lat = 0] = here;
    const crossed = (/** @type {Position[]} */ ring) => ring.slice(1).filter((to, i) => {
        const from = /** @type {Position} */ (ring[i]);
        const rises = (to[1] ?? 0) > lat;
        if ((from[1] ?? 0) > lat === rises) return false;
        return side(from, to, here) > 0 === rises;
    }).length;
    return rings.reduce((sum, ring) => sum + crossed(ring), 0) % 2 === 1;
}

/** What rounding can do to the sum below, as a share of its terms (Shewchuk 1997). */
const DOUBT = 3.3306690738754716e-16;

/** On which side of the line from a to b a position lies: above 0 to the left, 0 upon it; exactly. @param {Position} a @param {Position} b @param {Position} c */
function side([ax = 0, ay = 0], [bx = 0, by = 0], [cx = 0, cy = 0]) {
    const [left, right] = [(ax - cx) * (by - cy), (ay - cy) * (bx - cx)];
    const found = left - right;
    if (Math.abs(found) > DOUBT * (Math.abs(left) + Math.abs(right))) return found;
    const [p, q, r, s, t, u] = /** @type {[bigint, bigint, bigint, bigint, bigint, bigint]} */ ([ax, ay, bx, by, cx, cy].map(whole));
    const exact = (p - t) * (s - u) - (q - u) * (r - t);
    return exact > 0n ? 1 : Number(-(exact < 0n));
}

/** A number of degrees in units so small that any with a millionth or more is a whole number of them. @param {number} degrees */
function whole(degrees) {
    return BigInt(Math.round(degrees * 2 ** 80));
}
