/** The map in somebody else's page: title, map, legend below it, source, and a talk with the host. */

import { address, fetchIndex, fetchPack, fetchSearchTexts } from "../io/api.js";
import { createHostChannel, EMBED_OPTIONS, embedOptions, hostOrigin, keptOptions, optionProblems } from "../io/embedding.js";
import { find, html, render } from "../io/html.js";
import { applyLook } from "../io/styles.js";
import { pick, t } from "../core/i18n.js";
import { largeItems } from "../core/large/large_items.js";
import { catalogueOf, select } from "../core/selection.js";
import { createOverview } from "../core/overview.js";
import { fillPlaces, selectPlaced } from "../core/proximity.js";
import { State, vocabularyOf } from "../core/state.js";
import { paint } from "../draw/symbols.js";
import { createAnnouncer, createCredit, createMessages, createOverviewNote } from "../ui/notices.js";
import { createCard } from "../ui/card/card.js";
import { createLegend } from "../ui/panel/legend.js";
import { createList } from "../ui/panel/list.js";
import { viewTitle } from "../ui/view_words.js";
import { isUnspoken, loadLanguage } from "../ui/phrases.js";
import { choiceLost, isChoice, checkView } from "../core/checked_view.js";
import { parse, serialise, VIEW_NAMES } from "../core/url.js";

/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {import("../core/types.d.ts").Catalogue} Catalogue */
/** @typedef {import("../core/large/large_pack.js").LargePack} Large */
/** @typedef {{ update(selection: Selection, view: View): void, slow?: boolean, inWindow?: boolean }} Part */

/** @param {string} id */
const byId = (id) => find(`#${id}`, HTMLElement);

/** Of a frame, what its legend may take: static/css/embed.css says the same. */
const LEGEND_SHARE = 0.2;
const options = embedOptions(location.search);
/** Before anything is fetched: what the host asks for at once is not lost. */
const hostChannel = createHostChannel(hostOrigin(options, document.referrer));

/** @param {Pack} pack @param {import("../core/types.d.ts").Catalogue} catalogue @param {State} state @returns {Part} */
function createHeading(pack, catalogue, state) {
    return {
        update: ({ items }, view) => {
            const title = viewTitle({ pack, catalogue }, { ...view, focus: null });
            const whole = address(`./?${serialise(view, state.vocabulary, VIEW_NAMES)}`);
            document.title = title;
            render(byId("header"), html`<h1>${title}</h1>
                <span class="count">${t("count", { n: items.length })}</span>
                ${options.link && html`<a href="${whole}" target="_blank" rel="noopener">${t("embed.open")}</a>`}`);
        },
    };
}

/** A frame that names a data version says so, and says when the data has moved on. @param {Pack} pack */
function showVersion(pack) {
    const asked = options.version;
    if (!asked) return;
    const key = asked === pack.version ? "embed.version" : "embed.version-gone";
    byId("version").textContent = t(key, { asked, now: pack.version });
}

function applyOptions() {
    document.body.classList.toggle("no-controls", !options.controls);
    document.body.classList.toggle("no-legend", !options.legend);
    byId("results").hidden = !options.list;
}

/** What views show. @param {Catalogue} catalogue @param {ReturnType<typeof createOverview>} overview @param {Large | null} large */
function chooser(catalogue, overview, large) {
    /** @type {Record<string, string> | null} */
    let texts = null;
    return async (/** @type {View} */ view) => {
        if (large) return large.select(view);
        if (view.q) texts ??= await fetchSearchTexts();
        return overview.of(selectPlaced(catalogue, view, texts), view);
    };
}

/**
 * Shows the view now and after each change, and tells the host.
 * @param {import("../ui/page.d.ts").Page} page @param {Part[]} parts
 * @param {ReturnType<typeof createOverview>} overview @param {Large | null} large
 */
function renderOnChange({ pack, state, catalogue }, parts, overview, large) {
    const [notify, choose] = [hostNotifier(state, catalogue), chooser(catalogue, overview, large)];
    let [turn, ready] = [0, false];
    /** No part of what was asked was understood: nothing is shown until something is chosen. */
    let lost = false;
    const show = async () => {
        turn += 1;
        const mine = turn;
        if (isUnspoken(pack, state.view)) await loadLanguage(pack, state);
        await large?.know(state.view);
        await checkAgainstData(state, catalogue);
        const selection = lost ? select(catalogue, state.view, null, () => false) : await choose(state.view);
        // Another view has been asked for while words were fetched.
        if (mine !== turn) return;
        applyLook(state.view);
        for (const part of parts) part.update(selection, state.view);
        if (ready) notify(selection);
    };
    state.addEventListener("change", () => {
        lost &&= !isChoice(state.view);
        void show();
    });
    large?.onWindow((selection) => { for (const part of parts) if (part.slow || part.inWindow) part.update(selection, state.view); });
    return {
        /** What is asked for from now on has been understood. */
        found: () => { lost = false; },
        /** The choice the frame was opened with. */
        begin: async () => {
            await checkAgainstData(state, catalogue);
            lost = choiceLost(state.view, state.problems);
            await show();
        },
        /** From now on the host is told of each view. */
        open: async () => {
            ready = true;
            hostChannel.say("ready", { version: pack.version });
            if (state.problems.length > 0) hostChannel.say("error", { view: location.search.slice(1), problems: state.problems });
            await show();
        },
    };
}

