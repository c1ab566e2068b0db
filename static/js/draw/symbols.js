/**
 * The plan's symbols: a shape per family, a small white glyph per layer. One drawing for the
 * markers, the tree, the list and the legend, so that what is seen in one is found in the others.
 */

import drawings from "./glyphs.js";
import { html } from "../io/html.js";

/** @typedef {import("../core/types.d.ts").Layer} Layer */
/** @typedef {import("../core/types.d.ts").Family} Family */
/** @typedef {import("../core/types.d.ts").Item} Item */

/** @typedef {{ d: string, half: string, y: number, scale: number }} Shape */
/** @type {Record<string, Shape>} */
const SHAPES = drawings.shapes;

/** @type {Record<string, { fill?: string, line?: string }>} */
const GLYPHS = drawings.glyphs;

/** Of a shape with a double edge, how large the inner one is. */
const INNER = 0.78;

/**
 * Its fill says the status, its halo how far off the place may be; app/picture/scene/shapes.py draws the same.
 * @param {Layer} layer
 * @param {Family | undefined} family
 * @param {Item} [item] without one, as of something that stands
 * @param {string} [category] whose glyph it has without an item
 */
export function symbol(layer, family, item, category = item?.category) {
    const shape = shapeOf(family);
    const glyph = GLYPHS[glyphOf(layer, category)] ?? {};
    const status = item?.status;
    const scale = shape.scale * (status === "upgrade" ? INNER : 1);
    return drawing(item ? `${tintClass(item)} is-${certaintyOf(item)}` : `layer-${layer.id} is-pin`, shape, status, html`
        <g class="glyph" transform="translate(14 ${shape.y}) scale(${scale}) translate(-8 -8)">
        ${glyph.fill && html`<path class="fill" d="${glyph.fill}"/>`}
        ${glyph.line && html`<path class="line" d="${glyph.line}"/>`}</g>`);
}

/** @param {Family} [family] */
function shapeOf(family) {
    return /** @type {Shape} */ (SHAPES[family?.shape ?? "circle"] ?? SHAPES.circle);
}

/** The shape of a family on the ring of a cluster, upright, at so many hundredths of a turn. @param {Family} family @param {number} at */
export function familyMark(family, at) {
    const turn = at * 3.6;
    return html`<path class="arc-mark family-${family.id}" d="${shapeOf(family).d}"
        transform="rotate(${turn} 20 20) translate(36.5 20) rotate(${90 - turn}) scale(0.3) translate(-14 -14)"/>`;
}

/** The name of a category's glyph; of one that has none of its own, that of its layer. @param {Layer} layer @param {string} [category] */
export function glyphOf(layer, category) {
    const own = layer.categories.find((one) => one.id === category)?.symbol ?? "";
    return own in GLYPHS ? own : layer.symbol;
}

/** A shape filled as its status says. @param {string} look @param {Shape} shape @param {string} [status] @param {unknown} [glyph] */
function drawing(look, shape, status, glyph) {
    return html`<svg class="symbol ${look}" viewBox="0 0 28 28" aria-hidden="true"><path class="shape" d="${shape.d}"/>
        ${status === "building" && html`<path class="half" d="${shape.half}"/>`}
        ${status === "upgrade" && html`<path class="inner" d="${shape.d}" transform="translate(14 ${shape.y}) scale(${INNER}) translate(-14 -${shape.y})"/>`}
        ${glyph}</svg>`;
}

/** The fill of a status, whatever has it. @param {string} status */
export function statusSymbol(status) {
    return drawing(`tint-mixed status-${status}`, shapeOf(), status);
}

/** The bare shape, for a whole family. @param {Family} family */
export function familySymbol(family) {
    return drawing(`family-${family.id}`, shapeOf(family));
}

/**
 * The pack's colours as a style sheet of the page: .layer-x and .family-x carry --c. A sheet made by
 * script is allowed where a style attribute is not (Content-Security-Policy style-src).
 * @param {import("../core/types.d.ts").Pack} pack
 */
export function paint(pack) {
    const sheet = new CSSStyleSheet();
    const rule = (/** @type {string} */ name, /** @type {{ colour: string, colour_dark?: string }} */ { colour, colour_dark: dark }) =>
        `.${name}{--c:light-dark(${colour},${dark || `color-mix(in oklab,${colour},white 32%)`})}`;
    sheet.replaceSync([
        ...pack.layers.map((layer) => rule(`layer-${layer.id}`, layer)),
        ...pack.families.map((family) => rule(`family-${family.id}`, family)),
    ].join("\n"));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** What colours whatever is drawn of an item: the layer, or its status where colours say that. @param {Item} item */
export function tintClass({ layer, status }) {
    return `layer-${layer} status-${status}`;
}

/** How far off a place may be that is shown so; a circle is for what is farther off than a disc. */
export const WITHIN_M = /** @type {Record<string, number> & { disc: number }} */ ({ pin: 500, disc: 2000 });

/**
 * How an item stands on the map: what the reader must know before trusting a symbol. Of a place, how far off it may
 * be; what that rests on is on the card.
 * @param {Item} item
 * @returns {"none" | "wide" | "schematic" | "circle" | "disc" | "pin"}
 */
export function certaintyOf({ method, precision, uncertainty_m: metres }) {
    if (method === "none" || precision === "none") return "none";
    if (method === "counties") return "wide";
    if (precision === "schematic") return "schematic";
    return /** @type {"pin" | "disc"} */ (Object.keys(WITHIN_M).find((one) => (metres ?? 0) <= (WITHIN_M[one] ?? 0))) ?? "circle";
}
