/** Two to four items, or counties, side by side: a table to read, copy, print, take away and link to. */

import { fetchBase, fetchDetail } from "../../io/api.js";
import { copyText } from "../../io/clipboard.js";
import { find, html, pressedElement, render } from "../../io/html.js";
import { number, pick, pickList, t, today } from "../../core/i18n.js";
import { pointsOf } from "../../draw/geometry.js";
import { metresBetween } from "../../core/proximity.js";
import { select } from "../../core/selection.js";
import { emptyView } from "../../core/url.js";
import { compareMap } from "./compare_map.js";
import { comparedIn, comparisonFiles } from "./compared.js";
import { distanceTo, DESTINATIONS, whyOf } from "./access.js";
import { contactsOf, contactText } from "./contact.js";
import { icon } from "../icons.js";
import { certaintyText, countiesText, citationOf, valueWords } from "../phrases.js";
import { openModal } from "../dialogs/modal.js";

/** @typedef {import("../../core/types.d.ts").Detail} Detail */
/** @typedef {import("../../core/types.d.ts").County} County */
/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {{ text: string, href?: string, rank?: number }} Cell `rank`: how good it is, the smaller the better */
/** @typedef {{ title: string, cells: Cell[] }} Line */
/** @typedef {{ names: string[], lines: Line[], details: Detail[], counties: County[], ids: string[] }} Comparison */

const NEAR_KM = 10;

/** What is compared: items with all that is known of them, or counties. @param {Page} page @returns {Promise<Comparison>} */
async function comparisonOf(page) {
    const { counties, items, ids } = comparedIn(page);
    if (counties.length > 0) {
        return { names: counties.map((one) => pick(one, "name")), lines: await countyLines(page, counties), details: [], counties, ids };
    }
    const details = /** @type {Detail[]} */ (await Promise.all(items.map(async (item) => ({ ...await fetchDetail(item), ...item }))));
    return { names: details.map((one) => pick(one, "name")), lines: await linesOf(page, details), details, counties, ids };
}

/** @param {Page} page */
export async function openCompare(page) {
    const found = await comparisonOf(page);
    const outlines = await fetchBase("counties");
    const dialog = document.createElement("dialog");
    dialog.className = "compare";
    dialog.setAttribute("aria-labelledby", "compare-title");
    find("#dialogs", HTMLElement).append(dialog);
    const lines = found.lines.filter((line) => line.cells.some((one) => one.text));
    render(dialog, markup(page, { ...found, lines }, outlines));
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog || pressedElement(event, "close") !== null) dialog.close();
        if (pressedElement(event, "print") !== null) window.print();
        const copy = pressedElement(event, "copy");
        if (copy) void copied(dialog, copy === "link" ? location.href : textOf(found.names, lines));
    });
    dialog.addEventListener("close", () => {
        document.body.classList.remove("has-compare");
        dialog.remove();
    });
    document.body.classList.add("has-compare");
    openModal(dialog);
}

/** @param {Page} page @param {Detail[]} details @returns {Promise<Line[]>} */
async function linesOf(page, details) {
    const { pack, catalogue, state } = page;
    const around = new Map(await Promise.all(details.map(async (one) => /** @type {const} */ ([one.id, await neighbours(page, one)]))));
    const line = (/** @type {string} */ title, /** @type {(one: Detail) => string | Cell} */ cell) => ({
        title, cells: details.map(cell).map((one) => (typeof one === "string" ? { text: one } : one)),
    });
    const layers = [...new Set(details.map((one) => one.layer))].flatMap((id) => catalogue.layers.get(id) ?? []);
    const fields = new Map(layers.flatMap((layer) => layer.fields.map((field) => [field.id, field])));
    const near = (/** @type {Detail} */ one) => {
        const text = around.get(one.id) ?? "";
        const lang = state.view.lang;
        return { text, rank: text ? -Number(text) : undefined, href: state.address({ ...emptyView(), lang, focus: one.id, near: String(NEAR_KM) }) };
    };
    return [
        line(t("table.layer"), (one) => pick(catalogue.layers.get(one.layer), "title")),
        line(t("table.category"), (one) => pick(catalogue.layers.get(one.layer)?.categories.find((kind) => kind.id === one.category), "title")),
        line(t("counties"), (one) => countiesText(pack, one)),
        line(pick(pack, "status_title"), (one) => pick(pack.statuses.find((status) => status.id === one.status), "title")),
        line(t("card.summary"), (one) => pick(one, "summary")),
        ...[...fields.values()].map((field) => line(pick(field, "title"), (one) => valueWords(pack, field, one[field.id]))),
        ...DESTINATIONS.map((kind) => line(t(`access.${kind}`), (one) => ({ text: distanceTo(one, kind), rank: one.access?.[kind]?.km }))),
        line(`${t("card.nearby")} · ${t("near.within", { km: NEAR_KM })}`, near),
        line(t("card.facts"), (one) => pickList(one, "facts").join(t("semicolon"))),
        line(t("card.place"), (one) => ({ text: certaintyText(pack, one), rank: one.uncertainty_m ?? undefined })),
        line(t("card.plan"), (one) => (one.plan ? citationOf(one.plan) : pick(one, "origin"))),
        line(t("card.contact"), (one) => contactsOf(pack, one).map(contactText).join(t("semicolon"))),
    ];
}

