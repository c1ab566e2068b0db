/** Puts the page together: words first, then the list, then the map. */

import { fetchIndex, fetchPack, fetchSearchTexts, fetchStart } from "../io/api.js";
import { find, pressedElement } from "../io/html.js";
import { applyLook } from "../io/styles.js";
import { pick, t } from "../core/i18n.js";
import { largeItems } from "../core/large/large_items.js";
import { catalogueOf } from "../core/selection.js";
import { createOverview } from "../core/overview.js";
import { fillPlaces, needsPlaces, selectPlaced } from "../core/proximity.js";
import { State, vocabularyOf } from "../core/state.js";
import { paint } from "../draw/symbols.js";
import { createAnnouncer, createCredit, createOverviewNote, createMessages } from "../ui/notices.js";
import { createFilters } from "../ui/panel/filters.js";
import { createHeader } from "../ui/header.js";
import { createLegend } from "../ui/panel/legend.js";
import { createList } from "../ui/panel/list.js";
import { createRoving } from "../ui/roving.js";
import { createStart } from "../ui/start.js";
import { createCardSlot, createCompareSlot, createPaperSlot, createPresenting, createSuggestSlot, createTableSlot, createWeChatSlot } from "../ui/lazy_parts.js";
import { createBottomSheet } from "../ui/panel/bottom_sheet.js";
import { checkView } from "../core/checked_view.js";
import { turnedTo } from "../core/url.js";
import { viewTitle } from "../ui/view_words.js";
import { isUnspoken, loadLanguage } from "../ui/phrases.js";

/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {import("../core/types.d.ts").Catalogue} Catalogue */
/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {ReturnType<typeof createOverview>} Overview */
/** @typedef {import("../core/large/large_pack.js").LargePack} Large */
/** @typedef {{ update(selection: Selection, view: View): void, moved?(view: View): void, slow?: boolean, inWindow?: boolean }} Part `inWindow`: it shows what the window of the map has */

/** @param {string} id */
const byId = (id) => find(`#${id}`, HTMLElement);

/** The first frame shows what was pressed, the second what it opened. @param {() => void} run a hidden page paints nothing that could be waited for */
const afterPaint = (run) => void (document.hidden ? setTimeout(run) : requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(run))));

/** @param {Pack} pack @param {Catalogue} catalogue @param {View} view */
function setTitle(pack, catalogue, view) {
    const own = pick(pack, "title");
    const words = viewTitle({ pack, catalogue }, view);
    document.title = words === own || view.title ? words : `${words} · ${own}`;
}

/**
 * Everything that shows the view beside the map, in the order of the page.
 * @param {Pack} pack @param {Catalogue} catalogue @param {State} state @param {Overview} overview
 * @returns {Part[]}
 */
function partsOf(pack, catalogue, state, overview) {
    return [
        createStart(byId("start"), { pack, catalogue, state }, overview),
        createMessages(byId("messages"), { state }),
        createFilters(byId("filters"), { pack, catalogue, state }),
        createList(byId("results"), { pack, catalogue, state }),
        createCardSlot(byId("card"), { pack, catalogue, state }),
        createLegend(byId("legend"), { pack, catalogue, state }),
        createOverviewNote(byId("overview"), { pack, catalogue, state }),
        createCredit(byId("credit"), { pack }),
        createCompareSlot(byId("tray"), { pack, catalogue, state }),
        createTableSlot(byId("table"), { pack, catalogue, state }),
        createPaperSlot(byId("paper"), { pack, catalogue, state }),
        createPresenting(document.body, { pack, catalogue, state }),
        createBottomSheet(document.body, { state }),
        createWeChatSlot({ pack, catalogue, state }),
        createAnnouncer(byId("live")),
    ];
}

/**
 * What is to be drawn, in words to compare: all of the view but where the map has been moved to.
 * @param {State} state @param {Overview} overview
 */
function contentOf(state, overview) {
    const { view, problems } = state;
    return `${state.address({ ...view, bbox: view.inview ? view.bbox : null })} ${problems.length} ${overview.applies(view)}`;
}

/**
 * Brings what has changed to the parts. Those that take long wait where a card opens, until the reader sees it; only the newest choice is drawn.
 * @param {Part[]} parts @param {State} state
 */
function createUpdates(parts, state) {
    /** @type {Selection | null} */
    let waiting = null;
    let focused = state.view.focus;
    const drawSlow = () => {
        const selection = waiting;
        waiting = null;
        for (const part of parts) if (selection && part.slow) part.update(selection, state.view);
    };
    return {
        /** Only where the map is has changed: what waits to be drawn goes there anyway. */
        moved() {
            for (const part of parts) if (!part.slow || !waiting) part.moved?.(state.view);
        },
        /** @param {Selection} selection */
        update(selection) {
            const opens = state.view.focus !== null && state.view.focus !== focused;
            focused = state.view.focus;
            for (const part of parts) if (!part.slow) part.update(selection, state.view);
            waiting = selection;
            if (opens) afterPaint(drawSlow);
            else drawSlow();
        },
        /** Other items have come into the window. @param {Selection} selection */
        redraw(selection) {
            waiting = selection;
            drawSlow();
            for (const part of parts) if (part.inWindow) part.update(selection, state.view);
        },
    };
}

