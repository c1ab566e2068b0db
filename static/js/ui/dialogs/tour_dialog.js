/** The tour: views laid aside for a talk, in order, with a link that carries them. Loaded on use. */

import { deckPath } from "../../io/addresses.js";
import { address, fetchTours } from "../../io/api.js";
import { find, html, pressedElement, render } from "../../io/html.js";
import { lang, number, pick, t } from "../../core/i18n.js";
import { keepStops, MOST_STOPS, stopsOf, tourHash } from "../../core/tour.js";
import { parse, serialise } from "../../core/url.js";
import { icon } from "../icons.js";
import { viewTitle } from "../view_title.js";

/** @typedef {import("../page.d.ts").Page} Page */

/** @param {Page} page */
export function openTour(page) {
    const { state } = page;
    const dialog = document.createElement("dialog");
    dialog.className = "share tour";
    dialog.setAttribute("aria-labelledby", "tour-title");
    find("#dialogs", HTMLElement).append(dialog);
    let stops = stopsOf(state.hash);
    /** @type {import("../../core/types.d.ts").Tour[]} */
    let ready = [];
    const draw = () => render(dialog, markup(page, stops, ready));
    const keep = (/** @type {string[]} */ next) => {
        stops = next;
        keepStops(stops);
        // From now on the tour is the reader's own, not the link's.
        state.forgetTour();
        draw();
    };
    dialog.addEventListener("submit", (event) => {
        event.preventDefault();
        keep([...stops, stopNow(page, find("#tour-name", HTMLInputElement, dialog).value.trim())].slice(0, MOST_STOPS));
    });
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog || pressedElement(event, "close") !== null) dialog.close();
        const drop = pressedElement(event, "drop");
        if (drop) keep(stops.filter((_, i) => i !== Number(drop)));
        const up = pressedElement(event, "up");
        if (up) keep(raised(stops, Number(up)));
        const tour = ready.find(({ id }) => id === pressedElement(event, "ready"));
        if (tour) keep([...stops, ...stopsReady(page, tour)].slice(0, MOST_STOPS));
        if (pressedElement(event, "copy") !== null) void copied(dialog, `${address("./?present=1")}${tourHash(stops)}`);
        if (pressedElement(event, "start") !== null) {
            dialog.close();
            void document.documentElement.requestFullscreen?.().catch(() => undefined);
            state.change({ present: "1", focus: null, table: null });
        }
    });
    dialog.addEventListener("close", () => dialog.remove());
    draw();
    dialog.showModal();
    // A tour of one's own needs none that is ready.
    void fetchTours().then((found) => { ready = found; draw(); }, () => undefined);
}

/** The views of a ready tour, under their titles. @param {Page} page @param {import("../../core/types.d.ts").Tour} tour */
function stopsReady({ state }, tour) {
    return tour.stops.map((stop) => serialise(
        { ...parse(stop.view, state.vocabulary).view, title: pick(stop, "title") }, state.vocabulary,
    ));
}

/** The view in force with its extent, so that the stop shows what is seen now. @param {Page} page @param {string} title */
function stopNow({ state }, title) {
    return serialise({
        ...state.view, title, bbox: state.view.bbox ?? state.extent, table: null, present: null, compare: [], lang: null, theme: null,
    }, state.vocabulary);
}

/** @param {string[]} stops @param {number} i */
function raised(stops, i) {
    const next = [...stops];
    next.splice(i - 1, 0, ...next.splice(i, 1));
    return next;
}

/** @param {Page} page @param {string[]} stops @param {import("../../core/types.d.ts").Tour[]} ready */
function markup(page, stops, ready) {
    const { state } = page;
    return html`<form class="share-body">
        <h2 id="tour-title">${t("tour")}</h2>
        <button type="button" class="close" data-close aria-label="${t("close")}">${icon("close")}</button>
        <p class="hint">${t(stops.length ? "tour.why" : "tour.none")}</p>
        <ol class="stops">${stops.map((query, i) => stop(viewTitle(page, parse(query, state.vocabulary).view), i))}</ol>
        ${ready.length > 0 && html`<p class="compare-foot">${t("tour.ready")} ${ready.map((tour) =>
            html`<button type="button" class="tool" data-ready="${tour.id}" data-key="ready:${tour.id}">${pick(tour, "title")}</button>`)}</p>`}
        <label for="tour-name">${t("tour.name")}</label>
        <div class="copy-field"><input id="tour-name" data-key="name" maxlength="120" value="${viewTitle(page, state.view)}">
            <button class="tool strong" data-key="add">${t("tour.add")}</button></div>
        <p class="compare-foot"><button type="button" class="tool strong" data-start data-key="start">${icon("screen")}<span>${t("tour.start")}</span></button>
            ${stops.length > 0 && html`<button type="button" class="tool" data-copy data-key="copy">${icon("link")}<span>${t("copy.link")}</span></button>`}
            ${["pptx", "pdf"].map((ext) => deckLink(ext, stops))}
            <span role="status"></span></p>
    </form>`;
}

/** The tour as a file; nothing where it has no views, or nobody makes one. @param {string} ext @param {string[]} stops */
function deckLink(ext, stops) {
    const path = stops.length > 0 ? deckPath(ext, stops, lang()) : null;
    return path && html`<a class="tool" href="${address(path)}" download data-key="deck:${ext}">${t(`tour.${ext}`)}</a>`;
}

/** @param {string} title @param {number} i */
function stop(title, i) {
    return html`<li><span class="count">${number(i + 1)}</span><span class="stop-title">${title}</span>
        ${i > 0 && html`<button type="button" class="quiet" data-up="${i}" data-key="up:${i}" aria-label="${t("tour.up", { title })}">↑</button>`}
        <button type="button" class="quiet" data-drop="${i}" data-key="drop:${i}" aria-label="${t("drop", { words: title })}">×</button></li>`;
}

/** @param {HTMLElement} dialog @param {string} link */
async function copied(dialog, link) {
    await navigator.clipboard.writeText(link);
    find("[role=status]", HTMLElement, dialog).textContent = t("copied");
}
