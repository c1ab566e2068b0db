/** A view in a few words: its title, else what was chosen. */

import { pick, t } from "../i18n.js";
import { countyName } from "./chosen.js";

/**
 * @param {import("./page.d.ts").Page} page
 * @param {import("../types.d.ts").View} view
 */
export function viewTitle({ pack, catalogue }, view) {
    if (view.title) return view.title;
    const item = view.focus ? catalogue.byId.get(view.focus) : undefined;
    if (item) return pick(item, "name");
    const counties = view.county.map((id) => countyName(pack, id)).join(t("comma"));
    const layers = view.layer.map((id) => pick(catalogue.layers.get(id), "title")).join(t("comma"));
    return [counties, layers, view.q].filter(Boolean).join(" · ") || pick(pack, "title");
}
