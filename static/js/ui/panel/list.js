/** The list of results: the equal of the map, every item in it, in the same order, in step with it. */

import { html, pressedElement, render } from "../../io/html.js";
import { withStyles } from "../../io/styles.js";
import { awayText, distance, number, pick, t } from "../../core/i18n.js";
import { tokensOf } from "../../core/selection.js";
import { distanceFrom, centreOf } from "../../core/proximity.js";
import { compareTurned, siteParts } from "../../core/view_values.js";
import { certaintyOf, symbol } from "../../draw/symbols.js";
import { inviewTurned, turnedTo, unfiltered } from "../../core/url.js";
import { LONG, printedNote } from "../rows/length.js";
import { chosenChips } from "../view_words.js";
import { countiesInShort, statusWords } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */

/**
 * @param {HTMLElement} root
 * @param {Page} page
 */
export function createList(root, page) {
    const { state } = page;
    let drawn = "";
    const long = createLong(root, () => marks(root, state.view));
    listen(root, page);
    state.addEventListener("hover", (event) => {
        const { id } = /** @type {CustomEvent<{ id: string | null }>} */ (event).detail;
        mark(root, "is-hovered", id);
    });
    return {
        /** @param {Selection} selection @param {import("../../core/types.d.ts").View} view */
        update: (selection, view) => {
            // Opening a card changes nothing in the list but the mark of the focused item.
            const now = state.address({ ...view, focus: view.near && view.focus, bbox: null, theme: null, compare: [] })
                + (selection.load ? selection.items.length : selection.items.map((item) => item.id).join());
            const groups = now === drawn ? [] : groupsOf(page, selection);
            if (now !== drawn) {
                render(root, markup(page, selection, groups));
                void long(groups);
            }
            const nearest = now === drawn ? null : /** @type {HTMLElement | null} */ (root.querySelector("[data-nearest]"));
            if (nearest) void import("../search/nearest.js").then(({ showNearest }) => showNearest(nearest, page, view));
            drawn = now;
            marks(root, view);
            root.querySelector(".is-focused")?.scrollIntoView({ block: "nearest" });
        },
    };
}

/** @param {HTMLElement} root @param {Page} page */
function listen(root, { state }) {
    root.addEventListener("click", (event) => {
        const id = pressedElement(event, "id");
        const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
        if (id && plain) {
            event.preventDefault();
            state.change(turnedTo(state.view, id));
        }
        if (pressedElement(event, "table") !== null) state.change({ table: state.view.table ? null : "1" });
        if (pressedElement(event, "inview") !== null) {
            state.change(inviewTurned(state.view, state.extent));
        }
    });
    root.addEventListener("click", (event) => {
        const compared = pressedElement(event, "compare");
        if (compared) state.change({ compare: compareTurned(state.view.compare, compared) }, "replace");
        const near = pressedElement(event, "around");
        if (near) state.change({ near: state.view.near === near ? null : near, bbox: null });
        const choice = pressedElement(event, "drop");
        if (choice) drop(state, choice);
    });
    for (const name of ["pointerover", "focusin"]) {
        root.addEventListener(name, (event) => state.hover(pressedElement(event, "id")));
    }
    root.addEventListener("pointerleave", () => state.hover(null));
}

/** Takes one choice back, or all. @param {import("../../core/state.js").State} state @param {string} choice */
function drop(state, choice) {
    if (choice === "all") return state.change({ ...unfiltered(), hidden: [] });
    if (choice === "q") return state.change({ q: "" });
    if (choice === "hidden") return state.change({ hidden: [] });
    if (choice === "near") return state.change({ near: null, place: null });
    if (choice.startsWith("site:")) return state.change({ site: state.view.site.filter((one) => `site:${one}` !== choice) });
    const [facet, value] = /** @type {["layer", string]} */ (choice.split(":"));
    state.toggle(facet, value);
}

/** What of the rows is laid aside, and which is in hand. @param {HTMLElement} root @param {import("../../core/types.d.ts").View} view */
function marks(root, view) {
    for (const one of root.querySelectorAll("[data-compare]")) one.setAttribute("aria-pressed", String(view.compare.includes(/** @type {HTMLElement} */ (one).dataset.compare ?? "")));
    mark(root, "is-focused", view.focus);
}

/** @typedef {{ title: string, count: number, row(at: number): import("../../io/html.js").Markup | null, load(from: number, to: number): Promise<unknown> | null }} Group */

/** Puts the rows of a long list in as they come into sight. @param {HTMLElement} root @param {() => void} drawn */
function createLong(root, drawn) {
    /** @type {Promise<ReturnType<typeof import("../rows/long_rows.js").createLongRows>> | null} */
    let part = null;
    return async (/** @type {Group[]} */ groups) => {
        const boxes = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("ul[data-long]")]);
        if (boxes.length === 0 && !part) return;
        part ??= withStyles(import("../rows/long_rows.js"), "rows").then(({ createLongRows }) => createLongRows(root, drawn));
        (await part).show(boxes.flatMap((box, i) => (groups[i] && root.contains(box) ? [{ ...groups[i], box }] : [])));
    };
}

