/**
 * Lists too long for every row to exist: the room of all of them is kept, and only the rows near the window are there.
 * Each says which of how many it is; arrows, Home and End go from row to row; what is to be printed is fetched first.
 */

import { html } from "../../io/html.js";
import { t } from "../../core/i18n.js";
import { PRINTED } from "./length.js";

/** @typedef {import("../../io/html.js").Markup} Markup */
/**
 * @typedef {object} Rows
 * @property {HTMLElement} box a list or the body of a table
 * @property {number} count
 * @property {(at: number) => Markup | null} row null while it has not come
 * @property {(from: number, to: number) => Promise<unknown> | null} load
 */

/** Rows above and below the window: the Tab key finds the next one there. */
const BESIDE = 10;
/** No browser shows an element much higher: rows of a list longer than that share its room. */
const HIGHEST_PX = 8_000_000;
const STEPS = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity });

/** @param {HTMLElement} root what holds the lists, wherever it is scrolled @param {() => void} drawn told whenever other rows are there */
export function createLongRows(root, drawn) {
    /** @type {Held[]} */
    let lists = [];
    let printing = false;
    const draw = (/** @type {Held} */ list, anew = false) => {
        const seen = isSeen(list);
        if (seen && list.height === 0) measure(list);
        const [from, to] = printing ? [0, list.printed] : seen ? rangeOf(list) : [0, 0];
        const coming = from < to ? list.load(from, to) : null;
        if (!anew && from === list.from && to === list.to) return coming;
        Object.assign(list, { from, to });
        fill(list);
        drawn();
        void coming?.then(() => list.from === from && list.to === to && root.contains(list.box) && (fill(list), drawn()));
        return coming;
    };
    const frame = once(() => { for (const list of lists) draw(list); });
    watch(root, frame);
    const paper = (/** @type {boolean} */ on) => { printing = on; for (const list of lists) draw(list, true); };
    matchMedia("print").addEventListener("change", ({ matches }) => paper(matches));
    listen(root, () => lists, draw);
    return {
        /** @param {Rows[]} next */
        show(next) {
            lists = heldOf(next);
            for (const list of lists) {
                list.box.classList.add("is-long");
                draw(list, true);
            }
        },
        /** Has what is printed come first. */
        async print() {
            printing = true;
            await Promise.all(lists.map((list) => draw(list, true)));
            window.print();
            paper(false);
        },
    };
}

/** Whatever scrolls may hold the lists, or be in them. @param {HTMLElement} root @param {() => void} frame */
function watch(root, frame) {
    const concerns = (/** @type {EventTarget | null} */ one) => one instanceof Node && (one.contains(root) || root.contains(one));
    document.addEventListener("scroll", (event) => concerns(event.target) && frame(), { capture: true, passive: true });
    new ResizeObserver(frame).observe(root);
    addEventListener("resize", frame);
}

/** `printed`: how many of its rows are put on paper. @typedef {Rows & { printed: number, height: number, from: number, to: number }} Held */

/** The first rows of them all are what is put on paper. @param {Rows[]} lists @returns {Held[]} */
function heldOf(lists) {
    let left = PRINTED;
    return lists.map((one) => {
        const printed = Math.min(one.count, left);
        left -= printed;
        return { ...one, printed, height: 0, from: -1, to: -1 };
    });
}

/** Whether it is shown: a panel may be closed, or another tab open. @param {Rows} list */
const isSeen = ({ box }) => box.getClientRects().length > 0;

