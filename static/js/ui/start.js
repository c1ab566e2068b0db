/** What the page begins with: a sentence, doors, numbers that filter. The server writes it; here it is brought to life. */

import { fetchStart } from "../io/api.js";
import { dataPath } from "../io/addresses.js";
import { pressedElement } from "../io/html.js";
import { lang } from "../core/i18n.js";

/** @param {HTMLElement} root @param {EventTarget | null} target */
function shut(root, target) {
    for (const door of root.querySelectorAll("details[open]")) {
        if (target instanceof Node && door.contains(target) && !(target instanceof Element && target.closest("a"))) continue;
        door.removeAttribute("open");
    }
}

/** @param {HTMLElement} root @param {import("./page.d.ts").Page} page @param {{ begins(view: import("../core/types.d.ts").View): boolean }} overview */
export function createStart(root, { state }, overview) {
    // An open door closes when the reader turns elsewhere.
    document.addEventListener("click", (event) => shut(root, event.target));
    root.addEventListener("keydown", (event) => {
        if (event.key === "Escape") shut(root, null);
    });
    root.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        const query = pressedElement(event, "view");
        if (query !== null) {
            event.preventDefault();
            const { lang: language, theme, compare } = state.view;
            state.change({ ...state.read(query).view, lang: language, theme, compare });
        }
        if (pressedElement(event, "to") === "search") {
            event.preventDefault();
            document.querySelector("input")?.focus();
        }
    });
    let spoken = "";
    const speak = async () => {
        if (spoken === lang()) return;
        spoken = lang();
        if (root.dataset.lang !== lang()) {
            root.dataset.lang = lang();
            root.innerHTML = (await fetchStart()).html[lang()] ?? "";
        }
        root.querySelector("[data-to='data']")?.setAttribute("href", dataPath(lang()));
    };
    return {
        /** @param {unknown} _ @param {import("../core/types.d.ts").View} view */
        update(_, view) {
            const begins = overview.begins(view) && !view.table && !view.choropleth;
            document.body.classList.toggle("is-start", begins);
            void speak();
        },
    };
}
