/**
 * The plan's symbols: a shape per family, a small white glyph per layer. One drawing for the
 * markers, the tree, the list and the legend, so that what is seen in one is found in the others.
 */

import { html } from "./html.js";

/** @typedef {import("./types.d.ts").Layer} Layer */
/** @typedef {import("./types.d.ts").Family} Family */

/** A circle as a path: M left, two half arcs. @param {number} x @param {number} y @param {number} r */
const dot = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

/**
 * Outlines in a 28 × 28 field, with the middle and the scale of the glyph that stands in them
 * (a triangle's room is low and narrow).
 * @type {Record<string, { d: string, y: number, scale: number }>}
 */
const SHAPES = {
    square: { d: "M7 3h14a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H7a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z", y: 14, scale: 1 },
    circle: { d: dot(14, 14, 11.8), y: 14, scale: 0.98 },
    diamond: { d: "M14 1.2 26.8 14 14 26.8 1.2 14z", y: 14, scale: 0.82 },
    triangle: { d: "M14 1.8 27 25.2H1z", y: 17.6, scale: 0.74 },
    pentagon: { d: "M14 1.6 26.4 10.6 21.7 25.2H6.3L1.6 10.6z", y: 14.6, scale: 0.92 },
    hexagon: { d: "M14 1.2 25.1 7.6v12.8L14 26.8 2.9 20.4V7.6z", y: 14, scale: 0.94 },
};

/** Glyphs in a 16 × 16 field: what is filled and what is drawn. @type {Record<string, { fill?: string, line?: string }>} */
const GLYPHS = {
    factory: { fill: "M1.5 14V6.5L5.5 9V6.5L9.5 9V2.5h3.5L14.5 14z" },
    cog: {
        line: dot(8, 8, 3.1) + "M8 1.3v2.4M8 12.3v2.4M1.3 8h2.4M12.3 8h2.4"
            + "M3.3 3.3 5 5M11 11l1.7 1.7M12.7 3.3 11 5M5 11l-1.7 1.7",
    },
    bulb: { line: "M5.7 11.2C4.2 10.2 3.4 8.7 3.4 6.8a4.6 4.6 0 0 1 9.2 0c0 1.9-.8 3.4-2.3 4.4zM6 14.2h4" },
    box: { line: "M2.3 4.8 8 1.8l5.7 3v6.4L8 14.2l-5.7-3zM2.3 4.8 8 7.8l5.7-3M8 7.8v6.4" },
    globe: { line: dot(8, 8, 6.2) + "M1.8 8h12.4M8 1.8c3 3.2 3 9.2 0 12.4M8 1.8c-3 3.2-3 9.2 0 12.4" },
    wheat: {
        line: "M8 15V6",
        fill: "M8 5.8C5.8 5.6 4.9 4 5 1.6 7.3 2 8.2 3.5 8 5.8zm0 0c2.2-.2 3.1-1.8 3-4.2C8.7 2 7.8 3.5 8 5.8z"
            + "M8 10.8c-2.7-.1-3.8-1.7-3.7-4.3C7 6.8 8.2 8.4 8 10.8zm0 0c2.7-.1 3.8-1.7 3.7-4.3C9 6.8 7.8 8.4 8 10.8z",
    },
    leaf: { fill: "M2.5 12.3C1.9 5.5 6 2 14.2 1.8c.6 8-3.2 12.4-9 10.9L3.7 14.5 2.3 13.3z" },
    flower: { fill: dot(8, 3.9, 2.7) + dot(12.1, 8, 2.7) + dot(8, 12.1, 2.7) + dot(3.9, 8, 2.7) },
    mountain: { fill: "M.7 13.3 5.8 3.7l3 5.1 1.7-2.6 4.8 7.1z" },
    route: {
        line: "M4 13.2h5.2a2.5 2.5 0 0 0 0-5.1H6.8a2.5 2.5 0 0 1 0-5.1H12",
        fill: dot(3.2, 13.2, 1.9) + dot(12.8, 3, 1.9),
    },
    road: { line: "M5 1.8 2.3 14.2M11 1.8l2.7 12.4M8 2v2.2M8 6.7v2.4M8 11.6V14" },
    bolt: { fill: "M9.7.8 2.8 9.2h4.1L5.7 15.2l7.5-9H8.8z" },
    drop: { fill: "M8 1.2c3.2 4 4.8 6.3 4.8 8.5A4.7 4.7 0 0 1 8 14.5a4.7 4.7 0 0 1-4.8-4.8C3.2 7.5 4.8 5.2 8 1.2z" },
    axis: { line: "M8 8.5V3M8 8.5l5 4M8 8.5l-5 4", fill: dot(8, 2.6, 1.7) + dot(13.2, 12.7, 1.7) + dot(2.8, 12.7, 1.7) + dot(8, 8.5, 2.1) },
    crane: { line: "M5 14V2.6h8.7M5 2.6 2.3 6H5M2.8 14h4.5M12 2.6V7", fill: "M10.3 7h3.4v3h-3.4z" },
    tree: { fill: "M8 .8 3.4 6.5h2.2L2.3 11.2H7v3.9h2v-3.9h4.7L10.4 6.5h2.2z" },
    people: {
        fill: dot(5.3, 4.3, 2.2) + dot(11.2, 5.2, 1.8)
            + "M1.2 13.6c0-3.5 1.5-5.9 4.1-5.9s4.1 2.4 4.1 5.9z"
            + "M10.7 13.6h4.1c0-3-1.3-5.2-3.6-5.2-.7 0-1.3.2-1.8.6.9 1.2 1.3 2.8 1.3 4.6z",
    },
};

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

export const SYMBOL_NAMES = Object.keys(GLYPHS);
export const SHAPE_NAMES = Object.keys(SHAPES);

/**
 * The pack's colours as a style sheet of the page: .layer-x and .family-x carry --c. A sheet made by
 * script is allowed where a style attribute is not (Content-Security-Policy style-src).
 * @param {import("./types.d.ts").Pack} pack
 */
export function paint(pack) {
    const sheet = new CSSStyleSheet();
    const rule = (/** @type {string} */ name, /** @type {string} */ colour) =>
        `.${name}{--c:light-dark(${colour},color-mix(in oklab,${colour},white 32%))}`;
    sheet.replaceSync([
        ...pack.layers.map((layer) => rule(`layer-${layer.id}`, layer.colour)),
        ...pack.families.map((family) => rule(`family-${family.id}`, family.colour)),
    ].join("\n"));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
