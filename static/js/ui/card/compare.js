/** Two or three items side by side: a table to read, copy, print and link to. */

import { fetchDetail } from "../../io/api.js";
import { find, html, pressedElement, render } from "../../io/html.js";
import { pick, pickList, t, today } from "../../core/i18n.js";
import { pointsOf } from "../../draw/geometry.js";
import { metresBetween } from "../../core/proximity.js";
import { distanceTo, DESTINATIONS, unknownKinds } from "./access.js";
import { contactsOf, contactText } from "./contact.js";
import { icon } from "../icons.js";
import { certaintyText, countiesText, citationOf, valueWords } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").Detail} Detail */
/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {{ title: string, cells: string[] }} Line */

const NEAR_KM = 10;

/** @param {Page} page */
export async function openCompare(page) {
    const items = page.state.view.compare.flatMap((id) => page.catalogue.byId.get(id) ?? []);
    const details = await Promise.all(items.map(async (item) => ({ ...await fetchDetail(item), ...item })));
    const dialog = document.createElement("dialog");
    dialog.className = "compare";
    dialog.setAttribute("aria-labelledby", "compare-title");
    find("#dialogs", HTMLElement).append(dialog);
    const lines = linesOf(page, /** @type {Detail[]} */ (details)).filter((line) => line.cells.some(Boolean));
    render(dialog, markup(page.pack, details.map((one) => pick(one, "name")), lines, unsaidIn(page.pack, details)));
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog || pressedElement(event, "close") !== null) dialog.close();
        if (pressedElement(event, "print") !== null) window.print();
        const copy = pressedElement(event, "copy");
        if (copy) void copied(dialog, copy === "link" ? location.href : textOf(details, lines));
    });
    dialog.addEventListener("close", () => {
        document.body.classList.remove("has-compare");
        dialog.remove();
    });
    document.body.classList.add("has-compare");
    dialog.showModal();
}

/** @param {Page} page @param {Detail[]} details @returns {Line[]} */
function linesOf({ pack, catalogue }, details) {
    const line = (/** @type {string} */ title, /** @type {(one: Detail) => string} */ cell) => ({ title, cells: details.map(cell) });
    const layers = [...new Set(details.map((one) => one.layer))].flatMap((id) => catalogue.layers.get(id) ?? []);
    const fields = new Map(layers.flatMap((layer) => layer.fields.map((field) => [field.id, field])));
    return [
        line(t("table.layer"), (one) => pick(catalogue.layers.get(one.layer), "title")),
        line(t("table.category"), (one) => pick(catalogue.layers.get(one.layer)?.categories.find((kind) => kind.id === one.category), "title")),
        line(t("counties"), (one) => countiesText(pack, one)),
        line(pick(pack, "status_title"), (one) => pick(pack.statuses.find((status) => status.id === one.status), "title")),
        line(t("card.summary"), (one) => pick(one, "summary")),
        ...[...fields.values()].map((field) => line(pick(field, "title"), (one) => valueWords(pack, field, one[field.id]))),
        ...DESTINATIONS.map((kind) => line(t(`access.${kind}`), (one) => (distanceTo(one, kind)))),
        line(`${t("card.nearby")} · ${t("near.within", { km: NEAR_KM })}`, (one) => neighbours(catalogue.items, one)),
        line(t("card.facts"), (one) => pickList(one, "facts").join(t("semicolon"))),
        line(t("card.place"), (one) => certaintyText(pack, one)),
        line(t("card.plan"), (one) => (one.plan ? citationOf(one.plan) : pick(one, "origin"))),
        line(t("card.contact"), (one) => contactsOf(pack, one).map(contactText).join(t("semicolon"))),
    ];
}

/** @param {import("../../core/types.d.ts").Item[]} items @param {Detail} one */
function neighbours(items, one) {
    if (pointsOf(one.geometry).length === 0) return "";
    return String(items.filter((other) => {
        const metres = other.id === one.id ? null : metresBetween(one, other);
        return metres !== null && metres <= NEAR_KM * 1000;
    }).length);
}

/** What is known of none of them, said once. @param {import("../../core/types.d.ts").Pack} pack @param {Detail[]} details */
function unsaidIn(pack, details) {
    const nobody = details.some((one) => one.access) && details.every((one) => contactsOf(pack, one).length === 0);
    return [unknownKinds(details), nobody ? t("contact.none") : ""].filter(Boolean).join(" ");
}

/** The roles are said, for on a phone the rows are laid out as grids. @param {import("../../core/types.d.ts").Pack} pack @param {string[]} names @param {Line[]} lines @param {string} unsaid */
function markup(pack, names, lines, unsaid) {
    return html`<div class="compare-body">
        <h2 id="compare-title">${t("compare.title")}</h2>
        <button type="button" class="close" data-close aria-label="${t("close")}">${icon("close")}</button>
        <div class="scroll" tabindex="0" role="group" aria-labelledby="compare-title"><table role="table">
            <thead role="rowgroup"><tr role="row"><td></td>${names.map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}</tr></thead>
            <tbody role="rowgroup">${lines.map((line) => html`<tr role="row"><th scope="row" role="rowheader">${line.title}</th>
                ${line.cells.map((cell) => html`<td role="cell">${cell || "—"}</td>`)}</tr>`)}</tbody>
        </table></div>
        <p class="hint">${t("card.access.why")} ${unsaid}</p>
        <p class="hint print-only">${pick(pack, "title")} · ${pick(pack, "plan")} · ${t("printed", { version: pack.version, date: today() })} · ${location.href}</p>
        <p class="compare-foot">
            <button type="button" class="tool" data-copy="table">${t("compare.copy")}</button>
            <button type="button" class="tool" data-copy="link">${icon("link")}<span>${t("copy.link")}</span></button>
            <button type="button" class="tool" data-print>${icon("print")}<span>${t("print")}</span></button>
            <span role="status"></span></p></div>`;
}

/** Tab-separated, as a spreadsheet takes it. @param {object[]} details @param {Line[]} lines */
function textOf(details, lines) {
    const head = ["", ...details.map((one) => pick(one, "name"))];
    return [head, ...lines.map((line) => [line.title, ...line.cells])].map((row) => row.join("\t")).join("\n");
}

/** @param {HTMLElement} dialog @param {string} text */
async function copied(dialog, text) {
    await navigator.clipboard.writeText(text);
    find("[role=status]", HTMLElement, dialog).textContent = t("copied");
}