/** @param {HTMLElement} root @param {string} name @param {string | null} id */
function mark(root, name, id) {
    for (const one of root.querySelectorAll(`.${name}`)) {
        one.classList.remove(name);
        if (name === "is-focused") one.removeAttribute("aria-current");
    }
    const next = id ? root.querySelector(`[data-id="${CSS.escape(id)}"]`) : null;
    next?.classList.add(name);
    if (name === "is-focused") next?.setAttribute("aria-current", "true");
}

/** What the list is made of: a group a layer, or what is near by its distance, whatever layer it is of. @param {Page} page @param {Selection} selection @returns {Group[]} */
function groupsOf(page, { items, layers, load }) {
    const addressOf = page.state.itemAddresses();
    const { near, site } = page.state.view;
    const sorted = near && centreOf(page.catalogue, page.state.view) ? t("near.first") : site.length > 0 ? t("site.first") : null;
    let from = 0;
    const group = (/** @type {string} */ title, /** @type {Item[]} */ own, count = own.length) => {
        const start = load ? from : 0;
        from += count;
        return {
            title, count,
            row: (/** @type {number} */ at) => { const item = own[start + at]; return item ? row(page, item, addressOf(item.id)) : null; },
            load: (/** @type {number} */ first, /** @type {number} */ last) => load?.(start + first, start + last) ?? null,
        };
    };
    const titleOf = (/** @type {string} */ id) => pick(page.catalogue.layers.get(id), "title");
    if (sorted) return [group(sorted, items)].filter(({ count }) => count > 0);
    if (layers) return [...layers].map(([id, count]) => group(titleOf(id), items, count));
    return page.catalogue.used.map(({ id }) => group(titleOf(id), items.filter((item) => item.layer === id))).filter(({ count }) => count > 0);
}

/** @param {Page} page @param {Selection} selection @param {Group[]} groups */
function markup(page, { items, load }, groups) {
    const long = Boolean(load) || items.length > LONG;
    return html`
        <div class="list-head">
            <h2 id="count" tabindex="-1" data-refuge>${t("count", { n: items.length })}</h2>
            <button type="button" class="chip inview" data-table data-key="table"
                aria-pressed="${page.state.view.table === "1"}">${t("table")}</button>
            <button type="button" class="chip inview" data-inview data-key="inview"
                aria-pressed="${page.state.view.inview === "1"}">${t("inview")}</button>
            ${chosenChips(page)}
        </div>
        ${long && printedNote(items.length)}
        ${items.length === 0 && html`<p class="empty">${t("empty")}
            <button type="button" class="quiet" data-drop="all" data-key="drop:all">${t("clear")}</button></p>
            <div class="empty" data-nearest></div>`}
        ${groups.map((group) => html`<section class="group" aria-label="${group.title}">
            <h3>${group.title} <span class="count">${number(group.count)}</span></h3>
            ${long ? html`<ul data-long></ul>` : html`<ul>${Array.from({ length: group.count }, (_, at) => group.row(at))}</ul>`}</section>`)}`;
}

/** How an item stands on the map is said in the list where no symbol shows just where it is. */
const MARKED = ["circle", "schematic", "wide", "none"];

/** app/web/pages/first_view.py writes the first rows alike. @param {Page} page @param {Item} item @param {string} address */
export function row(page, item, address) {
    const { catalogue, pack, state } = page;
    const layer = catalogue.layers.get(item.layer);
    if (!layer) return null;
    const truth = certaintyOf(item);
    const away = state.view.near ? distanceFrom(centreOf(catalogue, state.view), item) : null;
    return html`<li><a class="item" href="${address}"
        data-id="${item.id}" data-key="item:${item.id}">
        ${symbol(layer, catalogue.families.get(layer.family), item)}
        <span class="item-text"><span class="item-name">${marked(pick(item, "name"), state.view.q)}</span>
        <span class="item-meta">${countiesInShort(pack, item)} · ${statusWords(pack, item.status)}${away && ` · ${awayText(away.metres, away.doubt)}`}</span>
        ${state.view.site.map((one) => html`<span class="item-meta">${reached(item, one)}</span>`)}</span>
        ${MARKED.includes(truth) && html`<span class="mark is-${truth}">${t(`truth.${truth}`)}</span>`}</a>
        <button type="button" class="add" tabindex="-1" data-compare="${item.id}" aria-pressed="false" aria-label="${t("compare.add.one", { name: pick(item, "name") })}" title="${t("compare.add")}">+</button></li>`;
}

/** How an item meets a condition of place: which port, how far, and whether the doubt is larger than what is left. @param {Item} item @param {string} condition */
function reached(item, condition) {
    const { kind, km } = siteParts(condition);
    const nearest = item.access?.[kind];
    if (!nearest) return "";
    const perhaps = nearest.km + nearest.doubt_km > Number(km);
    const [metres, doubt] = [nearest.km * 1000, nearest.doubt_km * 1000];
    const said = { name: pick(nearest, "name"), away: awayText(metres, doubt), doubt: distance(doubt) };
    return [t(`access.${kind}`), t(doubt > metres ? "access.range" : "access.distance", said), perhaps && t("site.perhaps")].filter(Boolean).join(" · ");
}

/** The name with the searched words marked. @param {string} name @param {string} q */
function marked(name, q) {
    const tokens = tokensOf(q).map((token) => token.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (tokens.length === 0) return name;
    return name.split(new RegExp(`(${tokens.join("|")})`, "i"))
        .map((part, i) => (i % 2 ? html`<mark>${part}</mark>` : part));
}
