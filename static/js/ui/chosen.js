/** What is chosen at present, each choice with a button that takes it back. */

import { html } from "../html.js";
import { pick, t } from "../i18n.js";

/** @param {import("./page.d.ts").Page} page */
export function chosenChips({ pack, catalogue, state }) {
    const { view } = state;
    const name = (/** @type {{ id: string, title: string, title_en: string }[]} */ list, /** @type {string} */ id) =>
        pick(list.find((one) => one.id === id), "title");
    const categories = [...catalogue.layers.values()]
        .filter((layer) => view.layer.length === 0 || view.layer.includes(layer.id))
        .flatMap((layer) => layer.categories);
    const chosen = [
        ...view.layer.map((id) => ({ drop: `layer:${id}`, words: name(pack.layers, id) })),
        ...view.county.map((id) => ({ drop: `county:${id}`, words: countyName(pack, id) })),
        ...view.category.map((id) => ({ drop: `category:${id}`, words: name(categories, id) })),
        ...view.status.map((id) => ({ drop: `status:${id}`, words: name(pack.statuses, id) })),
        ...view.precision.map((id) => ({ drop: `precision:${id}`, words: name(pack.precisions, id) })),
        ...(view.focus && view.near ? [{ drop: "near", words: nearWords(catalogue, view.focus, view.near) }] : []),
        ...(view.q ? [{ drop: "q", words: `“${view.q}”` }] : []),
    ];
    if (chosen.length === 0) return null;
    return html`<div class="chosen">
        ${chosen.map(({ drop, words }) => html`<button type="button" class="chosen-one"
            data-drop="${drop}" data-key="drop:${drop}" aria-label="${t("drop", { words })}">${words}
            <span aria-hidden="true">×</span></button>`)}
        ${chosen.length > 1 && html`<button type="button" class="quiet" data-drop="all">${t("clear")}</button>`}
    </div>`;
}

/** @param {import("../types.d.ts").Catalogue} catalogue @param {string} id @param {string} km */
function nearWords(catalogue, id, km) {
    return t("near.of", { name: pick(catalogue.byId.get(id), "name"), km: Number(km) });
}

/** @param {import("../types.d.ts").Pack} pack @param {string} id a code, "city" or "outside" */
export function countyName(pack, id) {
    const county = pack.counties.find((one) => one.code === id);
    return county ? pick(county, "name") : t(`scope.${id}`);
}
