/** What in the address could not be understood, named, with the rest kept. */

import { html, pressedElement, render } from "../io/html.js";
import { t } from "../core/i18n.js";

/** @typedef {import("../core/types.d.ts").Problem} Problem */

/**
 * @param {HTMLElement} root
 * @param {{ state: import("../core/state.js").State }} page
 */
export function createMessages(root, { state }) {
    root.addEventListener("click", (event) => {
        if (pressedElement(event, "dismiss") === null) return;
        state.problems = [];
        render(root, html``);
    });
    return {
        update: () => {
            render(root, state.problems.length ? markup(state.problems, state.refused) : html``);
        },
    };
}

/** @param {Problem[]} problems @param {boolean} refused the view has not changed because of them */
function markup(problems, refused) {
    return html`<div class="message" role="alert" aria-live="assertive">
        <p>${t(refused ? "problem.refused" : "problem")}</p>
        <ul>${problems.map(({ name, value }) => html`<li><code>${name}=${value}</code></li>`)}</ul>
        <button type="button" class="quiet" data-dismiss>${t("dismiss")}</button>
    </div>`;
}
