/** Words of a layer's list field (industries, products, stops) as one-press searches, with live counts. */

import { fetchItems } from "../api.js";
import { html } from "../html.js";
import { number, pick, t } from "../i18n.js";
import { select } from "../items.js";
import { termOf } from "./words.js";

/** @typedef {import("../types.d.ts").Field} Field */
/** @typedef {import("./page.d.ts").Page} Page */
/** @typedef {{ field: Field, words: Map<string, Set<string>> }} Terms for each word the ids that hold it */

/** The commonest words come first; the others on demand. */
const FEW = 10;

/** The list field of the only layer chosen. @param {Page} page */
function fieldInHand({ catalogue, state }) {
    const [id, ...more] = state.view.layer;
    const layer = id && more.length === 0 ? catalogue.layers.get(id) : undefined;
    const field = layer?.fields.find((one) => one.type === "list");
    return layer && field ? { layer, field } : null;
}

/** @param {Page} page @param {() => void} arrived */
export function createTerms(page, arrived) {
    /** @type {Map<string, Terms>} */
    const known = new Map();

    /** @param {string} layer @param {Field} field */
    const load = async (layer, field) => {
        const words = new Map();
        for (const one of await fetchItems(layer)) {
            for (const word of /** @type {string[]} */ (one[field.id] ?? [])) {
                words.set(word, (words.get(word) ?? new Set()).add(one.id));
            }
        }
        known.set(layer, { field, words });
        arrived();
    };

    return {
        /** @param {boolean} all whether the rare words are shown too */
        markup(all) {
            const hand = fieldInHand(page);
            if (!hand) return null;
            const terms = known.get(hand.layer.id);
            if (terms) return chips(page, terms, all);
            void load(hand.layer.id, hand.field);
            return null;
        },
    };
}

/** @param {Page} page @param {Terms} terms @param {boolean} all */
function chips({ pack, catalogue, state }, { field, words }, all) {
    const { ids } = select(catalogue, { ...state.view, q: "" }, null);
    const counted = [...words]
        .map(([word, holders]) => ({ word, count: [...holders].filter((id) => ids.has(id)).length }))
        .sort((a, b) => b.count - a.count);
    const shown = all ? counted : counted.filter(({ word }, i) => i < FEW || word === state.view.q);
    return html`<div class="terms" role="group" aria-label="${pick(field, "title")}"><h3>${pick(field, "title")}</h3>
        ${shown.map(({ word, count }) => html`<button type="button" class="chip ${count === 0 ? "is-zero" : ""}"
            data-term="${word}" data-key="term:${word}" aria-pressed="${state.view.q === word}">${termOf(pack, word)}
            <span class="count">${number(count)}</span></button>`)}
        ${counted.length > FEW && html`<button type="button" class="quiet" data-fold="terms" data-key="fold:terms"
            aria-expanded="${all}">${all ? t("terms.less") : t("terms.all", { n: counted.length })}</button>`}</div>`;
}
