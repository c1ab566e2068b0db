/** The facet of list fields (industries, products, stops): one-press choices with live counts. Loaded on use. */

import { html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { icon } from "../icons.js";
import { termOf } from "../phrases.js";

/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */

/** The commonest words come first; the others on demand. One chosen layer has more room. */
const FEW = { all: 10, layer: 40 };

/**
 * The words of the only layer chosen, under its own title; those that no item in view holds count nothing.
 * @param {Page} page @param {Selection} selection @param {Set<string>} open
 */
export function termsOfLayer(page, selection, open) {
    const { catalogue, state } = page;
    const field = fieldInHand(page);
    if (!field) return null;
    const members = catalogue.items.filter((item) => item.layer === state.view.layer[0]);
    return html`<h3 class="terms-head">${pick(field, "title")}</h3>
        ${choices(page, selection, open, new Set(members.flatMap((item) => item.terms ?? [])), pick(field, "title"), FEW.layer)}`;
}

/**
 * The words of all items in view, folded; nothing while one layer has its own.
 * @param {Page} page @param {Selection} selection @param {Set<string>} open
 */
export function termsOfAll(page, selection, open) {
    if (fieldInHand(page)) return null;
    const { pack, state } = page;
    const chosen = state.view.term;
    const unfolded = open.has("terms");
    return html`<div class="facet"><button type="button" class="fold-head" data-fold="terms" data-key="fold:terms"
            aria-expanded="${unfolded}">${icon("fold")}<span>${t("facet.term")}</span>
            <small>${chosen.map((word) => termOf(pack, word)).join(t("comma"))}</small></button>
        ${unfolded && choices(page, selection, open, new Set([...selection.counts.term.keys(), ...chosen]), t("facet.term"), FEW.all)}</div>`;
}

/**
 * @param {Page} page @param {Selection} selection
 * @param {Set<string>} open "terms:all": the rare words are shown too
 * @param {Set<string>} words @param {string} label @param {number} few
 */
function choices({ pack, state }, selection, open, words, label, few) {
    const chosen = state.view.term;
    const counted = [...words].map((word) => ({ word, count: selection.counts.term.get(word) ?? 0 })).sort((a, b) => b.count - a.count);
    const all = open.has("terms:all");
    const shown = all ? counted : counted.filter(({ word }, i) => i < few || chosen.includes(word));
    return html`<div class="terms" role="group" aria-label="${label}">
        ${shown.map(({ word, count }) => html`<button type="button" class="chip ${count === 0 ? "is-zero" : ""}"
            data-choose="term:${word}" data-key="term:${word}" aria-pressed="${chosen.includes(word)}">${termOf(pack, word)}
            <span class="count">${number(count)}</span></button>`)}
        ${counted.length > few && html`<button type="button" class="quiet" data-fold="terms:all" data-key="fold:terms:all"
            aria-expanded="${all}">${all ? t("terms.less") : t("terms.all", { n: counted.length })}</button>`}</div>`;
}

/** The list field of the only layer chosen. @param {Page} page */
function fieldInHand({ catalogue, state }) {
    const [id, ...more] = state.view.layer;
    return id && more.length === 0 ? catalogue.layers.get(id)?.fields.find((one) => one.type === "list") : undefined;
}
