/** The presentation: a clean frame, and a tour of views stepped by keyboard: the whole, then layer by layer. */

import { deckPath } from "../../io/addresses.js";
import { address } from "../../io/api.js";
import { html, render } from "../../io/html.js";
import { lang, number, pick, t } from "../../core/i18n.js";
import { begunHere, keepBegun, stopOf, stopsOf } from "../../core/tour.js";
import { parse, serialise } from "../../core/url.js";
import { viewTitle } from "../view_words.js";

/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {{ title: string, words: string, patch: Partial<View>, say?: string, dwell?: number }} Step */
/** @typedef {{ steps: Step[], before: View, layers: string[], at: number, shown: Selection | null, mode: { notes: boolean, halted: boolean } }} Talk */

/**
 * @param {HTMLElement} body
 * @param {Page} page
 */
export function createPresentation(body, page) {
    const { state } = page;
    const caption = Object.assign(document.createElement("section"), { id: "caption", ariaLabel: t("present") });
    body.append(caption);
    /** `before` is what was on the screen; `mode`, whether the speaker's notes are shown and the tour stands still. @type {Talk} */
    const talk = { steps: [], before: state.view, layers: [], at: 0, shown: null, mode: { notes: false, halted: false } };
    const clock = createClock(() => go(1));
    const rest = () => {
        const { steps, at, mode } = talk;
        if (steps[at] && talk.shown) render(caption, markup(page, talk, talk.shown));
        clock.wait(mode.halted || at === steps.length - 1 ? 0 : steps[at]?.dwell);
    };
    const go = (/** @type {number} */ step) => {
        body.classList.add("is-pointer-still");
        talk.at = Math.min(talk.steps.length - 1, Math.max(0, talk.at + step));
        state.change({ focus: null, near: null, place: null, ...talk.steps[talk.at]?.patch, present: "1" }, "replace");
        keepProgress(state, talk);
        // Two stops may show the same view under two titles: then nothing has changed but the caption.
        rest();
    };
    const end = () => void (clock.wait(0), Object.assign(talk, { shown: null, steps: [] }));
    const leave = () => leaveFor(state, talk.before);
    const turn = (/** @type {"notes" | "halted"} */ name) => {
        talk.mode[name] = !talk.mode[name];
        rest();
    };
    listen(caption, state, { go, leave, turn });
    return {
        /** @param {Selection} selection @param {View} view */
        update(selection, view) {
            caption.hidden = view.present !== "1";
            if (caption.hidden) return end();
            if (talk.steps.length === 0) begin(page, talk, selection, () => go(0));
            const opened = talk.shown === null;
            talk.shown = selection;
            if (talk.steps[talk.at]) render(caption, markup(page, talk, selection));
            if (opened) caption.querySelector("h2")?.focus();
        },
    };
}

/** @param {Page} page @param {Talk} talk @param {Selection} selection @param {() => void} first shows the first stop */
function begin(page, talk, selection, first) {
    const { state } = page;
    const [tour, begun] = [tourSteps(page), wasLoadedAgain() ? begunHere() : null];
    Object.assign(talk, begun ? { ...begun, before: parse(begun.before, state.vocabulary).view } : begunAt(tour, state.view, selection));
    hasBegun = true;
    talk.steps = tour.length > 0 ? tour : stepsOf(page, talk.before, talk.layers);
    talk.at = Math.min(talk.at, talk.steps.length - 1);
    keepProgress(state, talk);
    // The first stop may be elsewhere; the change waits until every part has seen this one.
    if (tour.length > 0) queueMicrotask(first);
}

/** A link may lead to the middle of a tour: that stop's title is not that of what is left with it. @param {Step[]} tour @param {View} view @param {Selection} selection */
function begunAt(tour, view, { layers, items }) {
    const came = hasBegun || !wasLoadedWithin() ? -1 : tour.findIndex(({ patch }) => isSame(view, patch));
    const held = layers?.keys() ?? items.map((item) => item.layer);
    return { at: Math.max(0, came), before: { ...view, title: came < 0 ? view.title : "" }, layers: [...new Set(held)] };
}

/** @param {Page["state"]} state @param {Talk} talk */
function keepProgress({ vocabulary }, { before, layers, at }) {
    keepBegun({ before: serialise({ ...before, present: null }, vocabulary), layers, at });
}

let hasBegun = false;

const loaded = () => /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0]);

/** The page was loaded in the middle of a presentation: who loads it again goes on where it was. */
const wasLoadedWithin = () => new URL(loaded()?.name ?? location.href).searchParams.get("present") === "1";
const wasLoadedAgain = () => !hasBegun && loaded()?.type === "reload" && wasLoadedWithin();

/** @param {View} view @param {Partial<View>} patch */
function isSame(view, patch) {
    return Object.entries(view).every(([name, value]) =>
        name === "present" || JSON.stringify(value) === JSON.stringify(patch[/** @type {keyof View} */ (name)]));
}

