/** The layer tree: families fold, a press shows only what is pressed, counts are live. */

import { html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { familySymbol, symbol } from "../../draw/symbols.js";
import { choiceRow } from "./facets.js";
import { icon } from "../icons.js";

/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../../core/types.d.ts").Layer} Layer */
/** @typedef {import("../../core/types.d.ts").Family} Family */
/** @typedef {import("../../io/html.js").Markup} Markup */
/** @typedef {import("../page.d.ts").Page} Page */

/**
 * @param {Page} page
 * @param {Selection} selection
 * @param {Set<string>} open
 * @param {Markup | null} terms what follows the categories of the only layer chosen
 */
export function layerTree(page, selection, open, terms) {
    const { pack, catalogue, state } = page;
    const some = state.view.layer.length > 0;
    return html`<div class="tree ${some ? "has-choice" : ""}" role="group" aria-label="${t("layers")}">
        ${pack.families.map((family) => {
            const layers = catalogue.used.filter((layer) => layer.family === family.id);
            if (layers.length < 2) return layers.map((layer) => layerRow(page, selection, layer, terms));
            return familyRows(page, selection, open, family, layers, terms);
        })}
    </div>`;
}

/**
 * @param {Page} page @param {Selection} selection @param {Set<string>} open
 * @param {Family} family @param {Layer[]} layers @param {Markup | null} terms
 */
function familyRows(page, selection, open, family, layers, terms) {
    const chosen = page.state.view.layer;
    const unfolded = open.has(family.id);
    const count = layers.reduce((sum, layer) => sum + countOf(selection, layer), 0);
    const title = pick(family, "title");
    return html`<div class="family">
        <div class="family-head">
            <button type="button" class="fold" data-fold="${family.id}" data-key="fold:${family.id}"
                aria-expanded="${unfolded}" aria-label="${t("unfold", { title })}">${icon("fold")}</button>
            <button type="button" class="row ${count === 0 ? "is-zero" : ""}"
                data-family="${family.id}" data-key="family:${family.id}"
                aria-pressed="${layers.every((layer) => chosen.includes(layer.id))}">
                ${familySymbol(family)}<span class="row-title">${title}</span>
                <span class="count">${number(count)}</span></button>
        </div>
        ${(unfolded || layers.some((layer) => chosen.includes(layer.id)))
            && html`<div class="children">${layers.map((layer) => layerRow(page, selection, layer, terms))}</div>`}
    </div>`;
}

/** @param {Selection} selection @param {Layer} layer */
function countOf(selection, layer) {
    return selection.counts.layer.get(layer.id) ?? 0;
}

/** A layer, and its categories while it is the only one chosen. @param {Page} page @param {Selection} selection @param {Layer} layer @param {Markup | null} terms */
function layerRow({ catalogue, state }, selection, layer, terms) {
    const { layer: chosen, category } = state.view;
    const count = countOf(selection, layer);
    const alone = chosen.length === 1 && chosen[0] === layer.id;
    return html`<button type="button" class="row ${count === 0 ? "is-zero" : ""}"
            title="${pick(layer, "description")}"
            data-choose="layer:${layer.id}" data-key="layer:${layer.id}"
            aria-pressed="${chosen.includes(layer.id)}">
            ${symbol(layer, catalogue.families.get(layer.family))}
            <span class="row-title">${pick(layer, "title")}</span>
            <span class="count">${number(count)}</span></button>
        ${alone && html`<div class="categories" role="group" aria-label="${t("categories")}">
            ${layer.categories.map((one) => choiceRow("category", one,
                selection.categories.get(`${layer.id}:${one.id}`) ?? 0, category.includes(one.id)))}
        </div>${terms}`}`;
}
