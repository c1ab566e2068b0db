/** Puts the page together: words first, then the list, then the map. */

import { fetchIndex, fetchWords, fetchPack, fetchSearchTexts } from "./api.js";
import { find } from "./html.js";
import { pick, setLanguage, t, tag } from "./i18n.js";
import { catalogueOf } from "./items.js";
import { fillPlaces, selectPlaced } from "./near.js";
import { State, vocabularyOf } from "./state.js";
import { paint } from "./symbols.js";
import { createAnnouncer } from "./ui/announce.js";
import { createCredit } from "./ui/credit.js";
import { createFilters } from "./ui/filters.js";
import { createHeader } from "./ui/header.js";
import { createLegend } from "./ui/legend.js";
import { createList } from "./ui/list.js";
import { createMessages } from "./ui/messages.js";
import { createCardSlot, createPresenting, createSuggestSlot, createTableSlot } from "./ui/later.js";
import { createSheet } from "./ui/sheet.js";
import { createTray } from "./ui/tray.js";
import { understood } from "./understood.js";
import { viewTitle } from "./ui/view-title.js";
import { setReferences } from "./ui/words.js";

/** @typedef {import("./types.d.ts").Pack} Pack */
/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Catalogue} Catalogue */
/** @typedef {import("./types.d.ts").Selection} Selection */
/** @typedef {{ update(selection: Selection, view: View): void, moved?(view: View): void }} Part */

/** @param {string} id */
const place = (id) => find(`#${id}`, HTMLElement);

/** @param {Pack} pack @param {View} view */
async function speak(pack, view) {
    const lang = view.lang ?? pack.languages[0] ?? "zh";
    setLanguage(lang, await fetchWords(lang), pack.languages[0]);
    setReferences(pack.references ?? {});
    document.documentElement.lang = tag();
    place("skip").textContent = t("skip");
    place("skip-map").textContent = t("skip.map");
}

/** @param {View} view */
function light(view) {
    if (view.theme) document.documentElement.dataset.theme = view.theme;
    else delete document.documentElement.dataset.theme;
}

/** @param {Pack} pack @param {Catalogue} catalogue @param {View} view */
function entitle(pack, catalogue, view) {
    const own = pick(pack, "title");
    const words = viewTitle({ pack, catalogue }, view);
    document.title = words === own || view.title ? words : `${words} · ${own}`;
}

/**
 * Everything that shows the view beside the map, in the order of the page.
 * @param {Pack} pack @param {Catalogue} catalogue @param {State} state
 * @returns {Part[]}
 */
function partsOf(pack, catalogue, state) {
    return [
        createMessages(place("messages"), { state }),
        createFilters(place("filters"), { pack, catalogue, state }),
        createList(place("results"), { pack, catalogue, state }),
        createCardSlot(place("card"), { pack, catalogue, state }),
        createLegend(place("legend"), { pack, catalogue, state }),
        createCredit(place("credit"), { pack }),
        createTray(place("tray"), { pack, catalogue, state }),
        createTableSlot(place("table"), { pack, catalogue, state }),
        createPresenting(document.body, { pack, catalogue, state }),
        createSheet(document.body, { state }),
        createAnnouncer(place("live")),
    ];
}

/**
 * Runs `show` now and after each change; a change of language fetches its words first.
 * @param {Pack} pack @param {Catalogue} catalogue @param {State} state @param {Part[]} parts
 */
function follow(pack, catalogue, state, parts) {
    /** @type {Record<string, string> | null} */
    let texts = null;
    let spoken = state.view.lang;

    let shown = "";
    let told = 0;

    const show = () => {
        // Moving the map changes only the extent in the address: nothing else is drawn anew.
        const { view } = state;
        const now = [state.address({ ...view, bbox: view.inview ? view.bbox : null }), texts ? "t" : "", catalogue.places.size, state.problems.length].join(" ");
        if (now === shown && told === parts.length) {
            for (const part of parts) part.moved?.(view);
            return;
        }
        shown = now;
        told = parts.length;
        const selection = selectPlaced(catalogue, state.view, texts);
        light(state.view);
        entitle(pack, catalogue, state.view);
        for (const part of parts) part.update(selection, state.view);
    };
    const search = async () => {
        if (!state.view.q || texts) return;
        texts = await fetchSearchTexts();
        show();
    };
    const locate = async () => {
        if (!await fillPlaces(catalogue, state.view)) return;
        state.know((view) => understood(view, catalogue));
        show();
    };
    state.addEventListener("change", async () => {
        if (state.view.lang !== spoken) {
            spoken = state.view.lang;
            await speak(pack, state.view);
        }
        show();
        await Promise.all([search(), locate()]);
    });
    show();
    void search();
    void locate();
    return { show };
}

async function main() {
    const [pack, index] = [await fetchPack(), fetchIndex()];
    const state = new State(vocabularyOf(pack));
    await speak(pack, state.view);
    light(state.view);
    paint(pack);

    const page = { pack, state, catalogue: catalogueOf(pack, []) };
    const header = createHeader(place("header"), page);
    header.update();
    const catalogue = catalogueOf(pack, (await index).features);
    page.catalogue = catalogue;
    state.know((view) => understood(view, catalogue));
    const parts = [header, ...partsOf(pack, catalogue, state)];
    createSuggestSlot(place("suggest"), place("header"), { pack, catalogue, state });
    const { show } = follow(pack, catalogue, state, parts);

    const { createMap } = await import("./map/map.js");
    parts.push(await createMap(place("map"), { pack, catalogue, state }));
    show();
}

main().catch((error) => {
    place("messages").textContent = `${t("failed")} ${error.message}`;
    throw error;
});
