/**
 * What a map begins with: of a view that chooses nothing, the items the pack shows first, until the reader chooses,
 * turns to an item, comes closer, or asks for all. app/selection/overview.py says the same. Pure.
 */

import { select } from "./selection.js";
import { vocabularyOf } from "./state.js";
import { CHOICES, parse } from "./url.js";

/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Selection} Selection */

/** Of the width of the pack's frame: a window narrower than that shows all that lies in it. */
const CLOSE = 0.5;

/** @param {import("./types.d.ts").Pack} pack @param {import("./types.d.ts").Catalogue} catalogue */
export function createOverview(pack, catalogue) {
    const start = pack.start ? parse(pack.start.view, vocabularyOf(pack)).view : null;
    /** What it chooses of the items that are there by now. @type {{ items: unknown, selection: Selection } | null} */
    let first = null;
    let without = "";
    const begins = (/** @type {View} */ view) => start !== null && !view.all && !chooses(view);
    const applies = (/** @type {View} */ view) => begins(view) && !view.focus && !isClose(view.bbox, pack.frame);
    return {
        /** Whether a reader has neither chosen nor asked for all. */
        begins,
        /** Whether a map of the view is only a beginning. */
        applies,
        /** The selection with what a map shows of it. @param {Selection} selection @param {View} view @returns {Selection} */
        of(selection, view) {
            if (!start || !applies(view)) return selection;
            const hidden = view.hidden.join();
            if (first?.items !== catalogue.items || without !== hidden) {
                first = { items: catalogue.items, selection: select(catalogue, { ...start, hidden: view.hidden }, null) };
                without = hidden;
            }
            // Counts are of all: the chips beside the map and the tints on it say the same.
            return { ...selection, begins: true, drawn: { ...first.selection, counts: selection.counts, categories: selection.categories } };
        },
    };
}

/** Whether a view leaves any item out. @param {View} view */
function chooses(view) {
    return CHOICES.some((name) => name !== "place" && Boolean(view[name]?.length));
}

/** @param {View["bbox"]} box @param {[number, number, number, number]} frame */
function isClose(box, frame) {
    return box !== null && box[2] - box[0] < CLOSE * (frame[2] - frame[0]);
}
