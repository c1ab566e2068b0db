/** The keys of what is drawn: only what is on the map now, of what status, and how well it is placed. */

import { html } from "../../io/html.js";
import { distance, number, pick, t } from "../i18n.js";
import { diagramKey, inDiagram, diagramKindOf, KINDS } from "../../draw/structure_diagram.js";
import { linePartsOf } from "../../draw/bundles.js";
import { certaintyOf, familySymbol, statusSymbol, symbol, WITHIN_M } from "../../draw/symbols.js";

/** @typedef {import("../types.d.ts").Item} Item */
/** @typedef {import("../types.d.ts").Selection} Selection */

/** More layers than this are told by family: the tree beside the map tells them apart. */
const MOST_LAYERS = 7;
/** Kinds of the diagram of which each item has a key of its own. */
const BY_ITEM = ["route", "base"];
const DRAWN = ["pin", "disc", "circle", "schematic", "wide"];

/** @param {import("../types.d.ts").Catalogue} catalogue @param {import("../types.d.ts").Layer[]} layers */
function families(catalogue, layers) {
    const held = new Set(layers.map((layer) => layer.family));
    return [...catalogue.families.values()].filter((family) => held.has(family.id)).map((family) =>
        html`<li>${familySymbol(family)}<span>${pick(family, "title")}</span></li>`);
}

/**
 * What is drawn, of what status and how well it is placed; while counties are counted all of it steps back.
 * @param {{ pack: import("../types.d.ts").Pack, catalogue: import("../types.d.ts").Catalogue, state: { view: import("../types.d.ts").View } }} page
 * @param {Pick<Selection, "items"> & Partial<Selection>} selection @param {unknown} [beside] the title of the statuses
 */
export function drawnKeys({ pack, catalogue, state: { view } }, selection, beside) {
    const { items } = selection;
    const held = new Set(items.filter((item) => item.geometry).map((item) => item.layer));
    const layers = catalogue.used.filter((layer) => held.has(layer.id));
    if (selection.cells) return html`<ul class="legend-layers">${families(catalogue, catalogue.used.filter((layer) => selection.counts?.layer.has(layer.id)))}</ul>`;
    if (items.length === 0) return null;
    return html`<ul class="legend-layers">${layers.length > MOST_LAYERS ? families(catalogue, layers) : layers.map((layer) =>
        html`<li>${symbol(layer, catalogue.families.get(layer.family))}<span>${pick(layer, "title")}</span></li>`)}</ul>
        ${layers.length === 1 && layers[0] && html`${glyphKeys(layers[0], catalogue.families.get(layers[0].family), selection)}${lineKeys(layers[0], selection)}`}
        ${diagramKeys(selection, view)}
        ${counted("", pick(pack, "status_title"), pack.statuses.map(({ id }) => id), (item) => item.status, items, statusKey(pack, items), beside)}
        ${counted("is-long", t("legend.certainty"), DRAWN, certaintyOf, items,
            (id) => html`<span class="swatch is-${id}"></span><span>${t(`truth.${id}.legend`, { radius: distance(WITHIN_M[id] ?? WITHIN_M.disc) })}</span>`)}`;
}

/** The fill and the form of a status. @param {import("../types.d.ts").Pack} pack @param {Item[]} items */
function statusKey({ statuses }, items) {
    const lines = items.some((item) => item.geometry?.type.endsWith("LineString"));
    return (/** @type {string} */ id) => html`${statusSymbol(id)}${lines && html`<svg class="line-key tint-mixed" viewBox="0 0 22 14" aria-hidden="true">
        ${linePartsOf("", id).slice(1).map((part) => html`<path class="line-${part} status-${id}" d="M1 7H21"/>`)}</svg>`}
        <span>${pick(statuses.find((one) => one.id === id), "title")}</span>`;
}

/** A key for each value that some item has, and of how many. @param {string} look @param {string} title @param {string[]} ids @param {(item: Item) => string} of @param {Item[]} items @param {(id: string) => import("../../io/html.js").Markup} key @param {unknown} [beside] the title */
function counted(look, title, ids, of, items, key, beside) {
    const rows = ids.map((id) => ({ id, n: items.filter((item) => of(item) === id).length })).filter(({ n }) => n > 0);
    return rows.length > 0 && html`<ul class="legend-truths ${look}" aria-label="${title}"><li class="legend-title"><span>${title}</span>${beside}</li>
        ${rows.map(({ id, n }) => html`<li>${key(id)}<small>${number(n)}</small></li>`)}</ul>`;
}

/**
 * The categories of the only layer that glyphs tell apart, of what stands at places.
 * @param {import("../types.d.ts").Layer} layer @param {import("../types.d.ts").Family | undefined} family @param {Pick<Selection, "items">} selection
 */
function glyphKeys(layer, family, { items }) {
    const placed = items.filter((item) => item.geometry?.type.endsWith("Point") && !diagramKindOf(item));
    const keys = layer.categories.map((one) => ({ one, n: placed.filter((item) => item.category === one.id).length })).filter(({ n }) => n > 0);
    return keys.some(({ one }) => one.symbol) && html`<ul class="legend-truths">${keys.map(({ one, n }) => html`<li>
        ${symbol(layer, family, undefined, one.id)}<span>${pick(one, "title")}</span><small>${number(n)}</small></li>`)}</ul>`;
}

/** The categories of the only layer whose lines are told apart, and the others as one. @param {import("../types.d.ts").Layer} layer @param {Pick<Selection, "items">} selection */
function lineKeys(layer, { items }) {
    const drawn = new Set(items.filter((item) => item.geometry?.type.endsWith("LineString") && certaintyOf(item) !== "schematic").map((item) => item.category));
    const styled = layer.categories.filter((one) => one.line && drawn.has(one.id));
    if (styled.length === 0) return null;
    const plain = layer.categories.filter((one) => !one.line && drawn.has(one.id));
    const keys = [...styled.map((one) => ({ line: one.line, words: pick(one, "title") })),
        ...(plain.length ? [{ line: "", words: plain.map((one) => pick(one, "title")).join(t("comma")) }] : [])];
    return html`<ul class="legend-truths">${keys.map(({ line, words }) => html`<li><svg class="line-key layer-${layer.id}" viewBox="0 0 28 14"
        aria-hidden="true"><path d="M1 7H27"/>${line && html`<path class="line-${line}" d="M1 7H27"/>`}</svg><span>${words}</span></li>`)}</ul>`;
}

/** What the plan's own diagram is drawn with. @param {Pick<Selection, "items">} selection @param {import("../types.d.ts").View} view */
function diagramKeys({ items }, view) {
    const drawn = inDiagram(items, view);
    const keys = KINDS.flatMap((kind) => {
        const own = drawn.filter((item) => diagramKindOf(item) === kind);
        return (BY_ITEM.includes(kind) ? own : own.slice(0, 1)).map((item) => ({ kind, role: item.drawing?.role ?? 1,
            words: BY_ITEM.includes(kind) ? `${item.drawing?.number ?? ""} ${pick(item, "name")}` : t(`diagram.${kind}`) }));
    });
    return keys.length > 0 && html`<ul class="legend-truths diagram-keys ${keys.some(({ kind }) => BY_ITEM.includes(kind)) ? "is-long" : ""}">${keys.map(({ kind, role, words }) => html`<li>
        ${diagramKey(kind, role)}<span>${words}</span></li>`)}</ul>`;
}
