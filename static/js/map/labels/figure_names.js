/** Names of the plan's own figures: cores first, zones within their zone; none on another. Loaded on use. */

import { brokenLines, placeLabel, touches } from "../../draw/area_label.js";
import { isWithinBox, overlap, sharedArea } from "../../draw/label_placement.js";
import { KINDS } from "../../draw/structure_diagram.js";
import { pick } from "../../core/i18n.js";
import { addKinds, block } from "./labels.js";

/** @typedef {import("../../draw/label_placement.js").Box} Box */
/** @typedef {import("../../draw/area_label.js").Area} Area */
/** @typedef {import("../../draw/structure_diagram.js").Kind} Kind */
/** @typedef {import("./labels.js").Label} Label */
/**
 * @typedef {{ item: import("../../core/types.d.ts").Item, kind: Kind, radius: number, boxes: Box[], spots: { x: number, y: number }[], area: Area | null }} Figure
 *     `boxes` are what its rings cover
 */

addKinds({
    "ring-core": { size: 16, priority: 0 },
    "ring-subcore": { size: 16, priority: 0 },
    "ring-centre": { size: 14, priority: 0 },
    "ring-cluster": { size: 14, priority: 0 },
    "ring-zone": { size: 14, priority: 0 },
});

/** Farther out only cores are named: quarters of a town are too near each other. */
const NEAR_ZOOM = 9.75;
const CORES = ["core", "subcore"];
const BANDS = ["belt", "axis", "bay"];
const FAR_KINDS = [...CORES, "belt", "zone", "park", "hub", "route"];

/**
 * Each name where there is room, the most important first; and all that is covered then.
 * @param {import("leaflet").Map} map
 * @param {Figure[]} figures
 * @param {Box[]} obstacles
 * @param {Box} room the part of the map that can be seen
 */
export function figureNames(map, figures, obstacles, room) {
    const taken = [...obstacles, ...figures.flatMap(({ boxes }) => boxes)];
    const areas = figures.flatMap(({ area }) => area ?? []);
    const named = figures.filter(({ kind }) => map.getZoom() >= NEAR_ZOOM || FAR_KINDS.includes(kind))
        .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
    const placed = named.flatMap((figure) => {
        const others = areas.filter((area) => area !== figure.area);
        const found = figure.kind === "zone" && figure.area ? inZone(figure, figure.area, others, taken, room)
            : aboutSpots(figure, others, taken, room);
        taken.push(...found.map(({ label }) => label));
        return found;
    });
    return { placed, taken };
}

/** In one line or several. @param {Figure} figure */
function formsOf({ item, kind }) {
    return brokenLines(pick(item, "name")).map((lines) => block(lines, `ring-${kind}`));
}

/** @param {Figure} figure @param {Area} area @param {Area[]} others @param {Box[]} taken @param {Box} room */
function inZone(figure, area, others, taken, room) {
    const { x, y, w, h } = area.box;
    const placed = placeLabel(area, others, [x + w / 2, y + h / 2], formsOf(figure), taken, room);
    return placed ? [{ label: /** @type {Label} */ ({ ...placed.form, ...placed.box }), leader: placed.leader }] : [];
}

/** Directions in which a ring's name is tried: below, above, beside, then between those. In sixteenths of a turn. */
const WAYS = [4, 12, 8, 0, 6, 2, 10, 14, 5, 3, 11, 13, 7, 1, 9, 15];
const FARTHER_PX = [0, 20, 40, 60, 80];
const RING_GAP_PX = 12;
/** So many of its places are near to a ring: of those one on no zone is taken; a band is seen from farther. */
const NEAR_STEPS = 2 * WAYS.length;

/**
 * Around a ring, as near to it as there is room; never cut off by the edge. A core is named in any case, where it
 * hides least. An item of two places is named at the first wherever there is room.
 * @param {Figure} figure @param {Area[]} others @param {Box[]} taken @param {Box} room
 */
function aboutSpots({ spots, radius, ...figure }, others, taken, room) {
    const forms = formsOf({ spots, radius, ...figure });
    const tries = spots.flatMap(({ x, y }) => forms.flatMap((form) => stepsAbout(radius, form).map(([dx = 0, dy = 0], i) => (
        { near: i < NEAR_STEPS || BANDS.includes(figure.kind), label: { ...form, x: x + dx - form.w / 2, y: y + dy - form.h / 2 } }))))
        .filter(({ label }) => isWithinBox(label, room));
    const free = tries.filter(({ label }) => !taken.some((box) => overlap(label, box)));
    const apart = free.find(({ near, label }) => near && !others.some((area) => touches(area, label)));
    const [best] = [...apart ? [apart] : [], ...free, ...CORES.includes(figure.kind) ? leastHiding(tries, taken) : []];
    return best ? [{ label: best.label, leader: null }] : [];
}

/** @param {number} radius @param {Box} form */
function stepsAbout(radius, { w, h }) {
    if (radius === 0) return [[0, 0], [0, 16], [0, -16]];
    return FARTHER_PX.flatMap((more) => WAYS.map((way) => {
        const [cos, sin] = [Math.cos((way * Math.PI) / 8), Math.sin((way * Math.PI) / 8)];
        const far = radius + RING_GAP_PX + more;
        return [cos * (far + w / 2), sin * (far + Math.max(0, h / 2 - RING_GAP_PX))];
    }));
}

/** @template {{ label: Label }} T @param {T[]} tries @param {Box[]} taken */
function leastHiding(tries, taken) {
    return tries.map((one) => ({ one, hidden: taken.reduce((sum, box) => sum + sharedArea(one.label, box), 0) }))
        .sort((a, b) => a.hidden - b.hidden).slice(0, 1).map(({ one }) => one);
}
