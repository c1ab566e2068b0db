/** What stands above a county's table: the plan's own direction for it, and its items by layer and status. */

import { checkingPath } from "../../io/addresses.js";
import { address, fetchDetail } from "../../io/api.js";
import { html } from "../../io/html.js";
import { lang, number, pick, pickList, t } from "../../core/i18n.js";
import { select } from "../../core/selection.js";
import { certaintyOf } from "../../draw/symbols.js";
import { contactLine } from "../card/contact.js";
import { citationOf } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Detail} Detail */
/** @typedef {import("../page.d.ts").Page} Page */

/** The category whose items say where a county is to go; geodata/README.md says so to those who write a pack. */
const DIRECTION = "county-economy";

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
    return () => {
        const [county, ...more] = page.state.view.county;
        if (!county || more.length > 0) return null;
        const items = page.catalogue.items.filter((item) => item.category === DIRECTION && item.counties.includes(county));
        for (const item of items) if (!known.has(item.id)) void load(item);
        const own = page.pack.counties.some((one) => one.code === county);
        const asked = page.pack.counties.filter((one) => one.code === county && (one.contact || one.telephone || one.website));
        return [
            ...items.map((item) => direction(item, known.get(item.id) ?? null)),
            asked.map((one) => html`<section class="direction"><h3>${t("card.contact")}</h3>${contactLine({ name: "", contact: one })}</section>`),
            own && wider(page),
            checkingLink(page, county),
        ];
    };
}

/** The way to what is inferred, estimated or in doubt. @param {Page} page @param {string} county */
function checkingLink({ pack }, county) {
    const path = checkingPath(county, lang() === pack.languages[0] ? "" : lang());
    return path && html`<p class="hint checking"><a href="${address(path)}">${t("county.checking")}</a></p>`;
}

/** What is planned for the whole city, and so for this county too. @param {Page} page */
function wider({ catalogue, state }) {
    const view = { ...state.view, county: ["city"], q: "", focus: null, bbox: null, inview: null };
    const { items } = select(catalogue, view, null);
    const none = items.filter((item) => certaintyOf(item) === "none").length;
    if (items.length === 0) return null;
    return html`<p class="hint wider">${t("county.city", { n: items.length, none })}
        <a href="${state.address(view)}">${t("county.city.show")}</a></p>`;
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

/** How many items of each layer have each status; a number shows just those. @param {Page} page @param {Item[]} items @param {boolean} open */
export function matrix({ pack, catalogue }, items, open) {
    const held = new Set(items.map((item) => item.layer));
    const statuses = pack.statuses.filter((status) => items.some((item) => item.status === status.id));
    const count = (/** @type {string} */ layer, /** @type {string} */ status) =>
        items.filter((item) => item.layer === layer && item.status === status).length;
    const title = t("matrix", { status: pick(pack, "status_title") });
    return html`<button type="button" class="quiet matrix-fold" data-matrix data-key="matrix" aria-expanded="${open}">${title}</button>
        ${open && html`<table class="matrix"><caption class="unseen">${title}</caption>
        <thead><tr><td></td>${statuses.map((status) => html`<th scope="col">${pick(status, "title")}</th>`)}</tr></thead>
        <tbody>${catalogue.used.filter((layer) => held.has(layer.id)).map((layer) => html`<tr>
            <th scope="row">${pick(layer, "title")}</th>
            ${statuses.map((status) => html`<td>${cell(layer, status, count(layer.id, status.id))}</td>`)}</tr>`)}</tbody></table>`}`;
}

/** @param {import("../../core/types.d.ts").Layer} layer @param {import("../../core/types.d.ts").Titled} status @param {number} count */
function cell(layer, status, count) {
    if (count === 0) return "";
    const words = `${pick(layer, "title")} · ${pick(status, "title")} · ${t("count", { n: count })}`;
    return html`<button type="button" data-cell="${layer.id}:${status.id}" data-key="cell:${layer.id}:${status.id}"
        aria-label="${words}">${number(count)}</button>`;
}
