/** Parts that are loaded only when the view asks for them. */

import { withStyles } from "../io/styles.js";

/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {import("./page.d.ts").Page} Page */
/** @typedef {{ update(selection: Selection, view: View): void }} Part */

/** The table of what is selected. @param {HTMLElement} root @param {Page} page @returns {Part} */
export function createTableSlot(root, page) {
    return slot(root, (view) => view.table === "1", "has-table",
        async () => (await withStyles(import("./table/table.js"))).createTable(root, page));
}

/** The card of the focused item. @param {HTMLElement} root @param {Page} page @returns {Part} */
export function createCardSlot(root, page) {
    const card = slot(root, (view) => page.catalogue.byId.has(view.focus ?? ""), "has-card",
        async () => (await withStyles(import("./card/card.js"), "card")).createCard(root, page));
    // The reader's likely next step: it is there before he takes it.
    (window.requestIdleCallback ?? setTimeout)(card.load);
    return card;
}

/** What is laid aside to be compared. @param {HTMLElement} root @param {Page} page @returns {Part} */
export function createCompareSlot(root, page) {
    return slot(root, (view) => view.compare.length > 0, "has-tray",
        async () => (await withStyles(import("./card/compare_bar.js"))).createCompareBar(root, page));
}

/** Suggestions, from the first time the reader turns to the search. @param {HTMLElement} root @param {HTMLElement} header @param {Page} page */
export function createSuggestSlot(root, header, page) {
    header.addEventListener("focusin", async function first(event) {
        if (!(event.target instanceof HTMLInputElement)) return;
        header.removeEventListener("focusin", first);
        (await withStyles(import("./search/suggest.js"))).createSuggest(root, header, page);
    });
}

/** The head of a printed sheet: there before the reader can ask for one, for printing waits for nothing. @param {HTMLElement} root @param {Page} page @returns {Part} */
export function createPaperSlot(root, page) {
    /** @type {Part | null} */
    let part = null;
    /** @type {[Selection, View] | null} */
    let now = null;
    (window.requestIdleCallback ?? setTimeout)(async () => {
        part = (await import("./paper.js")).createPaper(root, page);
        if (now) part.update(...now);
    }, { timeout: 1000 });
    return {
        update(...next) {
            now = next;
            part?.update(...next);
        },
    };
}

/** The full-screen presentation. @param {HTMLElement} body @param {Page} page @returns {Part} */
export function createPresenting(body, page) {
    return slot(null, (view) => view.present === "1", "is-presenting",
        async () => (await withStyles(import("./dialogs/presentation.js"))).createPresentation(body, page));
}

/** Cards of WeChat, inside it and where the operator has its keys: `app/web/routes/pages.py` says so. @param {Page} page @returns {Part} */
export function createWeChatSlot(page) {
    const sdk = document.querySelector("meta[name=wechat-sdk]")?.getAttribute("content") ?? "";
    return slot(null, () => sdk !== "" && /MicroMessenger/i.test(navigator.userAgent), "in-wechat",
        async () => (await import("./dialogs/wechat_cards.js")).createWeChatCards(page, sdk));
}

/**
 * @param {HTMLElement | null} root
 * @param {(view: View) => boolean} wanted
 * @param {string} className of the body while it is shown
 * @param {() => Promise<Part>} load
 * @returns {Part & { load(): void }}
 */
function slot(root, wanted, className, load) {
    /** @type {Promise<Part> | null} */
    let part = null;
    let shown = false;
    return {
        load: () => void (part ??= load()),
        update(selection, view) {
            const asked = wanted(view);
            if (root) root.hidden = !asked;
            document.body.classList.toggle(className, asked);
            // Told once more when it ends, so that it can put away what it has opened.
            if (asked || shown) part ??= load();
            if (asked || shown) void part?.then((loaded) => loaded.update(selection, view));
            shown = asked;
        },
    };
}
