/** Every item that is switched on and matches the search, by layer; unlocated ones included. */

import { html, pressedElement, render } from "../io/html.js";
import { awayText, pick, t } from "../core/i18n.js";
import { certaintyOf, symbol } from "../draw/symbols.js";
import { cardMarkup } from "./popup.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {{ catalogue: import("../core/types.d.ts").Catalogue, cards: Record<string, import("./offline.d.ts").Card>,
 *     online: string, near: import("./offline.d.ts").Near | null, pick(item: Item): void, clear(): void }} Given */

/** @param {HTMLElement} root @param {Given} given */
export function createList(root, given) {
    root.addEventListener("click", (event) => {
        const item = given.catalogue.byId.get(pressedElement(event, "pick") ?? "");
        if (item) given.pick(item);
        if (pressedElement(event, "clear") !== null) given.clear();
    });
    return {
        /** @param {Item[]} items @param {Item | undefined} focus @param {string} county a code, or empty */
        update(items, focus, county) {
            render(root, markup(items, focus, county, given));
            if (focus) root.querySelector(`[data-pick="${CSS.escape(focus.id)}"]`)?.scrollIntoView({ block: "nearest" });
        },
    };
}

/** @param {Item[]} items @param {Item | undefined} focus @param {string} county @param {Given} given */
function markup(items, focus, county, given) {
    // What is near comes in the order of its distance, whatever layer it is of.
    const groups = given.near?.km ? [{ title: t("near.first"), own: items }] : given.catalogue.used
        .map((layer) => ({ title: pick(layer, "title"), own: items.filter((item) => item.layer === layer.id) }))
        .filter(({ own }) => own.length > 0);
    return html`<div class="list-head"><h2 id="count" role="status">${t("count", { n: items.length })}</h2>
            ${county && html`<button type="button" class="chosen-one" data-clear>${t("clear")}</button>`}</div>
        ${items.length === 0 && html`<p class="empty">${t("empty")}</p>`}
        ${groups.map(({ title, own }) => html`<section class="group"><h3>${title}
            <span class="count">${own.length}</span></h3>
            <ul>${own.map((item) => row(item, focus, given))}</ul></section>`)}`;
}

/** @param {Item} item @param {Item | undefined} focus @param {Given} given */
function row(item, focus, given) {
    const layer = given.catalogue.layers.get(item.layer);
    const truth = certaintyOf(item);
    const own = focus === item;
    const metres = given.near?.metres[item.id];
    return html`<li><button type="button" class="item ${own ? "is-focused" : ""}" data-pick="${item.id}" data-key="item:${item.id}">
        ${layer && symbol(layer, given.catalogue.families.get(layer.family), item)}
        <span class="item-text"><span class="item-name">${pick(item, "name")}</span>
        ${metres !== undefined && html`<span class="item-meta">${awayText(metres, (given.near?.uncertainty_m ?? 0) + (item.uncertainty_m ?? 0))}</span>`}</span>
        ${(truth === "none" || truth === "wide") && html`<span class="mark">${t(`truth.${truth}`)}</span>`}</button>
        ${own && truth === "none" && cardMarkup(item, given)}</li>`;
}
