/** What is laid aside to be compared; the table itself is loaded when it is asked for. */

import { html, pressedElement, render } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import { styled } from "../../io/styles.js";
import { icon } from "../icons.js";
import { LEAST } from "./compared.js";

/**
 * @param {HTMLElement} root
 * @param {import("../page.d.ts").Page} page
 */
export function createCompareBar(root, page) {
    const { catalogue, pack, state } = page;
    const countyAs = (/** @type {string} */ id) => pack.counties.filter((one) => one.code === id).map((one) => ({ id, name: one.name, name_en: one.name_en }))[0];
    const open = async () => {
        await styled("demand");
        (await import("./compare.js")).openCompare(page);
    };
    root.addEventListener("click", (event) => {
        const drop = pressedElement(event, "drop");
        if (drop) state.change({ compare: state.view.compare.filter((id) => id !== drop) }, "replace");
        if (pressedElement(event, "open") !== null) void open();
    });
    // A link to a comparison opens it.
    if (state.view.compare.length >= LEAST && !state.view.focus) void open();
    return {
        update: () => {
            const items = state.view.compare.flatMap((id) => catalogue.byId.get(id) ?? countyAs(id) ?? []);
            render(root, items.length === 0 ? html`` : html`<div class="tray">
                ${items.map((item) => html`<button type="button" class="chosen-one" data-drop="${item.id}"
                    aria-label="${t("drop", { words: pick(item, "name") })}"><span>${pick(item, "name")}</span> <span aria-hidden="true">×</span></button>`)}
                ${items.length < LEAST ? html`<small>${t("compare.more")}</small>` : html`<button type="button"
                    class="tool strong" data-open data-key="compare-open">${icon("compare")}<span>${t("compare.open", { n: items.length })}</span></button>`}
            </div>`);
        },
    };
}
