/** Who made what the map stands on; the map approval number, where the operator has one. */

import { html, render } from "../io/html.js";
import { dataPath } from "../io/addresses.js";
import { address } from "../io/api.js";
import { lang, pick, t, today } from "../core/i18n.js";

/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {import("../core/types.d.ts").View} View */

/** @param {HTMLElement} root @param {{ pack: Pack }} page */
export function createCredit(root, { pack }) {
    // How high it has become, for what stands above it: the legend, the scale bar.
    new ResizeObserver(() => {
        root.parentElement?.style.setProperty("--credit", `${Math.ceil(root.getBoundingClientRect().height)}px`);
    }).observe(root);
    return {
        /** @param {Selection} _selection @param {View} view */
        update: (_selection, view) => {
            const chosen = (pack.base_maps ?? []).find((one) => one.id === view.base);
            root.setAttribute("aria-label", t("credit"));
            render(root, html`
                ${pack.approval_number && html`<strong>${t("approval", { number: pack.approval_number })}</strong>`}
                <span>${pick(pack, "attribution")}</span>
                ${chosen && html`<span>${pick(chosen, "attribution")}</span>`}
                <a href="${address(dataPath(lang() === pack.languages[0] ? "" : lang()))}">${t("data")}</a>
                <span class="print-only">${t("printed", { version: pack.version, date: today() })}</span>`);
        },
    };
}