/** Does what follows after some seconds; 0: not by itself. @param {() => void} next */
function createClock(next) {
    let timer = 0;
    return {
        wait(seconds = 0) {
            clearTimeout(timer);
            if (seconds > 0) timer = window.setTimeout(next, seconds * 1000);
        },
    };
}

/**
 * Arrows and pages go on and back, N shows the notes, Escape leaves.
 * @param {HTMLElement} caption @param {Page["state"]} state
 * @param {{ go(step: number): void, leave(): void, turn(name: "notes" | "halted"): void }} on
 */
function listen(caption, state, { go, leave, turn }) {
    document.addEventListener("keydown", (event) => {
        if (state.view.present !== "1" || event.target instanceof HTMLInputElement) return;
        if (["ArrowRight", "PageDown"].includes(event.key)) go(1);
        else if (["ArrowLeft", "PageUp"].includes(event.key)) go(-1);
        else if (event.key.toLowerCase() === "n") turn("notes");
        else if (event.key === "Escape" && !state.view.focus) leave();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }, true);
    // What the pointer has been left on says nothing until it moves.
    document.addEventListener("pointermove", () => document.body.classList.remove("is-pointer-still"));
    caption.addEventListener("click", (event) => {
        const button = event.target instanceof Element ? event.target.closest("button") : null;
        if (button?.dataset.step) go(Number(button.dataset.step));
        if (button?.dataset.turn) turn(button.dataset.turn === "notes" ? "notes" : "halted");
        if (button?.dataset.leave !== undefined) leave();
    });
}

/** Back to what was on the screen before. @param {Page["state"]} state @param {Partial<View>} before */
function leaveFor(state, before) {
    if (document.fullscreenElement) void document.exitFullscreen();
    keepBegun(null);
    state.change({ ...before, present: null });
    focusOn('[data-key="present"]');
}

/** @param {string} selector */
function focusOn(selector) {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.focus();
}

/** The views the reader has chosen. @param {Page} page @returns {Step[]} */
function tourSteps(page) {
    const { state, pack } = page;
    return stopsOf(state.hash).map(stopOf).map(({ query, say, dwell }) => {
        const { view } = parse(query, state.vocabulary);
        const { lang, theme } = state.view;
        return { title: viewTitle(page, view), words: `${pick(pack, "plan_short")} ${pack.period}`, patch: { ...view, lang, theme, compare: [] }, say, dwell };
    });
}

/** The view as it is, then each of its layers. @param {Page} page @param {View} view @param {string[]} held ids of its layers */
function stepsOf({ pack, catalogue }, view, held) {
    const { layer, bbox, county, place, near } = view;
    const layers = catalogue.used.filter(({ id }) => held.includes(id));
    const [only] = layers.length === 1 ? layers : [];
    const words = only ? pick(only, "description") : `${pick(pack, "plan_short")} ${pack.period}`;
    const whole = { title: viewTitle({ pack, catalogue }, { ...view, focus: null }), words, patch: { layer, bbox, county, place, near } };
    return [whole, ...(only ? [] : layers).map((one) => ({
        title: pick(one, "title"), words: pick(one, "description"), patch: { layer: [one.id], bbox, county },
    }))];
}

/** @param {Page} page @param {Talk} talk @param {Selection} selection */
function markup({ pack, state }, { at, steps, mode: { notes, halted } }, selection) {
    const step = /** @type {Step} */ (steps[at]);
    const toggle = (/** @type {string} */ name, /** @type {boolean} */ pressed) =>
        html`<button type="button" class="quiet" data-turn="${name}" data-key="${name}" aria-pressed="${pressed}">${t(`present.${name}`)}</button>`;
    return html`<div class="caption-text"><h2 role="heading" aria-level="1" tabindex="-1" data-refuge>${step.title}</h2>
            <p>${step.words.replace(/[。.]$/, "")} · ${t("count", { n: selection.items.length })}</p></div>
        <p class="caption-steps">${steps.length > 1 && html`<button type="button" data-step="-1" data-key="back" aria-label="${t("present.back")}">‹</button>
            <span>${number(at + 1)} / ${number(steps.length)}</span>
            <button type="button" data-step="1" data-key="on" aria-label="${t("present.on")}">›</button>`}
            ${steps.some(({ say }) => say) && toggle("notes", notes)}${steps.some(({ dwell }) => dwell) && toggle("halted", halted)}
            ${deckLink(state.hash)}
            <button type="button" class="quiet" data-leave data-key="leave">${t("present.leave")}</button></p>
        ${notes && step.say && html`<p class="caption-notes" role="note">${step.say}</p>`}
        ${pack.approval_number && html`<p class="caption-approval">${t("approval", { number: pack.approval_number })}</p>`}`;
}

/** The tour as slides; nothing where there is none, or nobody makes them. @param {string} hash */
function deckLink(hash) {
    const stops = stopsOf(hash);
    const path = stops.length > 0 ? deckPath("pptx", stops, lang()) : null;
    return path && html`<a class="quiet" href="${address(path)}" download data-key="deck">${t("tour.pptx")}</a>`;
}
