/** The legend: only what is on the map now, how well placed it is, and what is not drawn and why. */

import { html, pressedElement, render } from "../../io/html.js";
import { t } from "../../core/i18n.js";
import { styled } from "../../io/styles.js";
import { icon } from "../icons.js";

/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */

/** A frame lower than this has more use for its map. */
const TALL_PX = 420;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 */
export function createLegend(root, page) {
    const { state } = page;
    let open = matchMedia("(min-width: 1400px)").matches || (root.dataset.open === "1" && innerHeight >= TALL_PX);
    const paper = matchMedia("print");
    paper.addEventListener("change", () => shown());
    /** Whether the reader has folded or unfolded it. */
    let asked = false;
    let shown = () => {};
    /** @type {typeof import("./legend_keys.js").legendKeys | null} */
    let keys = null;
    /** @type {Counted | null} */
    let countyTable = null;
    const wantCounted = async () => {
        if (countyTable || !state.view.choropleth) return;
        const [{ countyCountTable: countedTable }] = await Promise.all([import("../table/county_counts.js"), styled("drawings")]);
        countyTable = countedTable;
        shown();
    };
    listen(root, state, () => {
        open = !(open && (asked || !state.view.focus));
        asked = true;
        shown();
    });
    return {
        /** @param {Selection} selection */
        update: (selection) => {
            // A slide has its legend, whatever was folded; beside a card there is no room for one not asked for.
            const { present, focus, choropleth } = state.view;
            shown = () => {
                const unfolded = present === "1" || paper.matches || (open && (asked || !focus));
                render(root, markup(unfolded, unfolded && keys?.(page, selection.drawn ?? selection, choropleth ? countyTable : null)));
                if (unfolded && !keys) void Promise.all([import("./legend_keys.js"), styled("drawings")]).then(([loaded]) => {
                    keys = loaded.legendKeys;
                    shown();
                });
            };
            shown();
            void wantCounted();
        },
    };
}

/** @typedef {typeof import("../table/county_counts.js").countyCountTable} Counted */

/** @param {HTMLElement} root @param {import("../../core/state.js").State} state @param {() => void} fold */
function listen(root, state, fold) {
    root.addEventListener("click", (event) => {
        if (pressedElement(event, "fold") !== null) fold();
        if (pressedElement(event, "show") === "none") state.change({ precision: ["none"] });
        if (pressedElement(event, "show") === "city") state.change({ county: ["city"] });
        if (pressedElement(event, "hue") !== null) state.change({ colour: state.view.colour ? null : "status" });
        if (pressedElement(event, "count") !== null) state.change({ choropleth: state.view.choropleth ? null : "1" });
        const county = pressedElement(event, "county");
        if (county) state.toggle("county", county);
    });
}

/** @param {boolean} open @param {unknown} body */
function markup(open, body) {
    return html`<button type="button" class="legend-head" data-fold data-key="legend" aria-expanded="${open}">
            ${icon("fold")}<span>${t("legend")}</span></button>
        ${open && html`<div class="legend-body">${body}</div>`}`;
}
