/** On a phone the panel is a sheet over the map: three heights, by button or by drag; list or layers. */

import { find, html, pressed, render } from "../html.js";
import { number, t } from "../i18n.js";

const HEIGHTS = ["peek", "half", "full"];
/** A drag shorter than this is a press. */
const DRAG_PX = 24;

/**
 * @param {HTMLElement} body
 * @param {{ state: import("../state.js").State }} page
 */
export function createSheet(body, { state }) {
    const grip = find("#grip", HTMLButtonElement);
    let start = 0;
    const move = (/** @type {number} */ step) => {
        const now = HEIGHTS.indexOf(body.dataset.sheet ?? "half");
        body.dataset.sheet = HEIGHTS[Math.min(2, Math.max(0, now + step))];
        describe(grip, body);
    };
    grip.addEventListener("pointerdown", (event) => {
        start = event.clientY;
        grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointerup", (event) => {
        const way = start - event.clientY;
        if (Math.abs(way) > DRAG_PX) move(way > 0 ? 1 : -1);
    });
    grip.addEventListener("click", (event) => {
        // A drag ends in a click of its own; only a press or a key turns the sheet here.
        if (event.detail !== 0 && Math.abs(start - event.clientY) > DRAG_PX) return;
        body.dataset.sheet = body.dataset.sheet === "full" ? "half" : "full";
        describe(grip, body);
    });
    state.addEventListener("change", () => {
        if (state.view.focus && body.dataset.sheet === "full") body.dataset.sheet = "half";
    });
    const tabs = find("#tabs", HTMLElement);
    tabs.addEventListener("click", (event) => {
        const tab = pressed(event, "tab");
        if (!tab) return;
        body.dataset.tab = tab;
        drawTabs(tabs, body, shown);
    });
    let shown = 0;
    return {
        /** @param {import("../types.d.ts").Selection} selection */
        update: (selection) => {
            shown = selection.items.length;
            describe(grip, body);
            drawTabs(tabs, body, shown);
        },
    };
}

/** @param {HTMLElement} grip @param {HTMLElement} body */
function describe(grip, body) {
    const full = body.dataset.sheet === "full";
    grip.setAttribute("aria-expanded", String(full));
    grip.setAttribute("aria-label", t(full ? "sheet.less" : "sheet.more"));
}

/** @param {HTMLElement} tabs @param {HTMLElement} body @param {number} n */
function drawTabs(tabs, body, n) {
    render(tabs, html`${["list", "layers"].map((tab) => html`<button type="button" data-tab="${tab}"
        data-key="tab:${tab}" aria-pressed="${body.dataset.tab === tab}">${t(`tab.${tab}`)}
        ${tab === "list" && html`<span class="count">${number(n)}</span>`}</button>`)}`);
}
