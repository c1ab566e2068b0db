/** The markup of the card: one small function per part. */

import { boxPath, itemPath, placePath } from "../../io/addresses.js";
import { address } from "../../io/api.js";
import { pointsOf } from "../../draw/geometry.js";
import { html, isWebAddress } from "../../io/html.js";
import { firstTag, lang, number, otherTag, pick, pickList, pickOther, t } from "../../core/i18n.js";
import { metresBetween, RINGS_KM } from "../../core/proximity.js";
import { certaintyOf, symbol } from "../../draw/symbols.js";
import { serialise, turnedTo } from "../../core/url.js";
import { access } from "./access.js";
import { contactSection } from "./contact.js";
import { goThere } from "./go_there.js";
import { icon } from "../icons.js";
import { cautionOf, certaintyText, countiesText, citationOf, outlineEntry, ownLang, statusWords, termOf, valueWords } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Detail} Detail */
/** @typedef {import("../../core/types.d.ts").Layer} Layer */
/** @typedef {import("../page.d.ts").Page} Page */

/** What is known before the rest has come. @param {Page} page @param {Item} item @param {boolean} waiting for the rest */
export function skeleton(page, item, waiting) {
    return html`${head(page, item, null)}${waiting && html`<p class="waiting" aria-busy="true">${t("loading")}</p>`}`;
}

/** @param {Page} page @param {Item} item @param {Detail} detail @param {boolean} leftOut by what is chosen */
export function cardMarkup(page, item, detail, leftOut) {
    return html`${head(page, item, detail)}
        ${leftOut && html`<p class="message left-out" role="status">${t("card.left-out")}
            <button type="button" class="quiet" data-unfilter data-key="unfilter">${t("clear")}</button></p>`}
        <div class="card-body">
            ${pick(detail, "summary") && html`<p class="summary">${pick(detail, "summary")}</p>`}
            ${facts(detail)}
            ${fields(page, detail)}
            ${access(detail)}
            ${place(page, item, detail)}
            ${goThere(page, item)}
            ${nearby(page, item)}
            ${plan(page, detail)}
            ${note(detail)}
            ${related(page, detail)}
            ${contactSection(page.pack, detail)}
            ${sources(page, detail)}
            <p class="hint card-id">${t("card.id", { id: item.id, version: page.pack.version })}</p>
        </div>
        ${foot(page, item)}`;
}

/** @param {Page} page @param {Item} item @param {Detail | null} detail */
function head({ pack, catalogue }, item, detail) {
    const layer = /** @type {Layer} */ (catalogue.layers.get(item.layer));
    const category = layer.categories.find((one) => one.id === item.category);
    return html`<button type="button" class="close" data-close data-key="card-close" aria-label="${t("close")}">${icon("close")}</button>
        <header class="card-head">
        <p class="kicker">${symbol(layer, catalogue.families.get(layer.family), item)}
            <span>${pick(layer, "title")} · ${pick(category, "title")}</span></p>
        <h2>${pick(item, "name")}</h2>
        <p class="other-name" lang="${otherTag(item, "name")}">${pickOther(item, "name")}</p>
        <p class="tags"><span class="tag">${countiesText(pack, item)}</span>
            ${detail?.county_basis === "inferred"
                && html`<span class="tag is-weak" title="${t("inferred.why")}">${t("inferred")}</span>`}
            <span class="tag">${statusWords(pack, item.status)}</span></p>
    </header>`;
}

/** @param {Detail} detail */
function facts(detail) {
    const list = pickList(detail, "facts");
    return list.length
        ? html`<section><h3>${t("card.facts")}</h3>
            <ul class="facts">${list.map((fact) => html`<li>${fact}</li>`)}</ul></section>`
        : null;
}

/** The layer's own typed fields. @param {Page} page @param {Detail} detail */
function fields({ pack, catalogue }, detail) {
    const rows = (catalogue.layers.get(detail.layer)?.fields ?? []).map((field) => {
        const words = kindWords(field, detail) ?? valueOf(pack, field, detail[field.id]);
        return words && html`<dt>${pick(field, "title")}</dt><dd>${words}</dd>`;
    });
    return rows.some(Boolean) ? html`<dl class="fields">${rows}</dl>` : null;
}

