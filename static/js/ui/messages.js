/** What in the address could not be understood, named, with the rest kept. */

import { html, pressed, render } from "../html.js";
import { t } from "../i18n.js";

/** @typedef {import("../types.d.ts").Problem} Problem */

/**
 * @param {HTMLElement} root
 * @param {{ state: import("../state.js").State, catalogue: import("../types.d.ts").Catalogue }} page
 */
export function createMessages(root, { state, catalogue }) {
    root.addEventListener("click", (event) => {
        if (pressed(event, "dismiss") === null) return;
        state.problems = [];
        render(root, html``);
    });
    return {
        update: () => {
            const problems = [...state.problems, ...lost(state.view, catalogue)];
            render(root, problems.length ? markup(problems) : html``);
        },
    };
}

/** What only the data can tell to be unknown. @param {import("../types.d.ts").View} view @param {import("../types.d.ts").Catalogue} catalogue @returns {Problem[]} */
function lost({ focus, place }, catalogue) {
    const named = place && !place.includes(",") && catalogue.places.size > 0;
    return [
        ...(focus && !catalogue.byId.has(focus) ? [{ name: "focus", value: focus }] : []),
        ...(named && !catalogue.places.has(place) ? [{ name: "place", value: place }] : []),
    ];
}

/** @param {Problem[]} problems */
function markup(problems) {
    return html`<div class="message" role="alert">
        <p>${t("problem")}</p>
        <ul>${problems.map(({ name, value }) => html`<li><code>${name}=${value}</code></li>`)}</ul>
        <button type="button" class="quiet" data-dismiss>${t("dismiss")}</button>
    </div>`;
}