/** How many items of each layer a county has; a number leads to them. @param {Page} page @param {County[]} counties @returns {Promise<Line[]>} */
async function countyLines(page, counties) {
    const { catalogue, state } = page;
    const { lang } = state.view;
    const viewOf = (/** @type {County} */ county) => ({ ...emptyView(), lang, county: [county.code] });
    const layers = new Map(await Promise.all(counties.map(async (one) => /** @type {const} */ ([one, await layersOf(page, viewOf(one))]))));
    const cell = (/** @type {County} */ county, /** @type {string[]} */ layer) => {
        const counts = layers.get(county);
        const n = layer.length > 0 ? counts?.get(layer.join()) ?? 0 : [...counts?.values() ?? []].reduce((sum, one) => sum + one, 0);
        return { text: n ? number(n) : "", rank: -n, href: state.address({ ...viewOf(county), layer }) };
    };
    return [
        { title: t("compare.items"), cells: counties.map((one) => cell(one, [])) },
        ...catalogue.used.map((layer) => ({ title: pick(layer, "title"), cells: counties.map((one) => cell(one, [layer.id])) })),
        { title: t("card.contact"), cells: counties.map((one) => ({ text: contactText({ name: "", contact: one }) })) },
    ];
}

/** How many items of each layer a view has. @param {Page} page @param {import("../../core/types.d.ts").View} view */
async function layersOf({ pack, catalogue, state }, view) {
    if (!pack.large) return select(catalogue, view, null).counts.layer;
    const { countsOf } = await import("../../core/large/asked.js");
    return new Map(Object.entries((await countsOf(view, state)).layers));
}

/** @param {Page} page @param {Detail} one */
async function neighbours({ pack, catalogue, state }, one) {
    if (pointsOf(one.geometry).length === 0) return "";
    if (pack.large) {
        const { countsOf } = await import("../../core/large/asked.js");
        return String((await countsOf({ ...emptyView(), focus: one.id, near: String(NEAR_KM) }, state)).matched);
    }
    return String(catalogue.items.filter((other) => {
        const metres = other.id === one.id ? null : metresBetween(one, other);
        return metres !== null && metres <= NEAR_KM * 1000;
    }).length);
}

/** That nobody is known to ask of any of them is said once. @param {import("../../core/types.d.ts").Pack} pack @param {Detail[]} details */
function unsaidIn(pack, details) {
    const nobody = details.some((one) => one.access) && details.every((one) => contactsOf(pack, one).length === 0);
    return nobody && t("contact.none");
}

/** Which cells of a row are the best: the least rank, unless all have it. @param {Line} line */
function bestOf({ cells }) {
    const ranks = cells.map((one) => one.rank).filter((one) => one !== undefined);
    const least = Math.min(...ranks);
    return cells.map((one) => ranks.length > 1 && one.rank === least && ranks.some((other) => other !== least));
}

/** The roles are said, for on a phone the rows are laid out as grids. @param {Page} page @param {Comparison} found @param {GeoJSON.FeatureCollection} outlines */
function markup({ pack, state }, { names, lines, details, counties, ids }, outlines) {
    return html`<div class="compare-body">
        <h2 id="compare-title">${t("compare.title")}</h2>
        <button type="button" class="close" data-close aria-label="${t("close")}">${icon("close")}</button>
        <div class="scroll" tabindex="0" role="group" aria-labelledby="compare-title">
        ${compareMap(outlines, pack.counties, details, counties.map((one) => one.code))}
        <table role="table">
            <thead role="rowgroup"><tr role="row"><td></td>${names.map((name, i) => html`<th scope="col" role="columnheader"><span class="number">${i + 1}</span> ${name}</th>`)}</tr></thead>
            <tbody role="rowgroup">${lines.map((line) => row(line))}</tbody>
        </table>
        <p class="hint">${t("compare.why")} ${details.some((one) => one.access) && whyOf(details)} ${unsaidIn(pack, details)}</p>
        <p class="hint print-only">${pick(pack, "title")} · ${pick(pack, "plan")} · ${t("printed", { version: pack.version, date: today() })} · ${location.href}</p></div>
        <p class="compare-foot">
            <button type="button" class="tool" data-copy="table">${t("compare.copy")}</button>
            <button type="button" class="tool" data-copy="link">${icon("link")}<span>${t("copy.link")}</span></button>
            <button type="button" class="tool" data-print>${icon("print")}<span>${t("print")}</span></button>
            ${comparisonFiles(ids, state.view.lang)}
            <span role="status"></span></p></div>`;
}

/** What is the same in all is faint; the best has a mark; a number leads to its list. @param {Line} line */
function row(line) {
    const same = line.cells.every((one) => one.text === line.cells[0]?.text);
    const best = bestOf(line);
    return html`<tr role="row" class="${same ? "is-same" : ""}"><th scope="row" role="rowheader">${line.title}</th>
        ${line.cells.map((one, i) => html`<td role="cell">${one.href && one.text ? html`<a href="${one.href}">${one.text}</a>` : one.text || "—"}
            ${best[i] && html`<span class="best" role="img" aria-label="${t("compare.best")}">✓</span>`}</td>`)}</tr>`;
}

/** Tab-separated, as a spreadsheet takes it. @param {string[]} names @param {Line[]} lines */
function textOf(names, lines) {
    return [["", ...names], ...lines.map((line) => [line.title, ...line.cells.map((one) => one.text)])].map((one) => one.join("\t")).join("\n");
}

/** @param {HTMLElement} dialog @param {string} text */
async function copied(dialog, text) {
    await copyText(text);
    find("[role=status]", HTMLElement, dialog).textContent = t("copied");
}