/** Arrows, Home and End go from row to row. @param {HTMLElement} root @param {() => Held[]} lists @param {(list: Held, anew?: boolean) => Promise<unknown> | null} draw */
function listen(root, lists, draw) {
    root.addEventListener("keydown", (event) => {
        if (lists().length > 0) searchInstead(event);
        const row = event.target instanceof Element ? event.target.closest("[data-at]") : null;
        const list = lists().find((one) => row && one.box.contains(row));
        const step = STEPS[event.key];
        if (!row || !list || !step || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        const at = Math.max(0, Math.min(list.count - 1, Number(row.getAttribute("data-at")) + step));
        void goTo(list, at, draw);
    });
}

/** What the browser's own search looks through is only what is in sight; that of the page looks through all. @param {KeyboardEvent} event */
function searchInstead(event) {
    const search = document.querySelector("#header input");
    if (event.key !== "f" || !(event.ctrlKey || event.metaKey) || !(search instanceof HTMLInputElement)) return;
    event.preventDefault();
    search.focus();
}

/** Which rows are near the window. @param {Rows & { height: number }} list @returns {[number, number]} */
function rangeOf({ box, count, height }) {
    const { top } = box.getBoundingClientRect();
    const pitch = pitchOf(count, height);
    const near = BESIDE * height;
    if (top > innerHeight + near) return [0, 0];
    if (top + count * pitch < -near) return [count, count];
    const seen = Math.ceil(innerHeight / height);
    const first = Math.floor(Math.max(0, -top) / pitch) - BESIDE;
    const from = Math.max(0, Math.min(first, count - seen - 2 * BESIDE));
    // A list just below the window has its first rows, one just above it its last.
    return [from, Math.min(count, top > innerHeight ? BESIDE : from + seen + 2 * BESIDE)];
}

/** @param {number} count @param {number} height */
const pitchOf = (count, height) => Math.min(height, HIGHEST_PX / count);

/** The rows that are there, between what keeps the room of the others; who has the focus keeps it. @param {Held} list */
function fill({ box, count, row, height, from, to }) {
    const active = document.activeElement;
    const key = active && box.contains(active) ? active.getAttribute("data-key") : null;
    const pitch = pitchOf(count, height);
    const rows = Array.from({ length: to - from }, (_, i) => row(from + i) ?? waiting(box));
    const after = Math.max(0, count * pitch - from * pitch - (to - from) * height);
    box.innerHTML = String(html`${gap(box)}${rows}${gap(box)}`);
    [...box.querySelectorAll(".gap")].forEach((one, i) => {
        const room = /** @type {HTMLElement} */ (one.firstElementChild ?? one);
        room.style.height = `${i === 0 ? from * pitch : after}px`;
    });
    const own = [...box.children].slice(1, -1);
    own.forEach((one, i) => {
        one.setAttribute("data-at", String(from + i));
        if (one.tagName === "TR") one.setAttribute("aria-rowindex", String(from + i + 2));
        else for (const [name, n] of /** @type {const} */ ([["posinset", from + i + 1], ["setsize", count]])) one.setAttribute(`aria-${name}`, String(n));
    });
    if (key === null) return;
    const again = box.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? box.closest("[tabindex]");
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** Keeps the room of rows. @param {HTMLElement} box */
function gap(box) {
    return box.tagName === "TBODY" ? html`<tr class="gap" aria-hidden="true"><td></td></tr>` : html`<li class="gap" aria-hidden="true"></li>`;
}

/** A row that is on its way. @param {HTMLElement} box */
function waiting(box) {
    return box.tagName === "TBODY" ? html`<tr role="row" class="is-coming"><td role="cell" colspan="20">${t("loading")}</td></tr>` : html`<li class="is-coming"><span class="item">${t("loading")}</span></li>`;
}

/** How high a row is: all are alike (css/panel.css, css/demand.css). @param {Held} list */
function measure(list) {
    list.box.innerHTML = String(list.row(0) ?? waiting(list.box));
    list.height = Math.max(20, list.box.firstElementChild?.getBoundingClientRect().height ?? 0);
}

/** @param {Held} list @param {number} at @param {(list: Held, anew?: boolean) => Promise<unknown> | null} draw */
async function goTo(list, at, draw) {
    const link = () => /** @type {HTMLElement | null} */ (list.box.querySelector(`[data-at="${at}"] :is(a, button)`));
    if (!link()) {
        const pitch = pitchOf(list.count, list.height);
        scrollerOf(list.box).scrollBy(0, list.box.getBoundingClientRect().top + at * pitch - innerHeight / 2);
        await draw(list);
    }
    link()?.focus();
}

/** @param {Element} box @returns {Element} */
function scrollerOf(box) {
    for (let one = box.parentElement; one; one = one.parentElement) {
        if (one.scrollHeight > one.clientHeight && ["auto", "scroll"].includes(getComputedStyle(one).overflowY)) return one;
    }
    return document.documentElement;
}

/** At most once a frame. @param {() => void} run */
function once(run) {
    let asked = false;
    return () => {
        if (asked) return;
        asked = true;
        requestAnimationFrame(() => {
            asked = false;
            run();
        });
    };
}
