/** The tour: views laid aside for a talk, in order, with a link that carries them. Loaded on use. */

import { deckPath } from "../../io/addresses.js";
import { address, fetchLong, fetchTours, isLong } from "../../io/api.js";
import { copyText } from "../../io/clipboard.js";
import { find, html, pressedElement, render } from "../../io/html.js";
import { lang, number, pick, t } from "../../core/i18n.js";
import { keepStops, LONGEST_DWELL, LONGEST_SAID, MOST_STOPS, stopMoved, stopOf, stopsOf, stopText, tourHash } from "../../core/tour.js";
import { parse, serialise } from "../../core/url.js";
import { icon } from "../icons.js";
import { viewTitle } from "../view_words.js";
import { openModal } from "./modal.js";

/** @typedef {import("../page.d.ts").Page} Page */

/** @param {Page} page */
export function openTour(page) {
    const { state } = page;
    const dialog = createDialog(state);
    let stops = stopsOf(state.hash);
    /** @type {import("../../core/types.d.ts").Tour[]} */
    let ready = [];
    /** Of which stop the speaker's notes stand open. @type {string | null} */
    let open = null;
    const draw = () => render(dialog, markup(page, stops, ready, open));
    const keep = (/** @type {string[]} */ next) => {
        stops = next;
        keepStops(stops);
        // From now on the tour is the reader's own, not the link's.
        state.forgetTour();
        draw();
    };
    dialog.addEventListener("submit", (event) => {
        event.preventDefault();
        keep([...stopsOf(state.hash), stopNow(page, dialog)].slice(0, MOST_STOPS)); // another window may have added to it
    });
    dialog.addEventListener("click", (event) => {
        const moved = movedBy(stops, event);
        if (moved) keep(moved);
        const turned = pressedElement(event, "tell");
        if (turned) {
            open = open === turned ? null : turned;
            draw();
            dialog.querySelector("textarea")?.focus();
        }
        const tour = ready.find(({ id }) => id === pressedElement(event, "ready"));
        if (tour) keep([...stops, ...stopsReady(page, tour)].slice(0, MOST_STOPS));
        if (pressedElement(event, "copy") !== null) void copied(dialog, `${address("./?present=1")}${tourHash(stops)}`);
    });
    dialog.addEventListener("input", ({ target }) => {
        stops = withTalk(stops, target) ?? stops;
        keepStops(stops);
        state.forgetTour();
        renewDecks(dialog, stops);
    });
    draw();
    openModal(dialog);
    // A tour of one's own needs none that is ready.
    void fetchTours().then((found) => { ready = found; draw(); }, () => undefined);
}

/** Nothing is drawn anew beneath a hand that writes; the files are of what is written now. @param {HTMLElement} dialog @param {string[]} stops */
function renewDecks(dialog, stops) {
    for (const ext of DECKS) dialog.querySelector(`[data-key="deck:${ext}"]`)?.setAttribute("href", address(deckPath(ext, stops, lang()) ?? ""));
}

/** A tour with more to say than an address holds. @param {HTMLElement} dialog @param {string} href */
async function saveDeck(dialog, href) {
    const said = find("[role=status]", HTMLElement, dialog);
    said.textContent = t("share.send.drawing");
    try {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(await fetchLong(href));
        link.download = new URL(href).pathname.split("/").pop() ?? "";
        link.click();
        said.textContent = "";
        setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
    } catch (error) {
        said.textContent = `${t("failed")} ${String(error)}`;
    }
}

/** What it does whatever the tour is: it closes, starts, hands out files. @param {Page["state"]} state */
function createDialog(state) {
    const dialog = document.createElement("dialog");
    dialog.className = "share tour";
    dialog.setAttribute("aria-labelledby", "tour-title");
    find("#dialogs", HTMLElement).append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog || pressedElement(event, "close") !== null) dialog.close();
        if (pressedElement(event, "start") !== null) start(dialog, state);
        const deck = event.target instanceof Element ? event.target.closest("a[download]") : null;
        if (!(deck instanceof HTMLAnchorElement && isLong(deck.href))) return;
        event.preventDefault();
        void saveDeck(dialog, deck.href);
    });
    return dialog;
}

/** @param {HTMLDialogElement} dialog @param {Page["state"]} state */
function start(dialog, state) {
    dialog.close();
    void document.documentElement.requestFullscreen?.().catch(() => undefined);
    state.change({ present: "1", focus: null, table: null });
}

/** The stops without one, or in another order, as a press asks for. @param {string[]} stops @param {Event} event */
function movedBy(stops, event) {
    const [up, down] = [pressedElement(event, "up"), pressedElement(event, "down")];
    const drop = pressedElement(event, "drop");
    if (drop) return stops.filter((_, i) => i !== Number(drop));
    const at = Number(up ?? down);
    return up ?? down ? stopMoved(stops, at, at + (up ? -1 : 1)) : null;
}