/** @param {Pack} pack @param {Catalogue} catalogue @param {View} view */
function showLookAndTitle(pack, catalogue, view) {
    applyLook(view);
    setTitle(pack, catalogue, view);
}

/** Nothing has such a name; whether something has such a text is said when the texts are there. @param {View} view @param {object | null} texts @param {Selection} selection */
const isUnread = ({ q }, texts, { items }) => q !== "" && texts === null && items.length === 0;

/**
 * Runs `show` now and after each change; a change of language fetches its words first.
 * @param {Pack} pack @param {Catalogue} catalogue @param {State} state @param {Part[]} parts @param {Overview} overview @param {Large | null} large
 */
function renderOnChange(pack, catalogue, state, parts, overview, large) {
    /** @type {Record<string, string> | null} */
    let texts = null;
    let [shown, notified] = ["", 0];
    const updates = createUpdates(parts, state);
    const show = async () => {
        // The service is asked for a place that it knows; `locate` shows what is near to it.
        if (large && needsPlaces(state.view, catalogue)) return;
        // Moving the map changes only the extent in the address: nothing else is drawn anew.
        const now = [contentOf(state, overview), texts ? "t" : "", catalogue.places.size].join(" ");
        if (now === shown && notified === parts.length) return updates.moved();
        [shown, notified] = [now, parts.length];
        const { view } = state;
        const selection = large ? await large.select(view) : overview.of(selectPlaced(catalogue, view, texts), view);
        if (now !== shown) return;
        if (!large && isUnread(view, texts, selection)) return void (shown = "");
        showLookAndTitle(pack, catalogue, view);
        updates.update(selection);
    };
    const search = async () => {
        if (!state.view.q || texts || large) return;
        const found = await fetchSearchTexts().catch(() => null);
        texts = found ?? {};
        await show();
        texts = found;
    };
    const locate = async () => {
        if (!await fillPlaces(catalogue, state.view)) return;
        state.setResolver((view) => checkView(view, catalogue));
        void show();
    };
    state.addEventListener("change", async () => {
        if (isUnspoken(pack, state.view)) await loadLanguage(pack, state);
        if (large) await large.know(state.view);
        void show();
        await Promise.all([search(), locate()]);
    });
    large?.onWindow(updates.redraw);
    for (const first of [show, search, locate]) void first();
    return { show };
}

/** The page was sent as one that begins: the items of its first map come before all others. @param {State} state @param {Overview} overview */
function beginsEarly({ view }, overview) {
    return overview.applies(view) && !view.place && document.querySelector("link[href$='start.json']") !== null;
}

/** What the page asks for at once: what it begins with, or all items. @param {Pack} pack @param {State} state @param {Overview} overview */
function askFirst(pack, state, overview) {
    if (pack.large) return { early: null, all: null };
    const early = beginsEarly(state, overview) ? fetchStart() : null;
    return { early, all: early ? null : fetchIndex() };
}

/** The catalogue with all items, or with what brings them. @param {import("../ui/page.d.ts").Page} page @param {ReturnType<typeof fetchIndex> | null} all @param {Overview} overview */
async function filled(page, all, overview) {
    if (page.pack.large) return largeItems(page, overview, () => byId("map").clientWidth);
    Object.assign(page.catalogue, catalogueOf(page.pack, (await (all ?? fetchIndex())).features));
    return null;
}

/** @param {import("../ui/page.d.ts").Page} page */
async function mapOf(page) {
    const { createMap } = await import("../map/map.js");
    return createMap(byId("map"), page);
}

/** A row of the page as it was sent, tapped before the list has come to life: its item is turned to then. @param {HTMLElement} root */
function earlyTap(root) {
    /** @type {string | null} */
    let tapped = null;
    root.addEventListener("click", (event) => {
        const id = pressedElement(event, "early");
        if (id === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        tapped = id;
    });
    return () => tapped;
}

async function main() {
    const tapped = earlyTap(byId("results"));
    const pack = await fetchPack();
    const state = new State(vocabularyOf(pack));
    const catalogue = catalogueOf(pack, []);
    const overview = createOverview(pack, catalogue);
    const { early, all } = askFirst(pack, state, overview);
    await loadLanguage(pack, state);
    applyLook(state.view);
    paint(pack);

    const page = { pack, state, catalogue };
    const header = createHeader(byId("header"), page);
    header.update();
    /** @type {Part | null} */
    let map = null;
    if (early) {
        Object.assign(catalogue, catalogueOf(pack, (await early).features));
        map = await mapOf(page);
        map.update(overview.of(selectPlaced(catalogue, state.view, null), state.view), state.view);
    }
    const large = await filled(page, all, overview);
    state.setResolver((view) => checkView(view, catalogue));
    const parts = [header, ...partsOf(pack, catalogue, state, overview)];
    createSuggestSlot(byId("suggest"), byId("header"), page);
    if (map) parts.push(map);
    for (const id of ["header", "start", "filters", "results"]) createRoving(byId(id));
    const { show } = renderOnChange(pack, catalogue, state, parts, overview, large);
    const id = tapped();
    if (id) state.change(turnedTo(state.view, id));
    if (map) return;
    parts.push(await mapOf(page));
    await show();
}

main().catch((error) => {
    byId("messages").textContent = `${t("failed")} ${error.message}`;
    throw error;
});
