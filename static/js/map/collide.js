/** Which labels may stand: the most important first, none on another, none on a symbol. */

/** @typedef {{ x: number, y: number, w: number, h: number }} Box left, top, width, height in pixels */

/**
 * @template {Box & { priority: number }} T
 * @param {T[]} labels a smaller priority goes first; equals keep their order
 * @param {Box[]} obstacles
 * @returns {T[]}
 */
export function settle(labels, obstacles) {
    /** @type {Box[]} */
    const taken = [...obstacles];
    const order = [...labels].sort((a, b) => a.priority - b.priority);
    return order.filter((label) => {
        if (taken.some((box) => overlap(label, box))) return false;
        taken.push(label);
        return true;
    });
}

/** @param {Box} a @param {Box} b */
export function overlap(a, b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/**
 * The width of a text without asking the browser: Han characters are as wide as the type is high,
 * Latin ones a little over half.
 * @param {string} text
 * @param {number} size of the type, in pixels
 */
export function widthOf(text, size) {
    let width = 0;
    for (const character of text) width += character > "\u2e80" ? size : size * 0.56;
    return Math.ceil(width);
}
