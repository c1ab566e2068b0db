/** A view in a few words: its title, else what was chosen. */

import { pick, t } from "../core/i18n.js";
import { countyName, nearWords, siteWords } from "./panel/chosen.js";
import { termOf } from "./phrases.js";

/** Whether a view shows just what a query says. @param {import("../core/types.d.ts").View} view @param {URLSearchParams} query */
function isOf(view, query) {
    const same = (/** @type {"layer" | "category" | "county" | "status" | "precision" | "term"} */ name) =>
        [...view[name]].sort().join() === (query.get(name) ?? "").split(",").sort().join();
    return !view.q && !view.near && !view.place && view.site.length === 0
        && /** @type {const} */ (["layer", "category", "county", "status", "precision", "term"]).every(same);
}

/**
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
