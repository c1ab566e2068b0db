/** The legend: only what is on the map now, how well placed it is, and what is not drawn and why. */

import { html, Markup, pressedElement, render } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { certaintyOf } from "../../core/selection.js";
import { diagramKey, inDiagram, diagramKindOf, KINDS } from "../../draw/structure_diagram.js";
import { styled } from "../../io/styles.js";
import { familySymbol, symbol } from "../../draw/symbols.js";
import { icon } from "../icons.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */

/** More layers than this are told by family: the tree beside the map tells them apart. */
const MOST_LAYERS = 7;

/** A frame lower than this has more use for its map. */
const TALL_PX = 420;

const DRAWN = ["placed", "estimated", "schematic", "wide"];

/**
 * @param {HTMLElement} root
 * @param {import("../page.d.ts").Page} page
 */
export function createLegend(root, page) {
    const { state } = page;
    let open = matchMedia("(min-width: 1400px)").matches || (root.dataset.open === "1" && innerHeight >= TALL_PX);
    const paper = matchMedia("print");
    paper.addEventListener("change", () => shown());
    /** Whether the reader has folded or unfolded it. */
    let asked = false;
    let shown = () => {};
    /** @type {Counted | null} */
    let counted = null;
    const wantCounted = async () => {
        if (counted || !state.view.choropleth) return;
        const [{ countyCountTable: countedTable }] = await Promise.all([import("../table/county_counts.js"), styled("drawings")]);
        counted = countedTable;
        shown();
    };
    root.addEventListener("click", (event) => {
        if (pressedElement(event, "fold") !== null) {
            open = !(open && (asked || !state.view.focus));
            asked = true;
            shown();
        }
        if (pressedElement(event, "show") === "none") state.change({ precision: ["none"] });
        if (pressedElement(event, "show") === "city") state.change({ county: ["city"] });
        if (pressedElement(event, "count") !== null) state.change({ choropleth: state.view.choropleth ? null : "1" });
        const county = pressedElement(event, "county");
        if (county) state.toggle("county", county);
    });
    root.addEventListener("change", (event) => {
        if (event.target instanceof HTMLSelectElement) state.change({ base: event.target.value });
    });
    return {
        /** @param {Selection} selection */
        update: (selection) => {
            // A slide has its legend, whatever was folded; beside a card there is no room for one not asked for.
            const { present, focus, choropleth } = state.view;
            shown = () => render(root, markup(page, selection, present === "1" || paper.matches || (open && (asked || !focus)), choropleth ? counted : null));
            shown();
            void wantCounted();
        },
    };
}

/** @typedef {typeof import("../table/county_counts.js").countyCountTable} Counted */

/** @param {import("../page.d.ts").Page} page @param {Selection} selection @param {boolean} open @param {Counted | null} counted */
function markup(page, selection, open, counted) {
    const { pack, catalogue, state } = page;
    return html`<button type="button" class="legend-head" data-fold data-key="legend" aria-expanded="${open}">
            ${icon("fold")}<span>${t("legend")}</span></button>
        ${open && html`<div class="legend-body">
            ${state.view.choropleth !== "1" && drawnKeys(catalogue, selection, state.view)}
            ${undrawn(selection)}
            <button type="button" class="count-toggle" data-count data-key="choropleth"
                aria-pressed="${state.view.choropleth === "1"}">${t("choropleth")}</button>
            ${counted?.(page, selection)}
            ${baseChoice(pack, state)}
        </div>`}`;
}

/** @param {import("../../core/types.d.ts").Catalogue} catalogue @param {import("../../core/types.d.ts").Layer[]} layers */
function families(catalogue, layers) {
    const held = new Set(layers.map((layer) => layer.family));
    return [...catalogue.families.values()].filter((family) => held.has(family.id)).map((family) =>
        html`<li>${familySymbol(family)}<span>${pick(family, "title")}</span></li>`);
}

/**
 * What is drawn, and how well it is placed; while counties are counted both step back.
 * @param {import("../../core/types.d.ts").Catalogue} catalogue @param {Selection} selection @param {import("../../core/types.d.ts").View} view
 */
function drawnKeys(catalogue, selection, view) {
    const held = new Set(selection.items.filter((item) => item.geometry).map((item) => item.layer));
    const layers = catalogue.used.filter((layer) => held.has(layer.id));
    const truths = new Set(selection.items.map(certaintyOf));
    if (selection.items.length === 0) return null;
    return html`<ul class="legend-layers">${layers.length > MOST_LAYERS ? families(catalogue, layers) : layers.map((layer) =>
        html`<li>${symbol(layer, catalogue.families.get(layer.family))}<span>${pick(layer, "title")}</span></li>`)}</ul>
        ${layers.length === 1 && layers[0] && lineKeys(layers[0], selection)}
        ${diagramKeys(selection, view)}
        <ul class="legend-truths">${DRAWN.filter((one) => truths.has(/** @type {"placed"} */ (one)))
            .map((one) => html`<li><span class="swatch is-${one}"></span>${t(`truth.${one}.legend`)}</li>`)}</ul>`;
}

/** The categories of the only layer whose lines are told apart, and the others as one. @param {import("../../core/types.d.ts").Layer} layer @param {Selection} selection */
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

/** What the plan's own diagram is drawn with. @param {Selection} selection @param {import("../../core/types.d.ts").View} view */
function diagramKeys({ items }, view) {
    const drawn = inDiagram(items, view);
    const kinds = KINDS.filter((kind) => drawn.some((item) => diagramKindOf(item) === kind));
    return kinds.length > 0 && html`<ul class="legend-truths diagram-keys">${kinds.map((kind) => html`<li>
        ${diagramKey(kind, drawn[0]?.layer ?? "")}<span>${t(`diagram.${kind}`)}</span></li>`)}</ul>`;
}

/** The base map, where the operator offers others. @param {import("../../core/types.d.ts").Pack} pack @param {import("../../core/state.js").State} state */
function baseChoice(pack, state) {
    if (!pack.base_maps?.length) return null;
    const bases = [{ id: "paper", title: t("base.paper"), title_en: t("base.paper") }, ...pack.base_maps];
    return html`<label class="base-choice">${t("base")}
        <select data-key="base" name="base">${bases.map((base) => html`<option value="${base.id}"
            ${new Markup(base.id === (state.view.base ?? "paper") ? "selected" : "")}>${pick(base, "title")}</option>`)}
        </select></label>`;
}

/** @param {Selection} selection */
function undrawn({ items }) {
    const none = items.filter((item) => certaintyOf(item) === "none").length;
    const city = items.filter((item) => item.scope === "city" && certaintyOf(item) === "wide").length;
    if (none + city === 0) return null;
    return html`<p class="undrawn">${t("undrawn")}
        ${city > 0 && html`<button type="button" class="quiet" data-show="city">${t("scope.city")} ${number(city)}</button>`}
        ${none > 0 && html`<button type="button" class="quiet" data-show="none">${t("truth.none")} ${number(none)}</button>`}</p>`;
}
