/** GeoJSON split into what is drawn as points and what as paths. lng, lat throughout. */

/** @typedef {GeoJSON.Position} Position */

/** @param {GeoJSON.Geometry | null} geometry @returns {GeoJSON.Geometry[]} */
export function partsOf(geometry) {
    if (!geometry) return [];
    return geometry.type === "GeometryCollection" ? geometry.geometries.flatMap(partsOf) : [geometry];
}

/** @param {GeoJSON.Geometry | null} geometry @returns {Position[]} */
export function pointsOf(geometry) {
    return partsOf(geometry).flatMap((part) => {
        if (part.type === "Point") return [part.coordinates];
        return part.type === "MultiPoint" ? part.coordinates : [];
    });
}

/** @param {GeoJSON.Geometry | null} geometry */
export function linesOf(geometry) {
    return partsOf(geometry).filter((part) => part.type === "LineString" || part.type === "MultiLineString");
}

/** @param {GeoJSON.Geometry | null} geometry */
export function areasOf(geometry) {
    return partsOf(geometry).filter((part) => part.type === "Polygon" || part.type === "MultiPolygon");
}

/** Every position of a geometry, in no particular order. @param {GeoJSON.Geometry | null} geometry */
export function positionsOf(geometry) {
    /** @type {Position[]} */
    const found = [];
    for (const part of partsOf(geometry)) {
        if (part.type !== "GeometryCollection") gather(part.coordinates, found);
    }
    return found;
}

/** Every list of positions in a line or zone, however deep. @param {GeoJSON.Geometry} part @returns {Position[][]} */
export function listsIn(part) {
    const dig = (/** @type {any} */ list) => (typeof list[0][0] === "number" ? [list] : list.flatMap(dig));
    return part.type === "GeometryCollection" ? [] : dig(part.coordinates);
}

/** Whether a position lies within the rings of a zone, and not in a hole of it (even-odd). @param {Position[][]} rings @param {Position} here */
export function isWithin(rings, [lng = 0, lat = 0]) {
    let inside = false;
    for (const ring of rings) {
        let [x1 = 0, y1 = 0] = ring[0] ?? [];
        for (const [x2 = 0, y2 = 0] of ring) {
            if ((y1 > lat) !== (y2 > lat) && lng < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
            [x1, y1] = [x2, y2];
        }
    }
    return inside;
}

/** @param {any} coordinates @param {Position[]} found */
function gather(coordinates, found) {
    if (typeof coordinates[0] === "number") found.push(coordinates);
    else for (const inner of coordinates) gather(inner, found);
}

/**
 * west, south, east, north.
 * @param {Position[]} positions
 * @returns {[number, number, number, number] | null}
 */
export function boxOf(positions) {
    if (positions.length === 0) return null;
    const lngs = positions.map((one) => one[0] ?? 0);
    const lats = positions.map((one) => one[1] ?? 0);
    return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** Metres of one degree of latitude on the mean sphere. */
const DEGREE_M = 111_195;

/**
 * The box grown by so many metres on each side.
 * @param {[number, number, number, number]} box
 * @param {number} metres
 * @returns {[number, number, number, number]}
 */
export function grown([west, south, east, north], metres) {
    const lat = metres / DEGREE_M;
    const lng = lat / Math.cos(((south + north) / 2) * (Math.PI / 180));
    return [west - lng, south - lat, east + lng, north + lat];
}