/** Tells the host of each view, and of the focused item when it is another. @param {State} state @param {Catalogue} catalogue */
function hostNotifier(state, catalogue) {
    let chosen = state.view.focus;
    return (/** @type {Selection} */ selection) => {
        const view = serialise(state.view, state.vocabulary, VIEW_NAMES);
        hostChannel.say("view", { view, count: selection.items.length });
        if (state.view.focus === chosen) return;
        chosen = state.view.focus;
        const item = catalogue.byId.get(chosen ?? "");
        hostChannel.say("select", { id: item?.id ?? null, name: item ? pick(item, "name") : "" });
    };
}

/** What the data tells of the view; the gazetteer is read when a view first names a place of it. @param {State} state @param {Catalogue} catalogue */
async function checkAgainstData(state, catalogue) {
    if (await fillPlaces(catalogue, state.view)) state.setResolver((view) => checkView(view, catalogue));
}

/**
 * What the host asks for: understood as a whole, or refused, and the view stays. Language and theme stay too where
 * nothing is said of them, and the whole view where the message names none.
 * @param {import("../io/embedding.js").Asked} asked @param {State} state @param {Catalogue} catalogue
 * @param {{ messages: { update(): void }, shown: { found(): void }, large: Large | null }} parts
 */
async function applyHostMessage({ query, keepsView }, state, catalogue, { messages, shown, large }) {
    const asked = parse(query, state.vocabulary).view;
    await Promise.all([large?.know(asked), fillPlaces(catalogue, asked)]);
    const { view, problems } = state.read(query);
    state.problems = [...problems, ...optionProblems(query)];
    state.refused = state.problems.length > 0;
    if (state.refused) {
        hostChannel.say("error", { view: query, problems: state.problems });
        messages.update();
        return;
    }
    const legend = new URLSearchParams(query).get("legend");
    if (legend) options.legend = legend === "1";
    applyOptions();
    const { lang, theme } = state.view;
    const address = state.address();
    if (!keepsView) shown.found();
    state.change({ ...keepsView ? {} : view, lang: view.lang ?? lang, theme: view.theme ?? theme });
    // The same view again: the host is answered, and an old message goes.
    if (state.address() === address) state.refresh();
}

async function main() {
    const pack = await fetchPack();
    const index = pack.large ? null : fetchIndex();
    const words = vocabularyOf(pack);
    const state = new State({ ...words, foreign: [...words.foreign ?? [], ...EMBED_OPTIONS] }, keptOptions(location.search));
    await loadLanguage(pack, state);
    applyLook(state.view);
    paint(pack);
    applyOptions();
    showVersion(pack);

    const catalogue = catalogueOf(pack, (await index)?.features ?? []);
    const page = { pack, catalogue, state };
    const overview = createOverview(pack, catalogue);
    const large = await largeItems(page, overview, () => byId("map").clientWidth);
    state.setResolver((view) => checkView(view, catalogue));
    state.problems.push(...optionProblems(location.search));
    const messages = createMessages(byId("messages"), { state });
    const parts = [
        messages,
        createHeading(pack, catalogue, state), createCard(byId("card"), page), createLegend(byId("legend"), page, () => innerHeight * LEGEND_SHARE - 1), createOverviewNote(byId("overview"), page),
        createCredit(byId("credit"), page), createAnnouncer(byId("live")),
        ...(options.list ? [createList(byId("results"), page)] : []),
    ];
    const shown = renderOnChange(page, parts, overview, large);
    // First the words: the legend takes its room, and the map fits into what is left.
    await shown.begin();
    const { createMap } = await import("../map/map.js");
    parts.push(await createMap(byId("map"), { ...page, wheel: "after-click" }));
    await shown.open();
    // One after the other: what the last one asks for is what is shown, however long an earlier one takes.
    let answered = Promise.resolve();
    hostChannel.listen((asked) => {
        const answer = () => applyHostMessage(asked, state, catalogue, { messages, shown, large });
        answered = answered.then(answer, answer);
    });
}

main().catch((error) => {
    byId("messages").textContent = `${t("failed")} ${error.message}`;
    throw error;
});
