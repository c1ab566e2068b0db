/** On a map that is only a beginning: what it shows, and the door to all. */

import { html, pressedElement, render } from "../io/html.js";
import { pick, t } from "../core/i18n.js";

/** @param {HTMLElement} root @param {import("./page.d.ts").Page} page */
export function createOverviewNote(root, { pack, state }) {
    root.addEventListener("click", (event) => {
        if (pressedElement(event, "all") === null) return;
        event.preventDefault();
        state.change({ all: state.view.all ? null : "1" });
    });
    return {
        /** @param {import("../core/types.d.ts").Selection} selection */
        update(selection) {
            const { view } = state;
            const undo = view.all === "1" && Boolean(pack.start);
            root.hidden = !selection.drawn && !undo;
            if (root.hidden) return;
            const n = selection.items.length;
            render(root, html`<span>${undo ? t("overview.all", { n }) : pick(pack.start, "title")}</span>
                <a href="${state.address({ ...view, all: undo ? null : "1" })}" data-all data-key="all">${undo ? t("overview.less") : t("overview.more", { n })}</a>`);
        },
    };
}
