/** The presentation: a clean frame, and a tour of views stepped by keyboard: the whole, then layer by layer. */

import { html, render } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { stopsOf } from "../../core/tour.js";
import { parse } from "../../core/url.js";
import { viewTitle } from "../view_title.js";

/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {{ title: string, words: string, patch: Partial<View> }} Step */

/**
 * @param {HTMLElement} body
 * @param {Page} page
 */
export function createPresentation(body, page) {
    const { state } = page;
    const caption = Object.assign(document.createElement("section"), { id: "caption" });
    body.append(caption);
    /** @type {Step[]} */
    let steps = [];
    /** What was on the screen before. @type {Partial<View>} */
    let before = {};
    let at = 0;
    /** @type {Selection | null} */
    let shown = null;
    const draw = () => {
        const step = steps[at];
        if (step && shown) render(caption, markup(page, step, at, steps.length, shown));
    };

    const go = (/** @type {number} */ step) => {
        at = Math.min(steps.length - 1, Math.max(0, at + step));
        state.change({ focus: null, near: null, place: null, ...steps[at]?.patch, present: "1" }, "replace");
        // Two stops may show the same view under two titles: then nothing has changed but the caption.
        draw();
    };
    const leave = () => {
        steps = [];
        if (document.fullscreenElement) void document.exitFullscreen();
        state.change({ ...before, present: null });
        focusOn('[data-key="present"]');
    };
    listen(caption, state, go, leave);
    return {
        /** @param {Selection} selection @param {View} view */
        update(selection, view) {
            caption.hidden = view.present !== "1";
            if (caption.hidden) return void (shown = null);
            if (steps.length === 0) {
                const tour = tourSteps(page);
                [at, before, steps] = [0, { ...view, present: null }, tour.length > 0 ? tour : stepsOf(page, selection)];
                // The first stop may be elsewhere; the change waits until every part has seen this one.
                if (tour.length > 0) queueMicrotask(() => go(0));
            }
            const opened = shown === null;
            shown = selection;
            draw();
            if (opened) caption.querySelector("h2")?.focus();
        },
    };
}

/** Arrows and pages go on and back, Escape leaves. @param {HTMLElement} caption @param {Page["state"]} state @param {(step: number) => void} go @param {() => void} leave */
function listen(caption, state, go, leave) {
    document.addEventListener("keydown", (event) => {
        if (state.view.present !== "1" || event.target instanceof HTMLInputElement) return;
        if (["ArrowRight", "PageDown"].includes(event.key)) go(1);
        else if (["ArrowLeft", "PageUp"].includes(event.key)) go(-1);
        else if (event.key === "Escape" && !state.view.focus) leave();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }, true);
    caption.addEventListener("click", (event) => {
        const button = event.target instanceof Element ? event.target.closest("button") : null;
        if (button?.dataset.step) go(Number(button.dataset.step));
        if (button?.dataset.leave !== undefined) leave();
    });
}

/** @param {string} selector */
function focusOn(selector) {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.focus();
}

/** The views the reader has chosen. @param {Page} page @returns {Step[]} */
function tourSteps(page) {
    const { state, pack } = page;
    return stopsOf(state.hash).map((query) => {
        const { view } = parse(query, state.vocabulary);
        const { lang, theme } = state.view;
        return { title: viewTitle(page, view), words: `${pick(pack, "plan_short")} ${pack.period}`, patch: { ...view, lang, theme, compare: [] } };
    });
}

/** The view as it is, then each of its layers. @param {Page} page @param {Selection} selection @returns {Step[]} */
function stepsOf({ pack, catalogue, state }, selection) {
    const { layer, bbox, county, place, near } = state.view;
    const held = new Set(selection.items.map((item) => item.layer));
    const layers = catalogue.used.filter((one) => held.has(one.id));
    const [only] = layers.length === 1 ? layers : [];
    const words = only ? pick(only, "description") : `${pick(pack, "plan_short")} ${pack.period}`;
    const whole = { title: viewTitle({ pack, catalogue }, { ...state.view, focus: null }), words, patch: { layer, bbox, county, place, near } };
    return [whole, ...(only ? [] : layers).map((one) => ({
        title: pick(one, "title"), words: pick(one, "description"), patch: { layer: [one.id], bbox, county },
    }))];
}

/** @param {Page} page @param {Step} step @param {number} at @param {number} of @param {Selection} selection */
function markup({ pack }, step, at, of, selection) {
    return html`<div class="caption-text"><h2 tabindex="-1" data-refuge>${step.title}</h2>
            <p>${step.words.replace(/[。.]$/, "")} · ${t("count", { n: selection.items.length })}</p></div>
        <p class="caption-steps">${of > 1 && html`<button type="button" data-step="-1" data-key="back" aria-label="${t("present.back")}">‹</button>
            <span>${number(at + 1)} / ${number(of)}</span>
            <button type="button" data-step="1" data-key="on" aria-label="${t("present.on")}">›</button>`}
            <button type="button" class="quiet" data-leave data-key="leave">${t("present.leave")}</button></p>
        <p class="caption-approval">${pack.approval_number ? t("approval", { number: pack.approval_number }) : t("approval.none")}</p>`;
}
