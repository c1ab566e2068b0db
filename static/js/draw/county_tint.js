/** Items per county as steps of one tint. Pure: the map and the legend take their steps from here. */

/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").Catalogue} Catalogue */
/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {{ tone(count: number): number, ranges: { from: number, to: number, tone: number }[] }} Scale */

/** More shades than this the eye cannot tell apart. */
const MOST_TONES = 5;
const ROUND = [1, 2, 5];

/**
 * Equal steps with round ends, as many as the largest count needs; nothing has tone 0.
 * @param {number[]} counts
 * @returns {Scale}
 */
export function scaleOf(counts) {
    const most = Math.max(0, ...counts);
    const step = roundUp(most / MOST_TONES);
    const tones = Math.ceil(most / step);
    return {
        tone: (count) => Math.ceil(count / step),
        ranges: Array.from({ length: tones }, (_, i) => ({ from: i * step + 1, to: (i + 1) * step, tone: i + 1 })),
    };
}

/** The next of 1, 2, 5, 10, 20, 50 … @param {number} value */
function roundUp(value) {
    for (let power = 1; ; power *= 10) {
        const found = ROUND.find((one) => one * power >= value);
        if (found) return found * power;
    }
}

/**
 * How many items each county has, given every other choice: a county chosen keeps the others' numbers.
 * @param {Pack} pack
 * @param {Selection} selection
 */
export function countyCounts(pack, selection) {
    return pack.counties.map((county) => ({ county, count: selection.counts.county.get(county.code) ?? 0 }));
}

/**
 * Whose colour the tint has: the one layer's or family's that is counted, else nobody's.
 * @param {Catalogue} catalogue
 * @param {View} view
 */
export function tintOf(catalogue, view) {
    const [layer, ...more] = view.layer;
    if (layer && more.length === 0) return `layer-${layer}`;
    const families = new Set(view.layer.map((id) => catalogue.layers.get(id)?.family));
    return families.size === 1 ? `family-${[...families][0]}` : "tint-all";
}
