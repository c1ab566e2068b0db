/** The panel's upper part: counties, layers, status and precision, each with live counts. */

import { html, pressedElement, render } from "../../io/html.js";
import { t } from "../../core/i18n.js";
import { countyChips, createCountyRow } from "./counties.js";
import { facetGroup } from "./facets.js";
import { layerTree } from "./tree.js";

/** @typedef {import("../../core/types.d.ts").Facet} Facet */

/** Up to this many layers the tree stands open: nothing is gained by hiding them. */
const FEW_LAYERS = 6;

/**
 * @param {HTMLElement} root
 * @param {import("../page.d.ts").Page} page
 */
export function createFilters(root, page) {
    const { pack, catalogue, state } = page;
    /** Folds the reader has opened. */
    const open = new Set(catalogue.used.length <= FEW_LAYERS ? pack.families.map((one) => one.id) : []);
    const inSight = createCountyRow(root);
    let shown = () => {};
    /** @type {(typeof import("./terms.js") & typeof import("./site.js")) | null} */
    let terms = null;
    const load = async () => {
        terms = { ...await import("./terms.js"), ...await import("./site.js") };
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
        if (site && terms) state.change({ site: terms.siteTurned(state.view.site, site) });
        const choice = pressedElement(event, "choose");
        if (choice) choose(state, choice);
    });
    return {
        /** @param {import("../../core/types.d.ts").Selection} selection */
        update: (selection) => {
            shown = () => inSight(() => render(root, html`
                <h2 class="unseen">${t("filters")}</h2>
                ${countyChips(page, selection)}
                ${layerTree(page, selection, open, terms?.termsOfLayer(page, selection, open) ?? null)}
                ${terms?.termsOfAll(page, selection, open)}
                ${terms?.siteConditions(page, open)}
                ${facetGroup(page, selection, open, "status", pack.statuses)}
                ${facetGroup(page, selection, open, "precision", pack.precisions)}
                ${facetGroup(page, selection, open, "doubt", pack.doubts)}`));
            shown();
            if (!terms) void load();
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

/** @param {import("../../core/types.d.ts").Catalogue} catalogue @param {string} family */
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
