/** A view in words: its title, what is chosen. */

import { html } from "../io/html.js";
import { pick, t } from "../core/i18n.js";
import { centreOf, RINGS_KM } from "../core/proximity.js";
import { siteParts } from "../core/view_values.js";
import { statusWords, termOf } from "./phrases.js";

/** Each choice of a view in words. @param {import("./page.d.ts").Page} page @param {import("../core/types.d.ts").View} view */
export function chosenOf({ pack, catalogue }, view) {
    const name = (/** @type {{ id: string, title: string, title_en: string }[]} */ list, /** @type {string} */ id) =>
        pick(list.find((one) => one.id === id), "title");
    const categories = [...catalogue.layers.values()]
        .filter((layer) => view.layer.length === 0 || view.layer.includes(layer.id))
        .flatMap((layer) => layer.categories);
    return [
        ...view.layer.map((id) => ({ drop: `layer:${id}`, words: name(pack.layers, id) })),
        ...view.county.map((id) => ({ drop: `county:${id}`, words: countyName(pack, id) })),
        ...view.category.map((id) => ({ drop: `category:${id}`, words: name(categories, id) })),
        ...view.status.map((id) => ({ drop: `status:${id}`, words: statusWords(pack, id) })),
        ...view.precision.map((id) => ({ drop: `precision:${id}`, words: name(pack.precisions, id) })),
        ...view.term.map((word) => ({ drop: `term:${word}`, words: termOf(pack, word) })),
        ...view.doubt.map((id) => ({ drop: `doubt:${id}`, words: name(pack.doubts, id) })),
        ...view.site.map((one) => ({ drop: `site:${one}`, words: siteWords(one) })),
        ...(view.near || view.place ? [{ drop: "near", words: nearWords(catalogue, view) }] : []),
        ...(view.hidden.length ? [{ drop: "hidden", words: t("hidden", { n: view.hidden.length }) }] : []),
        ...(view.q ? [{ drop: "q", words: t("quoted", { words: view.q }) }] : []),
    ];
}

/** Each choice with a button that takes it back. @param {import("./page.d.ts").Page} page */
export function chosenChips(page) {
    const { pack, state: { view } } = page;
    const chosen = chosenOf(page, view);
    if (chosen.length === 0) return null;
    return html`<div class="chosen">
        ${chosen.map(({ drop, words }) => html`<button type="button" class="chosen-one"
            data-drop="${drop}" data-key="drop:${drop}" aria-label="${t("drop", { words })}">${words}
            <span aria-hidden="true">×</span></button>`)}
        ${view.place && RINGS_KM.map((km) => html`<button type="button" class="chip inview" data-around="${km}"
            data-key="around:${km}" aria-pressed="${view.near === String(km)}">${t("near.within", { km })}</button>`)}
        ${view.county.length === 1 && pack.counties.filter((one) => one.code === view.county[0]).map((one) => html`<button type="button" class="chip inview" data-compare="${one.code}"
            data-key="compare:${one.code}" aria-label="${t("compare.add.one", { name: pick(one, "name") })}">+ ${t("compare.add")}</button>`)}
        ${chosen.length > 1 && html`<button type="button" class="quiet" data-drop="all" data-key="drop:all">${t("clear")}</button>`}
    </div>`;
}

/** "within 20 km of a port". @param {string} condition */
export function siteWords(condition) {
    const { kind, km } = siteParts(condition);
    return t("site.of", { kind: t(`access.${kind}`), km: Number(km) });
}

/** @param {import("../core/types.d.ts").Catalogue} catalogue @param {import("../core/types.d.ts").View} view */
function nearWords(catalogue, view) {
    const name = pick(centreOf(catalogue, view), "name") || view.place || "";
    return view.near ? t("near.of", { name, km: Number(view.near) }) : name;
}

/** @param {import("../core/types.d.ts").Pack} pack @param {string} id a code, "city" or "outside" */
function countyName(pack, id) {
    const county = pack.counties.find((one) => one.code === id);
    return county ? pick(county, "name") : t(`scope.${id}`);
}

/** Whether a view shows just what a query says. @param {import("../core/types.d.ts").View} view @param {URLSearchParams} query */
function isOf(view, query) {
    const same = (/** @type {"layer" | "category" | "county" | "status" | "precision" | "term"} */ name) =>
        [...view[name]].sort().join() === (query.get(name) ?? "").split(",").sort().join();
    return !view.q && !view.near && !view.place && view.site.length === 0
        && /** @type {const} */ (["layer", "category", "county", "status", "precision", "term"]).every(same);
}

/**
 * Its own title, else what was chosen.
 * @param {{ pack: import("../core/types.d.ts").Pack, catalogue: import("../core/types.d.ts").Catalogue }} page
 * @param {import("../core/types.d.ts").View} view
 */
export function viewTitle({ pack, catalogue }, view) {
    if (view.title) return view.title;
    const item = view.focus ? catalogue.byId.get(view.focus) : undefined;
    if (item) return pick(item, "name");
    const figure = pack.figures?.find((one) => isOf(view, new URLSearchParams(one.view)));
    if (figure) return pick(figure, "title");
    const counties = view.county.map((id) => countyName(pack, id)).join(t("comma"));
    const layers = view.layer.map((id) => pick(catalogue.layers.get(id), "title")).join(t("comma"));
    const terms = view.term.map((word) => termOf(pack, word)).join(t("comma"));
    const near = view.near || view.place ? nearWords(catalogue, view) : "";
    return [counties, layers, terms, ...view.site.map(siteWords), near, view.q].filter(Boolean).join(" · ") || pick(pack, "title");
}
