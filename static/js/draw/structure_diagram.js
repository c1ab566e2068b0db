/**
 * The plan's own drawing of its structure: an item whose layer says `diagram` is shown as that drawing
 * shows it, while its layer is looked at alone or the item is in hand. Pure; no page, no map.
 */

import { html } from "../io/html.js";
import drawings from "./glyphs.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {"core" | "subcore" | "belt" | "axis" | "centre" | "bay" | "cluster" | "zone" | "park" | "hub" | "base" | "route"} Kind */

/** Every kind, the most important first; geodata/README.md lists the same. */
export const KINDS = /** @type {readonly Kind[]} */ (Object.keys(drawings.diagram));

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
    return html`<svg class="diagram-key is-${kind} role-${role}" viewBox="0 0 28 18" aria-hidden="true"><path d="${drawings.diagram[kind]}"/></svg>`;
}
