/** The card of one item: what it is, what the plan says, where it is and how well that is known. */

import { fetchDetail, isUnreached } from "../../io/api.js";
import { copyText } from "../../io/clipboard.js";
import { html, pressedElement, render } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import { knowPlaces } from "../../core/proximity.js";
import { choicesOf, turnedTo, unfiltered } from "../../core/url.js";
import { compareTurned } from "../../core/view_values.js";
import { ownLang } from "../phrases.js";
import { cardMarkup, skeleton } from "./card_markup.js";

/** How long a button says that it has copied. */
const COPIED_MS = 2000;

/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */

/**
 * @param {HTMLElement} root
 * @param {import("../page.d.ts").Page} page
 */
export function createCard(root, page) {
    const { catalogue, state } = page;
    /** How to find what had the focus when the card opened; it goes back there. @type {string | null} */
    let origin = null;
    let drawn = "";
    /** @type {Selection | null} */
    let shown = null;

    const close = () => {
        const id = state.view.focus;
        state.change({ focus: null, near: state.view.place ? state.view.near : null });
        focusFirst([origin, `[data-key="${CSS.escape(`item:${id}`)}"]`, "#count"]);
    };
    listen(root, page, close, () => {
        drawn = "";
        if (shown) void update(shown, state.view);
    });

    /** @param {Selection} selection @param {View} view */
    const update = async (selection, view) => {
        shown = selection;
        const item = view.focus ? catalogue.byId.get(view.focus) : undefined;
        root.hidden = !item;
        document.body.classList.toggle("has-card", Boolean(item));
        const key = item ? [item.id, view.lang, view.compare, JSON.stringify(choicesOf(view)), selection.ids.has(item.id)].join(" ") : "";
        if (key === drawn) return;
        const opened = !drawn.startsWith(`${item?.id} `);
        drawn = key;
        if (!item) {
            render(root, html``);
            return;
        }
        root.setAttribute("aria-label", pick(item, "name"));
        if (opened) {
            render(root, skeleton(page, item, true));
            origin = selectorOf(document.activeElement);
            root.scrollTop = 0;
            root.focus({ preventScroll: true });
        }
        const markup = await detailMarkup(page, item, selection);
        if (drawn === key) render(root, markup);
    };
    return { update };
}

/** Puts the focus on the first that is there. @param {(string | null)[]} selectors */
function focusFirst(selectors) {
    const back = selectors.map((selector) => (selector ? document.querySelector(selector) : null)).find((one) => one !== null);
    if (back instanceof HTMLElement || back instanceof SVGElement) back.focus();
}

/** Whether the choices of the view leave an item out; one that is near to something, or hidden, is left out otherwise. @param {import("../page.d.ts").Page} page @param {import("../../core/types.d.ts").Item} item @param {Selection} selection */
async function isLeftOut({ pack, state }, { id }, { ids }) {
    const { near, inview, hidden } = state.view;
    if (near || inview || hidden.includes(id)) return false;
    return pack.large ? !await (await import("../../core/large/asked.js")).holds(state.view, state, id).catch(() => true) : !ids.has(id);
}

/** The whole card, or why it cannot be. @param {import("../page.d.ts").Page} page @param {import("../../core/types.d.ts").Item} item @param {Selection} selection */
async function detailMarkup(page, item, selection) {
    try {
        // What places are called in a further language is in the gazetteer.
        const [detail, leftOut] = await Promise.all([fetchDetail(item), isLeftOut(page, item, selection), ownLang(page.pack) && knowPlaces(page.catalogue).catch(() => undefined)]);
        if (page.pack.large) await (await import("../../core/large/asked.js")).know(page.catalogue, detail.related ?? []);
        return cardMarkup(page, item, detail, leftOut);
    } catch (error) {
        const words = isUnreached(error) ? t("offline") : `${t("failed")} ${String(error)}`;
        return html`${skeleton(page, item, false)}<p class="message" role="alert">${words}
            <button type="button" class="quiet" data-again>${t("again")}</button></p>`;
    }
}

/** @param {HTMLElement} root @param {import("../page.d.ts").Page} page @param {() => void} close @param {() => void} again */
function listen(root, { state }, close, again) {
    document.addEventListener("keydown", (event) => {
        const busy = document.querySelector("dialog[open]");
        if (event.key === "Escape" && state.view.focus && !busy) close();
    });
    root.addEventListener("click", (event) => {
        const done = { close, again, unfilter: () => state.change(unfiltered()) };
        for (const [name, run] of Object.entries(done)) if (pressedElement(event, name) !== null) run();
        const near = pressedElement(event, "near");
        // Neighbours are all neighbours, whatever was filtered before.
        if (near) state.change({ ...unfiltered(), bbox: null, near: state.view.near === near && !state.view.place ? null : near });
        const compared = pressedElement(event, "compare");
        if (compared) state.change({ compare: compareTurned(state.view.compare, compared) }, "replace");
        const id = pressedElement(event, "id");
        if (id && !(event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            state.change(turnedTo(state.view, id));
        }
        const copy = pressedElement(event, "copy");
        if (copy && event.target instanceof Element) void copied(event.target, copy);
    });
}

/** An element of the page or of the map, as it is found again when both have been drawn anew. @param {Element | null} element */
function selectorOf(element) {
    const name = ["data-key", "data-spot"].find((one) => element?.hasAttribute(one));
    return name ? `[${name}="${CSS.escape(element?.getAttribute(name) ?? "")}"]` : null;
}

/** @param {Element} button @param {string} text */
async function copied(button, text) {
    await copyText(text);
    const words = button.closest("button")?.querySelector("span");
    if (!words || words.hasAttribute("role")) return;
    const before = words.textContent;
    words.textContent = t("copied");
    // Announced, and then the button says again what it copies.
    words.setAttribute("role", "status");
    setTimeout(() => {
        words.textContent = before;
        words.removeAttribute("role");
    }, COPIED_MS);
}
