/** The panel's upper part: counties, layers, status and precision, each with live counts. */

import { find, html, pressedElement, render } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { familySymbol, symbol } from "../../draw/symbols.js";
import { icon } from "../icons.js";

/** @typedef {import("../../core/types.d.ts").Facet} Facet */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../../core/types.d.ts").Layer} Layer */
/** @typedef {import("../../core/types.d.ts").Family} Family */
/** @typedef {import("../../io/html.js").Markup} Markup */
/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {import("../../core/types.d.ts").Titled} Titled */

/** Up to this many layers the tree stands open: nothing is gained by hiding them. */
const FEW_LAYERS = 6;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 */
export function createFilters(root, page) {
    const { pack, catalogue, state } = page;
    /** Folds the reader has opened. */
    const open = new Set(catalogue.used.length <= FEW_LAYERS ? pack.families.map((one) => one.id) : []);
    const inSight = createCountyRow(root);
    let shown = () => {};
    /** @type {typeof import("./conditions.js") | null} */
    let conditions = null;
    const load = async () => {
        conditions = await import("./conditions.js");
        shown();
    };

    root.addEventListener("click", (event) => {
        const fold = pressedElement(event, "fold");
        if (fold) {
            if (!open.delete(fold)) open.add(fold);
            shown();
            return;
        }
        const family = pressedElement(event, "family");
        if (family) state.change({ layer: turned(state.view.layer, membersOf(catalogue, family)), category: [], term: [] });
        const site = pressedElement(event, "site");
        if (site && conditions) state.change({ site: conditions.siteTurned(state.view.site, site) });
        const choice = pressedElement(event, "choose");
        if (choice) choose(state, choice);
    });
    return {
        /** @param {import("../../core/types.d.ts").Selection} selection */
        update: (selection) => {
            shown = () => inSight(() => render(root, html`
                <h2 class="unseen">${t("filters")}</h2>
                ${countyChips(page, selection)}
                ${layerTree(page, selection, open, conditions?.termsOfLayer(page, selection, open) ?? null)}
                ${conditions?.termsOfAll(page, selection, open)}
                ${conditions?.siteConditions(page, open)}
                ${facetGroup(page, selection, open, "status", pack.statuses)}
                ${facetGroup(page, selection, open, "precision", pack.precisions)}
                ${facetGroup(page, selection, open, "doubt", pack.doubts)}`));
            shown();
            if (!conditions) void load();
        },
    };
}

/**
 * "layer:transport" → that value of that facet is turned. Leaving a layer leaves its categories.
 * @param {import("../../core/state.js").State} state
 * @param {string} choice
 */
function choose(state, choice) {
    const [facet, value] = /** @type {[Facet, string]} */ (choice.split(":"));
    if (facet !== "layer") return state.toggle(facet, value);
    state.change({ layer: turned(state.view.layer, [value]), category: [], term: [] });
}

/** @param {Page["catalogue"]} catalogue @param {string} family */
function membersOf(catalogue, family) {
    return catalogue.used.filter((layer) => layer.family === family).map((layer) => layer.id);
}

/**
 * All of `ids` taken away when all were chosen, added otherwise.
 * @param {string[]} chosen
 * @param {string[]} ids
 */
function turned(chosen, ids) {
    return ids.every((id) => chosen.includes(id))
        ? chosen.filter((id) => !ids.includes(id))
        : [...new Set([...chosen, ...ids])];
}

/** Several can be chosen; the whole city and what lies outside are values of their own. @param {Page} page @param {Selection} selection */
function countyChips({ pack, state }, selection) {
    const chosen = state.view.county;
    const values = [
        ...pack.counties.map((county) => ({ id: county.code, title: pick(county, "name") })),
        { id: "city", title: t("scope.city") },
        { id: "outside", title: t("scope.outside") },
    ];
    return html`<div class="chips" role="group" aria-label="${t("counties")}">
        ${values.map(({ id, title }) => {
            const count = selection.counts.county.get(id) ?? 0;
            return html`<button type="button" class="chip ${count === 0 ? "is-zero" : ""}"
                data-choose="county:${id}" data-key="county:${id}"
                aria-pressed="${chosen.includes(id)}">${title}
                <span class="count">${number(count)}</span></button>`;
        })}
    </div>`;
}

/**
 * Where the chips stand in one row it stays where it was scrolled to when it is drawn anew; a new choice comes into sight.
 * @param {HTMLElement} root
 * @returns {(draw: () => void) => void}
 */
function createCountyRow(root) {
    /** @type {Set<string | undefined>} */
    let before = new Set();
    return (draw) => {
        const { scrollLeft = 0 } = root.querySelector(".chips") ?? {};
        draw();
        const row = find(".chips", HTMLElement, root);
        const chosen = [...row.querySelectorAll("button")].filter((chip) => chip.ariaPressed === "true");
        const chip = chosen.find((one) => !before.has(one.dataset.choose));
        before = new Set(chosen.map((one) => one.dataset.choose));
        row.scrollLeft = chip ? chip.offsetLeft - row.offsetLeft - (row.clientWidth - chip.offsetWidth) / 2 : scrollLeft;
    };
}

/**
 * Families fold, a press shows only what is pressed.
 * @param {Page} page
 * @param {Selection} selection
 * @param {Set<string>} open
 * @param {Markup | null} terms what follows the categories of the only layer chosen
 */
function layerTree(page, selection, open, terms) {
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

/**
 * A folded group of choices of one facet.
 * @param {Page} page
 * @param {Selection} selection
 * @param {Set<string>} open
 * @param {"status" | "precision" | "doubt"} facet
 * @param {Titled[]} values
 */
function facetGroup({ state, pack }, selection, open, facet, values) {
    const chosen = state.view[facet];
    const names = values.filter((one) => chosen.includes(one.id)).map((one) => pick(one, "title"));
    const unfolded = open.has(facet);
    return html`<div class="facet">
        <button type="button" class="fold-head" data-fold="${facet}" data-key="fold:${facet}"
            aria-expanded="${unfolded}">${icon("fold")}<span>${facet === "status" ? pick(pack, "status_title") : t(`facet.${facet}`)}</span>
            <small>${names.join(t("comma"))}</small></button>
        ${unfolded && html`<ul class="rows">${values.map((one) => html`<li>
            ${choiceRow(facet, one, selection.counts[facet].get(one.id) ?? 0, chosen.includes(one.id))}
        </li>`)}</ul>`}
    </div>`;
}

/**
 * @param {string} facet
 * @param {Titled} one
 * @param {number} count
 * @param {boolean} chosen
 */
function choiceRow(facet, one, count, chosen) {
    return html`<button type="button" class="row ${count === 0 ? "is-zero" : ""}"
        title="${pick(one, "description")}"
        data-choose="${facet}:${one.id}" data-key="${facet}:${one.id}" aria-pressed="${chosen}">
        <span class="row-title">${pick(one, "title")}</span>
        <span class="count">${number(count)}</span></button>`;
}
