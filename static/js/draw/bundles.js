/**
 * Lines that follow one course, as one: what they share is drawn once, each part with all that run over it.
 * Pure; no map. app/picture/map/bundles.py takes them together likewise.
 *
 *     a ────────────                 a ───┐
 *     b    ──────────────     →        a, b ────────┐
 *                                                 b ─────
 */

/** @typedef {{ ids: string[], lines: GeoJSON.Position[][] }} Bundle */

/**
 * Every segment once, with those that run over it, in the order given.
 * @param {{ id: string, lines: GeoJSON.Position[][] }[]} courses
 * @returns {Bundle[]}
 */
export function bundlesOf(courses) {
    /** @type {Map<string, string[]>} */
    const runs = new Map();
    for (const { id, lines } of courses) {
        for (const segment of new Set(lines.flatMap(segmentsOf))) runs.set(segment, [...runs.get(segment) ?? [], id]);
    }
    /** @type {Map<string, Bundle>} */
    const bundles = new Map();
    const drawn = new Set();
    for (const line of courses.flatMap(({ lines }) => lines)) {
        let before = "";
        segmentsOf(line).forEach((segment, i) => {
            const ids = runs.get(segment) ?? [];
            const key = drawn.has(segment) ? "" : ids.join();
            drawn.add(segment);
            if (key) {
                const bundle = bundles.get(key) ?? { ids, lines: [] };
                bundles.set(key, bundle);
                if (key !== before) bundle.lines.push([/** @type {GeoJSON.Position} */ (line[i])]);
                bundle.lines.at(-1)?.push(/** @type {GeoJSON.Position} */ (line[i + 1]));
            }
            before = key;
        });
    }
    return [...bundles.values()];
}

/** Each segment between two positions by a name of its own, whichever way it is run. @param {GeoJSON.Position[]} line */
function segmentsOf(line) {
    const names = line.map((position) => position.join());
    return names.slice(1).map((name, i) => [name, names[i]].sort().join(" "));
}

/**
 * What a line is made of, from the bottom up: a planned one is dashed, one to be upgraded has a double edge; a wide
 * pale band beneath says that the course is schematic.
 * @param {string} style @param {string} status
 */
export function linePartsOf(style, status) {
    if (style === "band") return ["band"];
    return ["casing", ...(status === "upgrade" ? ["edge", "gap"] : []), "core", ...(style ? [style] : [])];
}
