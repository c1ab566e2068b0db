/** Who made what the map stands on; the map approval number, where the operator has one. */

import { html, render } from "../html.js";
import { pick, t } from "../i18n.js";

/** @param {HTMLElement} root @param {{ pack: import("../types.d.ts").Pack }} page */
export function createCredit(root, { pack }) {
    return {
        /** @param {import("../types.d.ts").Selection} _selection @param {import("../types.d.ts").View} view */
        update: (_selection, view) => {
            const chosen = (pack.base_maps ?? []).find((one) => one.id === view.base);
            root.setAttribute("aria-label", t("credit"));
            render(root, html`
                ${pack.approval_number && html`<strong>${t("approval", { number: pack.approval_number })}</strong>`}
                <span>${pick(pack, "attribution")}</span>
                ${chosen && html`<span>${pick(chosen, "attribution")}</span>`}`);
        },
    };
}
