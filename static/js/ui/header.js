/** The head of the page: what it is, the search, language, theme, sharing. */

import { html, pressedElement, render } from "../io/html.js";
import { lang, pick, t } from "../core/i18n.js";
import { withStyles } from "../io/styles.js";
import { unfiltered } from "../core/url.js";
import { icon } from "./icons.js";
import { keep, recall } from "../io/storage.js";

/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/state.js").State} State */

/** Long enough that a word typed in Chinese is complete, short enough to feel live. */
const TYPING_MS = 180;

/**
 * @param {HTMLElement} root
 * @param {import("./page.d.ts").Page} page
 */
export function createHeader(root, page) {
    const { pack, state } = page;
    let drawn = "";
    const draw = () => render(root, markup(pack, state));
    enlarge(recall(SIZE) === "large");
    listenTyping(root, state);
    root.addEventListener("submit", (event) => event.preventDefault());
    listenPresses(root, page, draw);
    return {
        update: () => {
            // Drawn anew only when its own words change: never under a reader who is typing.
            const now = [lang(), otherTheme(), state.view.title].join(" ");
            if (now !== drawn) draw();
            drawn = now;
            const field = root.querySelector("input");
            if (field && field.value.trim() !== state.view.q && document.activeElement !== field) {
                field.value = state.view.q;
            }
        },
    };
}

/** What is typed is searched when the typing pauses. @param {HTMLElement} root @param {State} state */
function listenTyping(root, state) {
    let typing = 0;
    for (const name of ["input", "compositionend"]) root.addEventListener(name, (event) => {
        const field = event.target;
        if (!(field instanceof HTMLInputElement)) return;
        clearTimeout(typing);
        // A word being composed by an input method is not yet a word.
        if (event instanceof InputEvent && event.isComposing) return;
        // Read now: the field is written anew when another choice is made before the pause is over.
        const q = field.value.trim();
        typing = window.setTimeout(() => state.change({ q }, "replace"), TYPING_MS);
    });
}

/** @param {HTMLElement} root @param {import("./page.d.ts").Page} page @param {() => void} draw */
function listenPresses(root, page, draw) {
    const { state } = page;
    root.addEventListener("click", (event) => {
        const language = pressedElement(event, "lang");
        if (language) state.change({ lang: language });
        const theme = pressedElement(event, "theme");
        if (theme) state.change({ theme }, "replace");
        if (pressedElement(event, "share") !== null) void withStyles(import("./dialogs/share.js")).then(({ openShare }) => openShare(page));
        if (pressedElement(event, "tour") !== null) void withStyles(import("./dialogs/tour_dialog.js")).then(({ openTour }) => openTour(page));
        if (pressedElement(event, "present") !== null) {
            void document.documentElement.requestFullscreen?.().catch(() => undefined);
            state.change({ present: "1", focus: null, table: null });
        }
        if (pressedElement(event, "large") !== null) {
            enlarge(!isLarge());
            keep(SIZE, isLarge() ? "large" : "normal");
            draw();
        }
        if (pressedElement(event, "home") !== null) {
            event.preventDefault();
            state.change(home(state));
        }
    });
}

/** The view with every choice undone, but the reader's language and theme kept. @param {State} state */
export function home(state) {
    return {
        ...unfiltered(), focus: null, bbox: null, choropleth: null, all: null, compare: state.view.compare,
    };
}

/** @param {Pack} pack @param {State} state */
function markup(pack, state) {
    const { view } = state;
    return html`
        <a class="brand" href="./" data-home data-key="home">
            <img src="static/icon.svg" alt="" width="34" height="34">
            <span class="brand-text">
                <h1>${view.title || pick(pack, "title")}</h1>
                <small>${pick(pack, "place")} · ${pick(pack, "plan_short")} ${pack.period}</small></span>
        </a>
        <form class="search" role="search">
            <label class="unseen" for="q">${t("search")}</label>
            ${icon("search")}
            <input id="q" type="search" data-key="q" autocomplete="off" spellcheck="false"
                role="combobox" aria-autocomplete="list" aria-controls="suggest" aria-expanded="false"
                placeholder="${t("search.hint")}" value="${view.q}">
        </form>
        <nav class="tools" aria-label="${t("tools")}">
            ${pack.languages.filter((one) => one !== lang()).map((one) => html`
                <button type="button" class="tool" data-lang="${one}" data-key="${pack.languages.length > 2 ? `lang:${one}` : "lang"}" lang="${one}">
                    <span class="long">${languageName(pack, one)}</span>
                    <span class="short" aria-hidden="true">${shortName(one)}</span></button>`)}
            <button type="button" class="tool icon-only" data-theme="${otherTheme()}" data-key="theme"
                aria-label="${t(`theme.${otherTheme()}`)}" title="${t(`theme.${otherTheme()}`)}">
                ${icon(otherTheme() === "dark" ? "moon" : "sun")}${word(`theme.${otherTheme()}`)}</button>
            <button type="button" class="tool icon-only" data-large data-key="large" aria-pressed="${isLarge()}"
                aria-label="${t("large")}" title="${t("large")}">${icon("large")}${word("large")}</button>
            <button type="button" class="tool icon-only wide-only" data-tour data-key="tour"
                aria-label="${t("tour")}" title="${t("tour")}">${icon("tour")}${word("tour")}</button>
            <button type="button" class="tool icon-only wide-only" data-present data-key="present"
                aria-label="${t("present")}" title="${t("present")}">${icon("screen")}${word("present")}</button>
            <button type="button" class="tool strong" data-share data-key="share" aria-label="${t("share")}">
                ${icon("share")}<span>${t("share")}</span></button>
        </nav>`;
}

/** Beside an icon, where there is room. @param {string} key */
const word = (key) => html`<span class="tool-word" aria-hidden="true">${t(key)}</span>`;

/** What the theme button would turn to, from what is in force now. */
function otherTheme() {
    const chosen = document.documentElement.dataset.theme;
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    return dark ? "light" : "dark";
}

/** What a language calls itself, or the words for going to it. @param {import("../core/types.d.ts").Pack} pack @param {string} code */
function languageName(pack, code) {
    const words = t(`language.${code}`);
    return words === `language.${code}` ? pack.language_names?.[code] ?? code : words;
}

/** @param {string} code */
function shortName(code) {
    const words = t(`language.${code}.short`);
    return words === `language.${code}.short` ? code.toUpperCase() : words;
}

/** Large type and large targets: the reader's own setting, kept by the browser, not part of the view. */
const SIZE = "planmap.size";

const isLarge = () => document.documentElement.dataset.size === "large";

/** @param {boolean} large */
function enlarge(large) {
    if (large) document.documentElement.dataset.size = "large";
    else delete document.documentElement.dataset.size;
}
