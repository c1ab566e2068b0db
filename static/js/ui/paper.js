/** What a sheet says and a window need not: which view this is, how many it holds, where it is to be found. */

import { html, render } from "../io/html.js";
import { pick, t } from "../core/i18n.js";
import { chosenOf, viewTitle } from "./view_words.js";

/** @param {HTMLElement} root @param {import("./page.d.ts").Page} page */
export function createPaper(root, page) {
    return {
        /** @param {import("../core/types.d.ts").Selection} selection @param {import("../core/types.d.ts").View} view */
        update({ items }, view) {
            const title = viewTitle(page, view);
            const own = [view.title, pick(page.pack, "title")].includes(title);
            const chosen = chosenOf(page, view).map(({ words }) => words);
            document.body.classList.toggle("is-near", Boolean(view.near));
            const alone = view.focus && !view.near;
            const unlisted = !alone && document.body.classList.contains("is-start");
            root.setAttribute("aria-label", t("paper.label"));
            render(root, html`${!own && html`<h2>${title}</h2>`}
                ${!alone && html`<p>${[...chosen, t("count", { n: items.length })].join(" · ")}</p>`}
                ${unlisted && html`<p>${t("paper.unlisted")}</p>`}
                <p class="paper-address">${location.href}</p>`);
        },
    };
}
