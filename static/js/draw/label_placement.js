/** Which labels may stand: the most important first, none on another, none on a symbol. */

/** @typedef {{ x: number, y: number, w: number, h: number }} Box left, top, width, height in pixels */

/**
 * A label may know other places where it could stand as well, and other forms: the first that is free is taken.
 * @template {Box & { priority: number, steps?: number[][], forms?: T[] }} T
 * @param {T[]} labels a smaller priority goes first; equals keep their order
 * @param {Box[]} obstacles
 * @param {Box} [room] what a label with other places must lie in wholly
 * @returns {T[]}
 */
export function placeLabels(labels, obstacles, room) {
    /** @type {Box[]} */
    const taken = [...obstacles];
    const order = [...labels].sort((a, b) => a.priority - b.priority);
    return order.flatMap((label) => {
        const free = [label, ...label.forms ?? []].flatMap(placesOf).find((place) => (!room || !label.steps || isWithinBox(place, room)) && !taken.some((box) => overlap(place, box)));
        if (!free) return [];
        taken.push(free);
        return [free];
    });
}

/** Where a label could stand. @template {Box & { steps?: number[][] }} T @param {T} label @returns {T[]} */
function placesOf(label) {
    return (label.steps ?? [[0, 0]]).map(([dx = 0, dy = 0]) => (dx || dy ? { ...label, x: label.x + dx, y: label.y + dy } : label));
}

/** The area two boxes have in common, in pixels. @param {Box} a @param {Box} b */
export function sharedArea(a, b) {
    const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
    const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
    return Math.max(0, w) * Math.max(0, h);
}

/** Whether a box lies wholly in another. @param {Box} a @param {Box} b */
export function isWithinBox(a, b) {
    return a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
}

/** @param {Box} a @param {Box} b */
export function overlap(a, b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** How much larger than usual names are written. */
let scale = 1;

/** Reads it where the style sheets say it. @param {Element} map */
export function scaleType(map) {
    scale = Number(getComputedStyle(map).getPropertyValue("--label")) || 1;
}

/** A size of type, as it is written now. @param {number} size in pixels */
export function scaledSize(size) {
    return size * scale;
}

/**
 * The width of a text without asking the browser: Han characters are as wide as the type is high,
 * Latin ones a little over half.
 * @param {string} text
 * @param {number} size of the type where it is as usual, in pixels
 */
export function widthOf(text, size) {
    let width = 0;
    for (const character of text) width += scaledSize(character > "\u2e80" ? size : size * 0.56);
    return Math.ceil(width);
}
