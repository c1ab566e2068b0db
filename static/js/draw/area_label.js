/**
 * Where the name of an area stands: its whole box within the area, else beside it with a short leader line.
 * Pixels; no map. app/picture/map/area_labels.py does the same on paper, by the same cases:
 * tests/shared/area_label_cases.json.
 */

import { isWithin } from "./geometry.js";
import { isWithinBox, overlap } from "./label_placement.js";

/** @typedef {import("./label_placement.js").Box} Box */
/** @typedef {GeoJSON.Position} Position */
/** @typedef {{ rings: Position[][], edges: [Position, Position][], box: Box, islets: Position[][] }} Area */
/** @typedef {{ w: number, h: number }} Form a way to write the name, by its size */
/** @typedef {{ from: Position, to: Position }} Leader from the name to the area */
/** @typedef {{ box: Box, leader: Leader | null, form: Form }} Placed */

export const LEADER_PX = 20;
/** A leader shorter than this would not be seen. */
const GAP_PX = 4;
/** A box may not touch the border. */
const AIR_PX = 1;
const STEP_PX = 6;
/** A large area is looked through in larger steps: so many to a side at most. */
const STEPS_MOST = 36;

/** A part smaller than this is hardly seen: no name is led to it. */
const PART_PX = 8;

/** @param {Position[][]} all @returns {Area} */
export function areaOf(all) {
    const large = all.filter((ring) => [0, 1].some((axis) => {
        const along = ring.map((position) => position[axis] ?? 0);
        return Math.max(...along) - Math.min(...along) > PART_PX;
    }));
    const rings = large.length > 0 ? large : all;
    const edges = rings.flatMap((ring) => ring.slice(1).map((end, i) => /** @type {[Position, Position]} */ ([ring[i], end])));
    const [xs, ys] = [0, 1].map((axis) => rings.flatMap((ring) => ring.map((position) => position[axis] ?? 0)));
    const [x, y] = [Math.min(...xs ?? []), Math.min(...ys ?? [])];
    const islets = all.filter((ring) => !rings.includes(ring));
    return { rings, edges, islets, box: { x, y, w: Math.max(...xs ?? []) - x, h: Math.max(...ys ?? []) - y } };
}

/**
 * The first form that has room within the area, else beside it; and its place.
 * @param {Area} own
 * @param {Area[]} others what a name beside its area may not touch
 * @param {Position} anchor where the name stands best
 * @param {Form[]} forms best first
 * @param {Box[]} obstacles
 * @param {Box} room what can be seen
 * @returns {Placed | null}
 */
export function placeLabel(own, others, anchor, forms, obstacles, room) {
    const seen = obstacles.filter((other) => overlap(other, room));
    const free = (/** @type {Box} */ box) => isWithinBox(box, room) && !seen.some((other) => overlap(box, other));
    const apart = (/** @type {Box} */ box) => !others.some((area) => touches(area, box) || area.islets.some((ring) => covers(box, ring)));
    const within = (/** @type {Form} */ form) => {
        /** @type {Placed | undefined} */
        let shared;
        for (const box of candidates(own.box, room, form, anchor)) {
            if (!free(box) || !holds(own, box)) continue;
            // Zones may overlap: where only one of them is, the name is its own.
            if (apart(box)) return { box, leader: null, form };
            shared ??= { box, leader: null, form };
        }
        return shared;
    };
    const beside = (/** @type {Form} */ form) => {
        for (const box of candidates(grownBy(own.box, LEADER_PX + Math.max(form.w, form.h)), room, form, anchor)) {
            if (!free(box) || touches(own, box) || !apart(box)) continue;
            const leader = leaderTo(own, box);
            if (leader) return { box, leader, form };
        }
        return undefined;
    };
    for (const way of [within, beside]) {
        for (const form of forms) {
            const placed = way(form);
            if (placed) return placed;
        }
    }
    return null;
}

/** Whether a box lies wholly within an area. @param {Area} area @param {Box} box */
export function holds(area, box) {
    const wide = grownBy(box, AIR_PX);
    return isWithin(area.rings, [box.x + box.w / 2, box.y + box.h / 2]) && !area.edges.some((edge) => meets(edge, wide));
}

/** Whether a box and an area have anything in common. @param {Area} area @param {Box} box */
export function touches(area, box) {
    if (!overlap(area.box, box)) return false;
    return isWithin(area.rings, [box.x + box.w / 2, box.y + box.h / 2]) || area.edges.some((edge) => meets(edge, box));
}

/** Whether a box lies on a part that is hardly seen. @param {Box} box @param {Position[]} ring */
function covers({ x, y, w, h }, ring) {
    return ring.some(([px = 0, py = 0]) => px > x && px < x + w && py > y && py < y + h);
}