/** How the plan's diagram draws it. @param {import("../../core/types.d.ts").Field} field @param {Detail} detail */
function kindWords(field, detail) {
    return field.id === "diagram" && detail.diagram ? t(`diagram.${detail.diagram}`) : null;
}

/**
 * A typed value in words; null where there is none.
 * @param {import("../../core/types.d.ts").Pack} pack
 * @param {import("../../core/types.d.ts").Field} field
 * @param {unknown} value
 */
function valueOf(pack, field, value) {
    if (Array.isArray(value)) {
        return value.length ? value.map((one) => html`<span class="pill">${termOf(pack, String(one))}</span>`) : null;
    }
    return valueWords(pack, field, value) || null;
}

/** How the item is located, how well, and why. @param {Page} page @param {Item} item @param {Detail} detail */
function place({ pack }, item, detail) {
    const truth = certaintyOf(item);
    return html`<section class="place is-${truth}"><h3>${t("card.place")}</h3>
        <p class="certainty"><span class="swatch is-${truth}" aria-hidden="true"></span>
            <strong>${certaintyText(pack, item)}</strong></p>
        ${pick(detail, "location") && html`<p>${pick(detail, "location")}</p>`}
        ${pick(detail, "place_note") && html`<p>${pick(detail, "place_note")}</p>`}
        <p class="hint">${cautionOf(item)}</p></section>`;
}

/** @param {Page} page @param {Detail} detail */
function plan({ pack }, detail) {
    const refs = [detail.plan, ...(detail.plan_more ?? [])].filter((ref) => ref !== null && ref !== undefined);
    if (detail.origin && refs.length === 0) {
        return html`<section class="origin"><h3>${t("card.origin")}</h3><p>${pick(detail, "origin")}</p></section>`;
    }
    return html`<section><h3>${t("card.plan")}</h3>
        ${detail.origin && html`<p class="origin">${t("card.origin")} ${pick(detail, "origin")}</p>`}
        ${!detail.origin && detail.plan_term && html`<p class="term" lang="${firstTag()}">“${detail.plan_term}”</p>`}
        <ul class="refs">${refs.map((ref) => html`<li>${reference(pack, ref)}</li>`)}</ul></section>`;
}

/** A box leads to the page of all that it names, and each place to the operator's copy of the text. @param {import("../../core/types.d.ts").Pack} pack @param {import("../../core/types.d.ts").PlanRef} ref */
function reference(pack, ref) {
    const entry = outlineEntry(pack, ref);
    const words = html`<strong>${citationOf(ref)}</strong> ${pick(entry, "title")}`;
    return html`${entry?.page ? html`<a href="${address(boxPath(entry.page, ownLang(pack)))}">${words}</a>` : words}
        ${isWebAddress(entry?.text ?? "") && html` <a class="plan-text" href="${entry?.text}" target="_blank" rel="noreferrer">${t("plan.text")} ↗</a>`}`;
}

/** The plan's other items around this one, by distance. @param {Page} page @param {Item} item */
function nearby({ pack, catalogue, state }, item) {
    if (pointsOf(item.geometry).length === 0) return null;
    const away = catalogue.items.map((other) => (other === item ? null : metresBetween(item, other)));
    return html`<section><h3>${t("card.nearby")}</h3><p class="rings">${RINGS_KM.map((km) => {
        const count = away.filter((metres) => metres !== null && metres <= km * 1000).length;
        return html`<button type="button" class="chip" data-near="${km}" data-key="near:${km}"
            aria-pressed="${state.view.near === String(km) && !state.view.place}">${t("near.within", { km })}
            ${!pack.large && html`<span class="count">${number(count)}</span>`}</button>`;
    })}</p><p class="hint">${t("card.nearby.why")}</p></section>`;
}

/** @param {Detail} detail */
function note(detail) {
    const words = pick(detail, "note");
    return words ? html`<section><h3>${t("card.note")}</h3><p>${words}</p></section>` : null;
}

