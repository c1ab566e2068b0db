/** The legend: only what is on the map now, how well placed it is, and what is not drawn and why. */

import { html, pressedElement, render } from "../../io/html.js";
import { t } from "../../core/i18n.js";
import { withStyles } from "../../io/styles.js";
import { icon } from "../icons.js";

/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */

/** A frame lower than this has more use for its map. */
const TALL_PX = 420;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @param {() => number} [most] how high it may be, in an embed: one that is higher is folded until it is asked for
 */
export function createLegend(root, page, most) {
    const { state } = page;
    const wide = matchMedia("(min-width: 1400px)");
    const spacious = !most && wide.matches;
    let open = spacious || (root.dataset.open === "1" && innerHeight >= (most ? 0 : TALL_PX));
    // The map makes room for it from the first.
    root.classList.toggle("is-open", open && !state.view.focus);
    const paper = matchMedia("print");
    paper.addEventListener("change", () => shown());
    /** Whether the reader has folded or unfolded it. */
    let asked = false;
    let shown = () => {};
    /** @type {typeof import("./legend_keys.js").legendKeys | null} */
    let keys = null;
    const load = () => void withStyles(import("./legend_keys.js"), "drawings").then((loaded) => {
        keys = loaded.legendKeys;
        shown();
    });
    // A sheet has its legend, and printing waits for nothing: not for a page that is never at rest either.
    (window.requestIdleCallback ?? setTimeout)(load, { timeout: 1000 });
    listen(root, state, () => {
        open = !root.classList.contains("is-open");
        asked = true;
        shown();
    });
    if (spacious) keepOffLand(root, state, () => asked || paper.matches || !wide.matches || state.view.present === "1", (free) => {
        if (open === free) return;
        open = free;
        shown();
    });
    return {
        inWindow: true,
        /** @param {Selection} selection */
        update: (selection) => {
            // A slide has its legend, whatever was folded, and no button to scroll it by; beside a card there is no room for one not asked for.
            const { present, focus } = scrolled(root, state.view);
            shown = () => {
                const unfolded = present === "1" || paper.matches || (open && (asked || !focus));
                draw(root, unfolded, unfolded && keys?.(page, selection.drawn ?? selection));
                if (!asked) foldHigh(root, most);
                if (unfolded && !keys) load();
            };
            shown();
        },
    };
}

/** On a slide the keyboard scrolls it by itself. @param {HTMLElement} root @param {import("../../core/types.d.ts").View} view */
function scrolled(root, view) {
    root.tabIndex = view.present === "1" ? 0 : -1;
    return view;
}

/** @param {HTMLElement} root @param {boolean} unfolded @param {unknown} body */
function draw(root, unfolded, body) {
    root.classList.toggle("is-open", unfolded);
    root.setAttribute("aria-label", t("legend"));
    render(root, markup(unfolded, body));
}

/** What the next view has may fit again. @param {HTMLElement} root @param {(() => number) | undefined} most */
function foldHigh(root, most) {
    if (most && root.scrollHeight > most()) draw(root, false, null);
}

/** Points looked at along each side of the legend. */
const LOOKED_AT = 6;

/**
 * Where it was not asked for, a legend lies over no land of the plan: after each move of the map it is said whether
 * there is room for it.
 * @param {HTMLElement} root @param {import("../../core/state.js").State} state
 * @param {() => boolean} settled whether it stays as it is @param {(free: boolean) => void} tell
 */
function keepOffLand(root, state, settled, tell) {
    let height = 0;
    state.addEventListener("seen", () => {
        if (root.querySelector(".legend-body")?.childElementCount) height = root.offsetHeight;
        if (height > 0 && !settled()) tell(!isOverLand(root, height));
    });
}

/** Whether land of the plan lies under an element, were it so high: each outline is asked, which is far less than to ask what all lies at a spot. @param {HTMLElement} root @param {number} height */
function isOverLand(root, height) {
    const { left, right, bottom } = root.getBoundingClientRect();
    const steps = Array.from({ length: LOOKED_AT }, (_, i) => i / (LOOKED_AT - 1));
    const spots = steps.flatMap((x) => steps.map((y) => ({ x: left + x * (right - left), y: bottom - y * height })));
    return /** @type {SVGPathElement[]} */ ([...document.querySelectorAll(".veil:not(.is-out)")]).some((land) => {
        const [home, drawn] = [land.ownerSVGElement?.getBoundingClientRect(), land.ownerSVGElement?.viewBox.baseVal];
        return home && drawn && spots.some(({ x, y }) => land.isPointInFill({ x: x - home.left + drawn.x, y: y - home.top + drawn.y }));
    });
}

/** @param {HTMLElement} root @param {import("../../core/state.js").State} state @param {() => void} fold */
function listen(root, state, fold) {
    root.addEventListener("click", (event) => {
        if (pressedElement(event, "fold") !== null) fold();
        if (pressedElement(event, "show") === "none") state.change({ precision: ["none"] });
        if (pressedElement(event, "show") === "city") state.change({ county: ["city"] });
        if (pressedElement(event, "hue") !== null) state.change({ colour: state.view.colour ? null : "status" });
        if (pressedElement(event, "count") !== null) state.change({ choropleth: state.view.choropleth ? null : "1" });
        const county = pressedElement(event, "county");
        if (county) state.toggle("county", county);
    });
}

/** @param {boolean} open @param {unknown} body */
function markup(open, body) {
    return html`<button type="button" class="legend-head" data-fold data-key="legend" aria-expanded="${open}">
            ${icon("fold")}<span>${t("legend")}</span></button>
        ${open && html`<div class="legend-body">${body}</div>`}`;
}
