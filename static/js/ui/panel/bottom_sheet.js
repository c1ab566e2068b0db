/** On a phone the panel is a sheet over the map: three heights, by button or by drag; list or layers. */

import { find, html, pressedElement, render } from "../../io/html.js";
import { number, t } from "../../core/i18n.js";

const HEIGHTS = ["peek", "half", "full"];
/** A drag shorter than this is a press. */
const DRAG_PX = 24;
/** A drag over more than this part of the window goes two heights at once. */
const LONG_DRAG = 0.4;
/** Here the page is no sheet but a document that scrolls; css/phone.css knows the same bounds. */
const DOCUMENT = "(width < 560px) and (height <= 500px)";

/**
 * @param {HTMLElement} body
 * @param {{ state: import("../../core/state.js").State }} page
 */
export function createBottomSheet(body, { state }) {
    const grip = find("#grip", HTMLButtonElement);
    const panel = find("#panel", HTMLElement);
    const tabs = find("#tabs", HTMLElement);
    let [shown, focus] = [0, state.view.focus];
    const turn = (/** @type {string | undefined} */ height) => {
        body.dataset.sheet = height ?? "half";
        describe(grip, body);
    };
    const dragged = draggable(grip, panel, (way) => {
        const steps = Math.abs(way) > LONG_DRAG * window.innerHeight ? 2 : 1;
        const now = HEIGHTS.indexOf(body.dataset.sheet ?? "half");
        turn(HEIGHTS[Math.min(2, Math.max(0, now + Math.sign(way) * steps))]);
    });
    grip.addEventListener("click", (event) => {
        // A drag ends in a click of its own; only a press or a key turns the sheet here.
        if (event.detail !== 0 && dragged()) return;
        turn(body.dataset.sheet === "full" ? "half" : "full");
    });
    revealFocused(panel, () => body.dataset.sheet === "peek" && turn("half"));
    state.addEventListener("change", () => {
        if (state.view.focus && body.dataset.sheet === "full") body.dataset.sheet = "half";
    });
    tabs.addEventListener("click", (event) => {
        const tab = pressedElement(event, "tab");
        if (!tab) return;
        if (body.dataset.tab !== tab) panel.scrollTop = 0; // they share what scrolls, and begin at the beginning
        body.dataset.tab = tab;
        if (body.dataset.sheet === "peek") turn("half");
        drawTabs(tabs, body, shown);
    });
    return {
        /** @param {import("../../core/types.d.ts").Selection} selection @param {import("../../core/types.d.ts").View} view */
        update: (selection, view) => {
            shown = selection.items.length;
            describe(grip, body);
            drawTabs(tabs, body, shown);
            // In a document the card lies below the map, not over it: it is gone to.
            if (view.focus && view.focus !== focus && matchMedia(DOCUMENT).matches) find("#card", HTMLElement).scrollIntoView();
            focus = view.focus;
        },
    };
}

/** What the keyboard reaches in a sheet that only peeks out is to be seen. @param {HTMLElement} panel @param {() => void} reveal */
function revealFocused(panel, reveal) {
    panel.addEventListener("focusin", ({ target }) => {
        if (target instanceof Element && target.matches("#sheet-head ~ * :focus-visible")) reveal();
    });
}

/**
 * The panel follows the finger on the grip.
 * @param {HTMLElement} grip @param {HTMLElement} panel
 * @param {(way: number) => void} done told how far up it was dragged, if it was
 * @returns {() => boolean} whether the last press was a drag
 */
function draggable(grip, panel, done) {
    let start = 0;
    let height = 0;
    let way = 0;
    const isDrag = () => Math.abs(way) > DRAG_PX;
    const follow = (/** @type {boolean} */ on) => {
        panel.classList.toggle("is-dragged", on);
        panel.style.height = on ? `${height + way}px` : "";
    };
    grip.addEventListener("pointerdown", (event) => {
        [start, height, way] = [event.clientY, panel.offsetHeight, 0];
        grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", (event) => {
        if (!grip.hasPointerCapture(event.pointerId)) return;
        way = start - event.clientY;
        follow(isDrag());
    });
    grip.addEventListener("pointerup", (event) => {
        way = start - event.clientY;
        follow(false);
        if (isDrag()) done(way);
    });
    grip.addEventListener("pointercancel", () => follow(false));
    return isDrag;
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
