/** Conditions of place: how far the nearest port, station or expressway may be. Loaded on use. */

import { html } from "../../io/html.js";
import { t } from "../../core/i18n.js";
import { siteParts } from "../../core/view_values.js";
import { unknownKinds } from "../card/access.js";
import { icon } from "../icons.js";
import { siteWords } from "./chosen.js";

/** @typedef {import("../page.d.ts").Page} Page */

/** Kilometres that are offered; a link may name any. */
const OFFERED_KM = [5, 10, 20, 50];

/** Folded, but while it is in use, or where all that is listed can be asked. @param {Page} page @param {Set<string>} open */
export function siteConditions(page, open) {
    const { pack, catalogue, state } = page;
    const kinds = pack.destinations ?? [];
    const { layer, site } = state.view;
    const asked = catalogue.items.filter((one) => one.access && (layer.length === 0 || layer.includes(one.layer)));
    if (kinds.length === 0 || asked.length === 0) return null;
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
            aria-pressed="${String(km) === chosen}">${t("near.within", { km })}</button>`)}</div>`;
}

/** A condition pressed: one of its kind stands; the same once more takes it back. @param {string[]} site @param {string} pressed */
export function siteTurned(site, pressed) {
    const { kind } = siteParts(pressed);
    const others = site.filter((one) => siteParts(one).kind !== kind);
    return site.includes(pressed) ? others : [...others, pressed];
}
