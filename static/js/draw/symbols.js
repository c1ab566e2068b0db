/**
 * The plan's symbols: a shape per family, a small white glyph per layer. One drawing for the
 * markers, the tree, the list and the legend, so that what is seen in one is found in the others.
 */

import drawings from "./glyphs.js";
import { html } from "../io/html.js";

/** @typedef {import("../core/types.d.ts").Layer} Layer */
/** @typedef {import("../core/types.d.ts").Family} Family */

/** @type {Record<string, { d: string, y: number, scale: number }>} */
const SHAPES = drawings.shapes;

/** @type {Record<string, { fill?: string, line?: string }>} */
const GLYPHS = drawings.glyphs;

/**
 * @param {Layer} layer
 * @param {Family | undefined} family
 * @param {string} [truth] placed, estimated (hollow), wide (hatched), schematic or none (outlined)
 */
export function symbol(layer, family, truth = "placed") {
    const shape = SHAPES[family?.shape ?? "circle"] ?? SHAPES.circle;
    const glyph = GLYPHS[layer.symbol] ?? {};
    if (!shape) return html``;
    const place = `translate(14 ${shape.y}) scale(${shape.scale}) translate(-8 -8)`;
    return html`<svg class="symbol layer-${layer.id} is-${truth}" viewBox="0 0 28 28" aria-hidden="true">
        <path class="shape" d="${shape.d}"/><g class="glyph" transform="${place}">
        ${glyph.fill && html`<path class="fill" d="${glyph.fill}"/>`}
        ${glyph.line && html`<path class="line" d="${glyph.line}"/>`}</g></svg>`;
}

/** The bare shape, for a whole family. @param {Family} family */
export function familySymbol(family) {
    const shape = SHAPES[family.shape] ?? SHAPES.circle;
    return html`<svg class="symbol family-${family.id} is-placed" viewBox="0 0 28 28" aria-hidden="true">
        <path class="shape" d="${shape?.d}"/></svg>`;
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