/** Boxes of a size over an area, the nearest to its anchor first. @param {Box} area @param {Box} room @param {Form} size @param {Position} anchor @returns {Box[]} */
function candidates(area, room, { w, h }, [ax = 0, ay = 0]) {
    const [left, top] = [Math.max(area.x, room.x), Math.max(area.y, room.y)];
    const [wide, high] = [Math.min(area.x + area.w, room.x + room.w) - left - w, Math.min(area.y + area.h, room.y + room.h) - top - h];
    if (wide < 0 || high < 0) return [];
    const [dx, dy] = [wide, high].map((length) => Math.max(STEP_PX, length / STEPS_MOST));
    const inView = ax > left && ax < left + wide + w && ay > top && ay < top + high + h;
    const [mx, my] = inView ? [ax - w / 2, ay - h / 2] : [left + wide / 2, top + high / 2];
    const xs = stepsAbout(mx, left, left + wide, dx ?? STEP_PX);
    const ys = stepsAbout(my, top, top + high, dy ?? STEP_PX);
    return ys.flatMap((y) => xs.map((x) => ({ box: { x, y, w, h }, away: Math.hypot(x - mx, y - my) })))
        .sort((a, b) => a.away - b.away).map(({ box }) => box);
}

/** Numbers from least to most, one of them the middle where it lies between. @param {number} middle @param {number} least @param {number} most @param {number} step */
function stepsAbout(middle, least, most, step) {
    const first = Math.ceil((least - middle) / step);
    return Array.from({ length: Math.max(0, Math.floor((most - middle) / step) - first + 1) }, (_, i) => middle + (first + i) * step);
}

/** The shortest line from a box to an area, where it is neither too long nor too short. @param {Area} area @param {Box} box @returns {Leader | null} */
function leaderTo({ edges }, box) {
    let [least, leader] = [LEADER_PX, /** @type {Leader | null} */ (null)];
    const near = grownBy(box, LEADER_PX);
    for (const edge of edges) {
        if (!meets(edge, near)) continue;
        for (const [to, from] of pairsOf(edge, box)) {
            const away = Math.hypot((to[0] ?? 0) - (from[0] ?? 0), (to[1] ?? 0) - (from[1] ?? 0));
            if (away < least) [least, leader] = [away, { from, to }];
        }
    }
    return least < GAP_PX ? null : leader;
}

/** The ends of an edge with the box's nearest positions, the box's corners with the edge's. @param {[Position, Position]} edge @param {Box} box @returns {[Position, Position][]} */
function pairsOf(edge, { x, y, w, h }) {
    const inBox = (/** @type {Position} */ [px = 0, py = 0]) => [Math.min(x + w, Math.max(x, px)), Math.min(y + h, Math.max(y, py))];
    const corners = [[x, y], [x + w, y], [x, y + h], [x + w, y + h]];
    return [...edge.map((end) => /** @type {[Position, Position]} */ ([end, inBox(end)])),
        ...corners.map((corner) => /** @type {[Position, Position]} */ ([onEdge(edge, corner), corner]))];
}

/** The position of an edge nearest to another. @param {[Position, Position]} edge @param {Position} position @returns {Position} */
function onEdge([[ax = 0, ay = 0], [bx = 0, by = 0]], [x = 0, y = 0]) {
    const [dx, dy] = [bx - ax, by - ay];
    const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    return [ax + share * dx, ay + share * dy];
}

/** Whether an edge runs through a box. Most edges of an outline are far from a name: they are told at once. @param {[Position, Position]} edge @param {Box} box */
function meets([[ax = 0, ay = 0], [bx = 0, by = 0]], box) {
    const { x, y, w, h } = box;
    return Math.max(ax, bx) >= x && Math.min(ax, bx) <= x + w && Math.max(ay, by) >= y && Math.min(ay, by) <= y + h
        && crosses(ax, ay, bx - ax, by - ay, box);
}

/** Clipped to the box, something of the edge is left (Liang–Barsky). @param {number} ax @param {number} ay @param {number} dx @param {number} dy @param {Box} box */
function crosses(ax, ay, dx, dy, { x, y, w, h }) {
    let [first, last] = [0, 1];
    for (const [way, room] of /** @type {[number, number][]} */ ([[-dx, ax - x], [dx, x + w - ax], [-dy, ay - y], [dy, y + h - ay]])) {
        if (way === 0 && room < 0) return false;
        if (way < 0) first = Math.max(first, room / way);
        if (way > 0) last = Math.min(last, room / way);
    }
    return first <= last;
}

/** @param {Box} box @param {number} by @returns {Box} */
function grownBy({ x, y, w, h }, by) {
    return { x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by };
}

/** A name in one line, then in two and three of about the same length: broken between words, or between any two Han characters; no line begins with what ends a clause or a bracket. @param {string} name @returns {string[][]} */
export function brokenLines(name) {
    const parts = name.match(/[（《「『【]*[\u2e80-\uffef][、，。；：！？）》」』】]*|[^\s\u2e80-\uffef]+\s*/g) ?? [name];
    const forms = [1, 2, 3].filter((n) => n === 1 || name.length > n * 4).map((n) => {
        const lines = Array.from({ length: n }, () => "");
        let done = 0;
        for (const part of parts) {
            const line = Math.min(n - 1, Math.floor(((done + part.length / 2) * n) / name.length));
            lines[line] += part;
            done += part.length;
        }
        return lines.map((line) => line.trim()).filter(Boolean);
    });
    return forms;
}
