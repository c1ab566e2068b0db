/** Parts that are loaded only when the view asks for them. */

/** @typedef {import("../types.d.ts").Selection} Selection */
/** @typedef {import("../types.d.ts").View} View */
/** @typedef {import("./page.d.ts").Page} Page */
/** @typedef {{ update(selection: Selection, view: View): void }} Part */

/** The table of what is selected. @param {HTMLElement} root @param {Page} page @returns {Part} */
export function createTableSlot(root, page) {
    return slot(root, (view) => view.table === "1", "has-table",
        async () => (await import("./table.js")).createTable(root, page));
}

/** The full-screen presentation. @param {HTMLElement} body @param {Page} page @returns {Part} */
export function createPresenting(body, page) {
    return slot(null, (view) => view.present === "1", "is-presenting",
        async () => (await import("./present.js")).createPresentation(body, page));
}

/**
 * @param {HTMLElement | null} root
 * @param {(view: View) => boolean} wanted
 * @param {string} className of the body while it is shown
 * @param {() => Promise<Part>} load
 * @returns {Part}
 */
function slot(root, wanted, className, load) {
    /** @type {Promise<Part> | null} */
    let part = null;
    let shown = false;
    return {
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
