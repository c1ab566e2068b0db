/** Names along the bands of the plan's figures: each where its letters lie on nothing else. Loaded on use. */

import { isWithinBox, overlap } from "../../draw/label_placement.js";

/** @typedef {import("../../draw/label_placement.js").Box} Box */

/** Places to either side of the best one. */
const STEPS = 16;
/** A letter's cell reaches a little beyond it. */
const LETTER = 1.1;

/**
 * Sets each name at the first place along its guide that is free, smaller where need be; one without is taken away.
 * @param {SVGTextElement[]} texts the most important first @param {Box[]} obstacles @param {Box} room the part of the map that can be seen
 * @returns {{ shown: SVGTextElement[], boxes: Box[] }} with a box around each letter
 */
export function placeAlong(texts, obstacles, room) {
    const taken = [...obstacles];
    const shown = texts.filter((text) => {
        const guide = /** @type {unknown} */ (document.getElementById(text.dataset.guide ?? ""));
        if (!(guide instanceof SVGPathElement)) return false;
        // A focused item is brought to the front; names stay before it.
        guide.parentElement?.append(text);
        const free = (/** @type {Box} */ box) => isWithinBox(box, room) && !taken.some((other) => overlap(box, other));
        const found = placeIn(text, guide, false, free) ?? placeIn(text, guide, true, free);
        text.classList.toggle("is-away", !found);
        if (!found) return false;
        text.querySelector("textPath")?.setAttribute("startOffset", `${(100 * found.offset).toFixed(1)}%`);
        taken.push(...found.letters);
        return true;
    });
    return { shown, boxes: taken.slice(obstacles.length) };
}

/** The first free place in one of two sizes. @param {SVGTextElement} text @param {SVGPathElement} guide @param {boolean} small @param {(box: Box) => boolean} free */
function placeIn(text, guide, small, free) {
    text.classList.toggle("is-small", small);
    return offsetsOf(text, guide).map((offset) => ({ offset, letters: lettersAt(text, guide, offset) }))
        .find(({ letters }) => letters.every(free));
}

/** Where a name's middle may be, as shares of its guide: the best first. @param {SVGTextElement} text @param {SVGPathElement} guide */
function offsetsOf(text, guide) {
    const { share, offset } = text.dataset;
    const slack = (Math.min(1, Number(share)) - text.getComputedTextLength() / guide.getTotalLength()) / 2;
    if (slack < 0) return [];
    const nearest = Math.min(0.5 + slack, Math.max(0.5 - slack, Number(offset)));
    const steps = Array.from({ length: 2 * STEPS + 1 }, (_, i) => 0.5 + (slack * (i - STEPS)) / STEPS);
    return [nearest, ...steps.sort((a, b) => Math.abs(a - nearest) - Math.abs(b - nearest))];
}

/** A box around each letter. @param {SVGTextElement} text @param {SVGPathElement} guide @param {number} offset @returns {Box[]} */
function lettersAt(text, guide, offset) {
    const [count, length] = [text.getNumberOfChars(), text.getComputedTextLength()];
    const side = LETTER * parseFloat(getComputedStyle(text).fontSize);
    const middle = offset * guide.getTotalLength();
    return Array.from({ length: count }, (_, i) => {
        const { x, y } = guide.getPointAtLength(middle + length * ((i + 0.5) / count - 0.5));
        return { x: x - side / 2, y: y - side / 2, w: side, h: side };
    });
}
