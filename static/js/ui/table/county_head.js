/** What stands above a county's table: the plan's own direction for it, and its items by layer and status. */

import { checkingPath } from "../../io/addresses.js";
import { address, fetchDetail, fetchList } from "../../io/api.js";
import { html } from "../../io/html.js";
import { number, pick, pickList, t } from "../../core/i18n.js";
import { select } from "../../core/selection.js";
import { certaintyOf } from "../../draw/symbols.js";
import { contactLine } from "../card/contact.js";
import { citationOf, ownLang } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Detail} Detail */
/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */

/** The category whose items say where a county is to go; geodata/README.md says so to those who write a pack. */
const DIRECTION = "county-economy";
/** So many are asked of a large pack, each with its text. */
const MOST_DIRECTIONS = 3;

/** @typedef {{ items: Item[], wider: { n: number, none: number } }} CountyFacts its direction, and what is planned for the whole city */

/** @param {Page} page @param {() => void} arrived */
export function createDirections(page, arrived) {
    /** @type {Map<string, Detail | null>} */
    const known = new Map();
    /** @param {Item} item */
    const load = async (item) => {
        known.set(item.id, null);
        known.set(item.id, await fetchDetail(item));
        arrived();
    };
    const facts = page.pack.large ? factsAsked(page, arrived) : factsKnown;
    return () => {
        const [county, ...more] = page.state.view.county;
        if (!county || more.length > 0) return null;
        const { items, wider } = facts(page, county);
        for (const item of items) if (!known.has(item.id)) void load(item);
        const own = page.pack.counties.some((one) => one.code === county);
        const asked = page.pack.counties.filter((one) => one.code === county && (one.contact || one.telephone || one.website));
        return [
            ...items.map((item) => direction(item, known.get(item.id) ?? null)),
            asked.map((one) => html`<section class="direction"><h3>${t("card.contact")}</h3>${contactLine({ name: "", contact: one })}</section>`),
            own && widerLine(page, wider),
            checkingLink(page, county),
        ];
    };
}

/** @param {Page} page @param {string} county @returns {CountyFacts} */
function factsKnown({ catalogue, state }, county) {
    const { items } = select(catalogue, cityWide(state.view), null);
    return {
        items: catalogue.items.filter((item) => isDirection(item, county)),
        wider: { n: items.length, none: items.filter((item) => certaintyOf(item) === "none").length },
    };
}

/** The same of a large pack, once it has come. @param {Page} page @param {() => void} arrived @returns {typeof factsKnown} */
function factsAsked({ pack, catalogue, state }, arrived) {
    /** @type {Map<string, CountyFacts>} */
    const known = new Map();
    const load = async (/** @type {string} */ key, /** @type {string} */ county, /** @type {View} */ view) => {
        known.set(key, { items: [], wider: { n: 0, none: 0 } });
        const { countsOf, learn } = await import("../../core/large/asked.js");
        const named = pack.layers.some((layer) => layer.categories.some((one) => one.id === DIRECTION));
        const [counts, own] = await Promise.all([countsOf(view, state), named ? fetchList(`county=${county}&category=${DIRECTION}&limit=${MOST_DIRECTIONS}`) : { features: [] }]);
        learn(catalogue, own.features);
        const none = view.precision.length === 0 || view.precision.includes("none") ? counts.counts.precision?.none ?? 0 : 0;
        known.set(key, { items: own.features.filter((item) => isDirection(item, county)), wider: { n: counts.matched, none } });
        arrived();
    };
    return (_, county) => {
        const view = cityWide(state.view);
        const key = `${county} ${state.address({ ...view, table: null })}`;
        if (!known.has(key)) load(key, county, view).catch(() => known.delete(key));
        return /** @type {CountyFacts} */ (known.get(key));
    };
}

/** @param {Item} item @param {string} county */
const isDirection = (item, county) => item.category === DIRECTION && item.counties.includes(county);

/** What is planned for the whole city, and so for this county too. @param {View} view @returns {View} */
const cityWide = (view) => ({ ...view, county: ["city"], q: "", focus: null, bbox: null, inview: null });

/** The way to what is inferred, estimated or in doubt. @param {Page} page @param {string} county */
function checkingLink({ pack }, county) {
    const path = checkingPath(county, ownLang(pack));
    return path && html`<p class="hint checking"><a href="${address(path)}">${t("county.checking")}</a></p>`;
}

/** @param {Page} page @param {CountyFacts["wider"]} wider */
function widerLine({ state }, { n, none }) {
    return n > 0 && html`<p class="hint wider">${t("county.city", { n, none })}
        <a href="${state.address(cityWide(state.view))}">${t("county.city.show")}</a></p>`;
}

/** @param {Item} item @param {Detail | null} detail */
function direction(item, detail) {
    const facts = pickList(detail, "facts");
    return html`<section class="direction"><h3>${t("direction")}</h3>
        <p><a href="./?focus=${item.id}" data-id="${item.id}" data-key="direction:${item.id}">${pick(item, "name")}</a>
        ${detail?.plan && html`<small>${citationOf(detail.plan)}</small>`}</p>
        ${detail && html`<p>${pick(detail, "summary")}</p>`}
        ${facts.length > 0 && html`<p class="direction-facts">${facts.map((fact) => html`<span class="pill">${fact}</span>`)}</p>`}</section>`;
}

/** How many items of each layer have each status; a number shows just those. @param {Page} page @param {Selection} selection @param {boolean} open */
export function matrix({ pack, catalogue }, selection, open) {
    const counts = selection.statuses ?? pairsOf(selection.items);
    const count = (/** @type {string} */ layer, /** @type {string} */ status) => counts.get(`${layer}:${status}`) ?? 0;
    const statuses = pack.statuses.filter(({ id }) => catalogue.used.some((layer) => count(layer.id, id) > 0));
    const layers = catalogue.used.filter((layer) => statuses.some(({ id }) => count(layer.id, id) > 0));
    const title = t("matrix", { status: pick(pack, "status_title") });
    return html`<button type="button" class="quiet matrix-fold" data-matrix data-key="matrix" aria-expanded="${open}">${title}</button>
        ${open && html`<table class="matrix"><caption class="unseen">${title}</caption>
        <thead><tr><td></td>${statuses.map((status) => html`<th scope="col">${pick(status, "title")}</th>`)}</tr></thead>
        <tbody>${layers.map((layer) => html`<tr>
            <th scope="row">${pick(layer, "title")}</th>
            ${statuses.map((status) => html`<td>${cell(layer, status, count(layer.id, status.id))}</td>`)}</tr>`)}</tbody></table>`}`;
}

/** @param {Item[]} items */
function pairsOf(items) {
    /** @type {Map<string, number>} */
    const pairs = new Map();
    for (const { layer, status } of items) pairs.set(`${layer}:${status}`, (pairs.get(`${layer}:${status}`) ?? 0) + 1);
    return pairs;
}

/** @param {import("../../core/types.d.ts").Layer} layer @param {import("../../core/types.d.ts").Titled} status @param {number} count */
function cell(layer, status, count) {
    if (count === 0) return "";
    const words = `${pick(layer, "title")} · ${pick(status, "title")} · ${t("count", { n: count })}`;
    return html`<button type="button" data-cell="${layer.id}:${status.id}" data-key="cell:${layer.id}:${status.id}"
        aria-label="${words}">${number(count)}</button>`;
}
