/**
 * The plan's own drawing of its structure: an item whose layer says `diagram` is shown as that drawing
 * shows it, while its layer is looked at alone or the item is in hand. Pure; no page, no map.
 */

import { html } from "../io/html.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {"core" | "subcore" | "belt" | "axis" | "centre" | "bay" | "cluster" | "zone" | "park" | "hub" | "base" | "route"} Kind */

/** Every kind, the most important first; geodata/README.md lists the same. */
export const KINDS = /** @type {readonly Kind[]} */ (["core", "subcore", "belt", "axis", "centre", "bay", "cluster", "zone", "park", "hub", "base", "route"]);

/** A small drawing of each kind, for the legend: in a 28 × 18 field. @type {Record<Kind, string>} */
const KEYS = {
    core: "M14 2a7 7 0 1 0 0 14a7 7 0 1 0 0-14M14 5.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
    subcore: "M14 3a6 6 0 1 0 0 12a6 6 0 1 0 0-12",
    belt: "M3 13C9 13 14 5 25 5",
    axis: "M3 9H17M17 3.5 25 9 17 14.5z",
    centre: "M14 4.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9",
    bay: "M3 5C6 15 22 15 25 5",
    cluster: "M14 2a7 7 0 1 0 0 14a7 7 0 1 0 0-14",
    zone: "M8 2H20a6 6 0 0 1 6 6v2a6 6 0 0 1-6 6H8a6 6 0 0 1-6-6V8a6 6 0 0 1 6-6z",
    park: "M14 1.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15",
    hub: "M14 2a7 7 0 1 0 0 14a7 7 0 1 0 0-14",
    base: "M14 3a6 6 0 1 0 0 12a6 6 0 1 0 0-12",
    route: "M3 9H25M6 5.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M22 5.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
};

/** @param {Item} item @returns {Kind | null} */
export function diagramKindOf(item) {
    const kind = /** @type {Kind} */ (item.diagram);
    return KINDS.includes(kind) && (item.drawing ?? item.geometry) ? kind : null;
}

/**
 * The items to be drawn so.
 * @param {Item[]} items shown
 * @param {View} view
 * @returns {Item[]}
 */
export function inDiagram(items, view) {
    const alone = view.layer.length === 1;
    return items.filter((item) => diagramKindOf(item) && (alone || item.id === view.focus));
}

/** @param {Kind} kind @param {number} role whose hue it has */
export function diagramKey(kind, role) {
    return html`<svg class="diagram-key is-${kind} role-${role}" viewBox="0 0 28 18" aria-hidden="true"><path d="${KEYS[kind]}"/></svg>`;
}
