/** Lines of words about what is shown: what was not understood, what a map begins with, whose data it is, how many items. */

import { html, pressedElement, render } from "../io/html.js";
import { lang, pick, t, today } from "../core/i18n.js";
import { dataPath } from "../io/addresses.js";
import { address, isUnreached } from "../io/api.js";
import { ownLang } from "./phrases.js";

/** @typedef {import("../core/types.d.ts").Problem} Problem */
/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {import("../core/types.d.ts").View} View */

/** What in the address could not be understood, named, with the rest kept; and that a step failed with the network. @param {HTMLElement} root @param {{ state: import("../core/state.js").State }} page */
export function createMessages(root, { state }) {
    let unreached = false;
    const update = () => render(root, unreached ? lost() : state.problems.length ? markup(state.problems, state.refused) : html``);
    root.addEventListener("click", (event) => {
        if (pressedElement(event, "reload") !== null) location.reload();
        if (pressedElement(event, "dismiss") === null) return;
        if (unreached) unreached = false;
        else state.problems = [];
        update();
    });
    // A part or its data that could not be fetched: browsers do not ask for a module twice, so the page is loaded anew.
    window.addEventListener("unhandledrejection", (event) => {
        if (!(isUnreached(event.reason) || /HTTP \d/.test(String(event.reason)))) return;
        event.preventDefault();
        unreached = true;
        update();
    });
    return { update };
}

function lost() {
    return html`<div class="message" role="alert" aria-live="assertive">
        <p>${t("offline")}</p>
        <button type="button" class="quiet" data-reload>${t("reload")}</button>
        <button type="button" class="quiet" data-dismiss>${t("dismiss")}</button>
    </div>`;
}

/** @param {Problem[]} problems @param {boolean} refused the view has not changed because of them */
function markup(problems, refused) {
    return html`<div class="message" role="alert" aria-live="assertive">
        <p>${t(refused ? "problem.refused" : "problem")}</p>
        <ul>${problems.map(({ name, value }) => html`<li><code>${name}=${value}</code></li>`)}</ul>
        <button type="button" class="quiet" data-dismiss>${t("dismiss")}</button>
    </div>`;
}

/** On a map that is only a beginning: what it shows, and the door to all. @param {HTMLElement} root @param {import("./page.d.ts").Page} page */
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
            root.hidden = !selection.begins && !undo;
            if (root.hidden) return;
            const n = selection.items.length;
            render(root, html`<span>${undo ? t("overview.all", { n }) : pick(pack.start, "title")}</span>
                <a href="${state.address({ ...view, all: undo ? null : "1" })}" data-all data-key="all">${undo ? t("overview.less") : t("overview.more", { n })}</a>`);
        },
    };
}

/** Who made what the map stands on; the map approval number, where the operator has one. @param {HTMLElement} root @param {{ pack: Pack }} page */
export function createCredit(root, { pack }) {
    // How high it has become, for what stands above it: the legend, the scale bar.
    new ResizeObserver(() => {
        root.parentElement?.style.setProperty("--credit", `${Math.ceil(root.getBoundingClientRect().height)}px`);
    }).observe(root);
    let drawn = "";
    return {
        /** @param {Selection} _selection @param {View} view */
        update: (_selection, view) => {
            const now = `${lang()} ${view.base}`;
            if (now === drawn) return;
            drawn = now;
            const chosen = (pack.base_maps ?? []).find((one) => one.id === view.base);
            root.setAttribute("aria-label", t("credit"));
            render(root, html`
                ${pack.approval_number && html`<strong>${t("approval", { number: pack.approval_number })}</strong>`}
                <span>${pick(pack, "attribution")}</span>
                ${chosen && html`<span>${pick(chosen, "attribution")}</span>`}
                <a href="${address(dataPath(ownLang(pack)))}">${t("data")}</a>
                <span class="print-only">${t("printed", { version: pack.version, date: today() })}</span>`);
        },
    };
}

/** Says the new number of items to those who do not see the list change. @param {HTMLElement} root a polite live region */
export function createAnnouncer(root) {
    return {
        /** @param {Selection} selection */
        update: (selection) => {
            const words = t("announce", { n: selection.items.length });
            if (root.textContent !== words) root.textContent = words;
        },
    };
}