/** @param {Page} page @param {Detail} detail */
function related({ catalogue, state }, detail) {
    const items = (detail.related ?? []).flatMap((id) => catalogue.byId.get(id) ?? []);
    if (items.length === 0) return null;
    return html`<section><h3>${t("card.related")}</h3><ul class="related">${items.map((item) => {
        const layer = /** @type {Layer} */ (catalogue.layers.get(item.layer));
        return html`<li><a href="${state.address({ ...state.view, ...turnedTo(state.view, item.id) })}"
            data-id="${item.id}" data-key="related:${item.id}">
            ${symbol(layer, catalogue.families.get(layer.family), item)}
            <span>${pick(item, "name")}</span></a></li>`;
    })}</ul></section>`;
}

/** @param {Page} page @param {Item} item */
function foot({ pack, state }, item) {
    const permalink = address(`./?focus=${item.id}${ownLang(pack) && `&lang=${lang()}`}`);
    const seen = address(`./?${serialise({ ...state.view, focus: item.id }, state.vocabulary)}`);
    const feedback = feedbackOn(pack, item);
    const compared = state.view.compare.includes(item.id);
    return html`<footer class="card-foot">
        <button type="button" class="tool" data-compare="${item.id}" data-key="compare" aria-pressed="${compared}">
            ${icon("compare")}<span>${t(compared ? "compare.remove" : "compare.add")}</span></button>
        <button type="button" class="tool" data-copy="${seen}">${icon("link")}<span>${t("copy.link")}</span></button>
        <button type="button" class="tool" data-copy="${citation(pack, item, permalink)}"><span>${t("copy.citation")}</span></button>
        <a class="tool" href="${address(itemPath(item))}">${t("api.link")}</a>
        ${feedback && html`<a class="tool" href="${feedback}">${t("feedback")}</a>`}
    </footer>`;
}

/** What the place stands on: each source with its address and date, as far as there is one. @param {Page} page @param {Detail} detail */
function sources({ pack, catalogue }, detail) {
    const ids = detail.source ?? [];
    const grounds = evidence(pack, catalogue, detail);
    return ids.length > 0 && html`<section class="sources"><h3>${t("card.sources")}</h3>
        <ul class="facts">${ids.map((id) => {
            const source = pack.sources?.find((one) => one.id === id);
            const title = pick(source, "title") || id;
            const linked = isWebAddress(source?.url ?? "");
            return html`<li>${linked ? html`<a href="${source?.url}" rel="noreferrer">${title}</a>` : title}
                ${source?.vintage && html`<small>${source.vintage}</small>`}
                ${!linked && grounds && html`<small>${t("card.source.unlinked")}</small>`}</li>`;
        })}</ul>${grounds}</section>`;
}

/** Of each place it stands on: what the sources say there. @param {import("../../core/types.d.ts").Pack} pack @param {import("../../core/types.d.ts").Catalogue} catalogue @param {Detail} detail */
function evidence(pack, catalogue, detail) {
    const places = (detail.located_by?.places ?? []).map((name) => ({ name, path: placePath(name, ownLang(pack)) }));
    return places.some(({ path }) => path) && html`<p class="hint">${t("card.evidence")} ${places.map(({ name, path }) => html`
        <a href="${address(path ?? "")}">${pick(catalogue.places.get(name), "name") || name}</a>`)}</p>`;
}

/** The operator's address for corrections, told which item and which data are meant. @param {import("../../core/types.d.ts").Pack} pack @param {Item} item */
function feedbackOn({ feedback, title, version }, item) {
    if (!isWebAddress(feedback)) return "";
    const join = feedback.includes("?") ? "&" : "?";
    const subject = encodeURIComponent(`${title} ${item.id} ${version}`);
    return feedback.startsWith("mailto:") ? `${feedback}${join}subject=${subject}` : `${feedback}${join}item=${item.id}&version=${version}`;
}

/** @param {import("../../core/types.d.ts").Pack} pack @param {Item} item @param {string} permalink */
function citation(pack, item, permalink) {
    return t("citation", { name: pick(item, "name"), plan: pick(pack, "plan"), title: pick(pack, "title"), link: permalink });
}