/** The stops with what is said of one of them. @param {string[]} stops @param {EventTarget | null} target */
function withTalk(stops, target) {
    if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) || !target.dataset.of) return null;
    const at = Number(target.dataset.of);
    const talk = target.name === "say" ? { say: target.value } : { dwell: Math.min(LONGEST_DWELL, Math.max(0, Math.round(Number(target.value)))) };
    return stops.map((one, i) => (i === at ? stopText({ ...stopOf(one), ...talk }) : one));
}

/** The views of a ready tour, under their titles. @param {Page} page @param {import("../../core/types.d.ts").Tour} tour */
function stopsReady({ state }, tour) {
    return tour.stops.map((stop) => serialise(
        { ...parse(stop.view, state.vocabulary).view, title: pick(stop, "title") }, state.vocabulary,
    ));
}

/** The view in force with its extent, so that the stop shows what is seen now. @param {Page} page @param {HTMLElement} dialog */
function stopNow({ state }, dialog) {
    const title = find("#tour-name", HTMLInputElement, dialog).value.trim();
    return serialise({
        ...state.view, title, bbox: state.view.bbox ?? state.extent, table: null, present: null, compare: [], lang: null, theme: null,
    }, state.vocabulary);
}

const DECKS = ["pptx", "pdf"];
/** How long a file stays for the browser to save it. */
const KEPT_MS = 60_000;

/** @param {Page} page @param {string[]} stops @param {import("../../core/types.d.ts").Tour[]} ready @param {string | null} open */
function markup(page, stops, ready, open) {
    const { state } = page;
    return html`<form class="share-body">
        <h2 id="tour-title">${t("tour")}</h2>
        <button type="button" class="close" data-close aria-label="${t("close")}">${icon("close")}</button>
        <p class="hint">${t(stops.length ? "tour.why" : "tour.none")}</p>
        <ol class="stops">${stops.map(stopOf).map((one, i) => row(page, one, i, stops.length, open === String(i)))}</ol>
        ${ready.length > 0 && html`<p class="compare-foot">${t("tour.ready")} ${ready.map((tour) =>
            html`<button type="button" class="tool" data-ready="${tour.id}" data-key="ready:${tour.id}">${pick(tour, "title")}</button>`)}</p>`}
        <label for="tour-name">${t("tour.name")}</label>
        <div class="copy-field"><input id="tour-name" data-key="name" maxlength="120" value="${viewTitle(page, state.view)}">
            <button class="tool strong" data-key="add">${t("tour.add")}</button></div>
        <p class="compare-foot"><button type="button" class="tool strong" data-start data-key="start">${icon("screen")}<span>${t("tour.start")}</span></button>
            ${stops.length > 0 && html`<button type="button" class="tool" data-copy data-key="copy">${icon("link")}<span>${t("copy.link")}</span></button>`}
            ${DECKS.map((ext) => deckLink(ext, stops))}
            <span role="status"></span></p>
    </form>`;
}

/** The tour as a file; nothing where it has no views, or nobody makes one. @param {string} ext @param {string[]} stops */
function deckLink(ext, stops) {
    const path = stops.length > 0 ? deckPath(ext, stops, lang()) : null;
    return path && html`<a class="tool" href="${address(path)}" download data-key="deck:${ext}">${t(`tour.${ext}`)}</a>`;
}

/** @param {Page} page @param {import("../../core/tour.js").Stop} stop @param {number} i @param {number} of @param {boolean} open */
function row(page, { query, say, dwell }, i, of, open) {
    const { view } = parse(query, page.state.vocabulary);
    const title = viewTitle(page, view);
    const { lang: words, theme } = page.state.view;
    const move = (/** @type {string} */ way, /** @type {string} */ sign) =>
        html`<button type="button" class="quiet" data-${way}="${i}" data-key="${way}:${i}" aria-label="${t(`tour.${way}`, { title })}">${sign}</button>`;
    return html`<li><span class="count">${number(i + 1)}</span><span class="stop-title"><a href="${page.state.address({ ...view, lang: words, theme })}">${title}</a>
            ${(say || dwell > 0) && html`<small>${[say.slice(0, 40), dwell > 0 && t("tour.seconds", { n: dwell })].filter(Boolean).join(" · ")}</small>`}</span>
        <button type="button" class="quiet" data-tell="${i}" data-key="tell:${i}" aria-expanded="${open}" aria-label="${t("tour.tell", { title })}">✎</button>
        ${i > 0 && move("up", "↑")}${i < of - 1 && move("down", "↓")}
        <button type="button" class="quiet" data-drop="${i}" data-key="drop:${i}" aria-label="${t("drop", { words: title })}">×</button>
        ${open && html`<div class="stop-talk"><label>${t("tour.say")}
            <textarea name="say" rows="3" maxlength="${LONGEST_SAID}" data-of="${i}" data-key="say:${i}">${say}</textarea></label>
            <label>${t("tour.dwell")} <input type="number" name="dwell" min="0" max="${LONGEST_DWELL}" data-of="${i}" data-key="dwell:${i}" value="${dwell || ""}"></label></div>`}</li>`;
}

/** @param {HTMLElement} dialog @param {string} link */
async function copied(dialog, link) {
    await copyText(link);
    find("[role=status]", HTMLElement, dialog).textContent = t("copied");
}
