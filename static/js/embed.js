/** The map in somebody else's page: title, map, legend below it, source, and a talk with the host. */

import { address, fetchIndex, fetchLocale, fetchPack, fetchSearchTexts } from "./api.js";
import { createTalk, frameOptions, hostOrigin, keptOptions } from "./frame.js";
import { find, html, render } from "./html.js";
import { pick, setLanguage, t, tag } from "./i18n.js";
import { catalogueOf } from "./items.js";
import { fillPlaces, selectPlaced } from "./near.js";
import { State, vocabularyOf } from "./state.js";
import { paint } from "./symbols.js";
import { createAnnouncer } from "./ui/announce.js";
import { createCard } from "./ui/card.js";
import { createCredit } from "./ui/credit.js";
import { createLegend } from "./ui/legend.js";
import { createList } from "./ui/list.js";
import { viewTitle } from "./ui/view-title.js";
import { serialise, VIEW_NAMES } from "./url.js";

/** @typedef {import("./types.d.ts").Pack} Pack */
/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Selection} Selection */
/** @typedef {{ update(selection: Selection, view: View): void }} Part */

/** @param {string} id */
const place = (id) => find(`#${id}`, HTMLElement);

const options = frameOptions(location.search);

/** @param {Pack} pack @param {import("./types.d.ts").Catalogue} catalogue @param {State} state @returns {Part} */
function createHeading(pack, catalogue, state) {
    return {
        update: ({ items }, view) => {
            const title = viewTitle({ pack, catalogue }, { ...view, focus: null });
            const whole = address(`./?${serialise(view, state.vocabulary, VIEW_NAMES)}`);
            document.title = title;
            render(place("header"), html`<h1>${title}</h1>
                <span class="count">${t("count", { n: items.length })}</span>
                ${options.link && html`<a href="${whole}" target="_blank" rel="noopener">${t("embed.open")}</a>`}`);
        },
    };
}

/** A frame that names a data version says so, and says when the data has moved on. @param {Pack} pack */
function sayVersion(pack) {
    const asked = options.version;
    if (!asked) return;
    const key = asked === pack.version ? "embed.version" : "embed.version-gone";
    place("version").textContent = t(key, { asked, now: pack.version });
}

/** @param {Pack} pack @param {State} state */
async function speak(pack, state) {
    const lang = state.view.lang ?? pack.languages[0] ?? "zh";
    setLanguage(lang, await fetchLocale(lang));
    document.documentElement.lang = tag();
    if (state.view.theme) document.documentElement.dataset.theme = state.view.theme;
}

/** @param {State} state @param {Part[]} parts @param {import("./types.d.ts").Catalogue} catalogue @param {ReturnType<typeof createTalk>} talk */
function follow(state, parts, catalogue, talk) {
    let chosen = state.view.focus;
    /** @type {Record<string, string> | null} */
    let texts = null;
    const show = async () => {
        if (state.view.q) texts ??= await fetchSearchTexts();
        await fillPlaces(catalogue, state.view);
        const selection = selectPlaced(catalogue, state.view, texts);
        for (const part of parts) part.update(selection, state.view);
        talk.say("view", {
            view: serialise(state.view, state.vocabulary, VIEW_NAMES), count: selection.items.length,
        });
        const item = state.view.focus !== chosen && catalogue.byId.get(state.view.focus ?? "");
        chosen = state.view.focus;
        if (item) talk.say("select", { id: item.id, name: pick(item, "name") });
    };
    state.addEventListener("change", () => void show());
    return show;
}

async function main() {
    const [pack, index] = [await fetchPack(), fetchIndex()];
    const state = new State(vocabularyOf(pack), keptOptions(location.search));
    await speak(pack, state);
    paint(pack);
    document.body.classList.toggle("no-controls", !options.controls);
    document.body.classList.toggle("no-legend", !options.legend);
    place("results").hidden = !options.list;
    sayVersion(pack);

    const catalogue = catalogueOf(pack, (await index).features);
    const page = { pack, catalogue, state };
    const talk = createTalk(hostOrigin(options, document.referrer), (view) => state.change(state.read(view).view));
    const parts = [
        createHeading(pack, catalogue, state), createCard(place("card"), page), createLegend(place("legend"), page),
        createCredit(place("credit"), page), createAnnouncer(place("live")),
        ...(options.list ? [createList(place("results"), page)] : []),
    ];
    const show = follow(state, parts, catalogue, talk);
    // First the words: the legend takes its room, and the map fits into what is left.
    await show();
    const { createMap } = await import("./map/map.js");
    parts.push(await createMap(place("map"), { ...page, wheel: "after-click" }));
    await show();
    talk.say("ready", { version: pack.version });
}

main().catch((error) => {
    place("messages").textContent = `${t("failed")} ${error.message}`;
    throw error;
});
