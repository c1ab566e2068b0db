/** What else can be asked: words of list fields (industries, products, stops), and how far a port or station may be. Loaded on use. */

import { html } from "../../io/html.js";
import { kilometres, number, pick, t } from "../../core/i18n.js";
import { icon } from "../icons.js";
import { termOf } from "../phrases.js";
import { siteParts } from "../../core/view_values.js";
import { unknownKinds } from "../card/access.js";
import { siteWords } from "../view_words.js";

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
    const held = page.pack.large ? [...selection.counts.term.keys()] : members.flatMap((item) => item.terms ?? []);
    return html`<h3 class="terms-head">${pick(field, "title")}</h3>
        ${choices(page, selection, open, new Set(held), pick(field, "title"), FEW.layer)}`;
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
 * Headings, each with the plan's own words folded below it; then the words that stand under none.
 * @param {Page} page @param {Selection} selection
 * @param {Set<string>} open "terms:all": the rare words are shown too; "heading:x": the words below x
 * @param {Set<string>} words @param {string} label @param {number} few
 */
function choices(page, selection, open, words, label, few) {
    const headings = (page.pack.industries ?? []).filter((one) => words.has(one.name));
    const below = new Set(headings.flatMap((one) => [one.name, ...one.words]));
    const loose = counted(selection, [...words].filter((word) => !below.has(word)));
    const all = open.has("terms:all");
    const chosen = page.state.view.term;
    const shown = all ? loose : loose.filter(({ word }, i) => i < few || chosen.includes(word));
    return html`<div class="terms" role="group" aria-label="${label}">
        ${counted(selection, headings.map((one) => one.name)).map((one) => heading(page, selection, open, words, one))}
        ${shown.map((one) => chip(page, one))}
        ${loose.length > few && html`<button type="button" class="quiet" data-fold="terms:all" data-key="fold:terms:all"
            aria-expanded="${all}">${all ? t("terms.less") : t("terms.all", { n: loose.length })}</button>`}</div>`;
}

/**
 * A heading and the words of the plan below it, which are shown while one of them is chosen.
 * @param {Page} page @param {Selection} selection @param {Set<string>} open @param {Set<string>} words
 * @param {{ word: string, count: number }} one
 */
function heading(page, selection, open, words, one) {
    const fold = `heading:${one.word}`;
    const own = page.pack.industries?.find((each) => each.name === one.word)?.words.filter((word) => words.has(word)) ?? [];
    const unfolded = open.has(fold) || own.some((word) => page.state.view.term.includes(word));
    return html`<span class="heading">${chip(page, one)}<button type="button" class="quiet" data-fold="${fold}"
            data-key="fold:${fold}" aria-expanded="${unfolded}"
            aria-label="${t("terms.below", { name: termOf(page.pack, one.word) })}">${icon("fold")}</button></span>
        ${unfolded && html`<span class="below">${counted(selection, own).map((word) => chip(page, word))}</span>`}`;
}

/** Words and how many items each would show, the commonest first. @param {Selection} selection @param {string[]} words */
function counted(selection, words) {
    return words.map((word) => ({ word, count: selection.counts.term.get(word) ?? 0 })).sort((a, b) => b.count - a.count);
}

/** @param {Page} page @param {{ word: string, count: number }} one */
function chip({ pack, state }, { word, count }) {
    return html`<button type="button" class="chip ${count === 0 ? "is-zero" : ""}" data-choose="term:${word}"
        data-key="term:${word}" aria-pressed="${state.view.term.includes(word)}">${termOf(pack, word)} <span class="count">${number(count)}</span></button>`;
}

/** The list field of the only layer chosen. @param {Page} page */
function fieldInHand({ catalogue, state }) {
    const [id, ...more] = state.view.layer;
    return id && more.length === 0 ? catalogue.layers.get(id)?.fields.find((one) => one.type === "list") : undefined;
}

/** Kilometres that are offered; a link may name any. */
const OFFERED_KM = [5, 10, 20, 50];

/** Folded, but while it is in use, or where all that is listed can be asked. @param {Page} page @param {Set<string>} open */
export function siteConditions(page, open) {
    const { pack, catalogue, state } = page;
    const kinds = pack.destinations ?? [];
    const { layer, site } = state.view;
    const measured = (/** @type {string} */ id) => layer.length === 0 || layer.includes(id);
    const asked = catalogue.items.filter((one) => one.access && measured(one.layer));
    const some = pack.large ? catalogue.used.some((one) => one.access && measured(one.id)) : asked.length > 0;
    if (kinds.length === 0 || !some) return null;
    // Pressed, it is the other way round than at first.
    const unfolded = (site.length > 0 || layer.length === 1) !== open.has("site");
    return html`<div class="facet"><button type="button" class="fold-head" data-fold="site" data-key="fold:site"
            aria-expanded="${unfolded}">${icon("fold")}<span>${t("site")}</span><small>${site.map(siteWords).join(t("comma"))}</small></button>
        ${unfolded && html`<div class="site">${kinds.map((kind) => row(kind, site))}</div>
            <p class="hint">${t("site.why")} ${unknownKinds(asked)}</p>`}</div>`;
}

/** @param {string} kind @param {string[]} site */
function row(kind, site) {
    const chosen = site.map(siteParts).find((one) => one.kind === kind)?.km;
    const offered = [...new Set([...OFFERED_KM, ...(chosen ? [Number(chosen)] : [])])].sort((a, b) => a - b);
    return html`<div class="terms" role="group" aria-label="${t(`access.${kind}`)}"><span class="site-kind">${t(`access.${kind}`)}</span>
        ${offered.map((km) => html`<button type="button" class="chip" data-site="${kind}:${km}" data-key="site:${kind}:${km}"
            aria-pressed="${String(km) === chosen}" aria-label="${t("near.within", { km })}">≤ ${kilometres(km)}</button>`)}</div>`;
}

/** A condition pressed: one of its kind stands; the same once more takes it back. @param {string[]} site @param {string} pressed */
export function siteTurned(site, pressed) {
    const { kind } = siteParts(pressed);
    const others = site.filter((one) => siteParts(one).kind !== kind);
    return site.includes(pressed) ? others : [...others, pressed];
}
