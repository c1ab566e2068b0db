/** What stands on the map for an item or for a cluster: a symbol, or a ring that tells the families apart. */

import { html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { familyMark, symbol } from "../../draw/symbols.js";
import { clusterSize, FOCUS_PX, SYMBOL_PX } from "../../draw/point_layout.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Catalogue} Catalogue */

/** An arc shorter than this share of the ring has no room for its family's shape. */
const MARK_SHARE = 12;

/** A cluster's tip names so many of its items. */
const NAMED_MOST = 8;

/** @param {Catalogue} catalogue @param {Item} item @param {boolean} inHand */
export function pointIcon(catalogue, item, inHand) {
    const layer = catalogue.layers.get(item.layer);
    const markup = layer ? symbol(layer, catalogue.families.get(layer.family), item) : "";
    const size = inHand ? FOCUS_PX : SYMBOL_PX;
    return L.divIcon({ className: `point ${inHand ? "is-focused" : ""}`, html: String(markup), iconSize: [size, size] });
}

/** With the count in it, and an arc for each family, or each status where colours say that, in the order of the families. @param {Catalogue} catalogue @param {Item[]} members */
export function clusterIcon(catalogue, members) {
    /** @type {Map<string, number>} */
    const shares = new Map(isByStatus() ? [] : [...catalogue.families.keys()].map((id) => [`family-${id}`, 0]));
    for (const { layer, status } of members) {
        const tint = isByStatus() ? `status-${status}` : `family-${catalogue.layers.get(layer)?.family}`;
        shares.set(tint, (shares.get(tint) ?? 0) + 1);
    }
    return ringIcon(shares, members.length, catalogue.families);
}

/** The same of items of which only the layers are known. @param {Catalogue} catalogue @param {Record<string, number>} layers */
export function countedIcon(catalogue, layers) {
    /** @type {Map<string, number>} */
    const shares = new Map(isByStatus() ? [] : [...catalogue.families.keys()].map((id) => [`family-${id}`, 0]));
    for (const [layer, n] of isByStatus() ? [] : Object.entries(layers)) {
        const tint = `family-${catalogue.layers.get(layer)?.family}`;
        shares.set(tint, (shares.get(tint) ?? 0) + n);
    }
    return ringIcon(shares, Object.values(layers).reduce((sum, one) => sum + one, 0), catalogue.families);
}

const isByStatus = () => document.documentElement.dataset.colour === "status";

/** @param {Map<string, number>} shares of tints @param {number} n @param {Catalogue["families"]} families */
function ringIcon(shares, n, families) {
    const size = clusterSize(n);
    return L.divIcon({
        className: "cluster",
        iconSize: [size, size],
        html: String(html`<svg viewBox="0 0 40 40" aria-hidden="true"><circle class="disc" cx="20" cy="20" r="19"/>
            ${arcs(shares, n, families)}</svg><span>${number(n)}</span>`),
    });
}

/** @param {Item[]} members @param {string} place */
export function clusterName(members, place) {
    return place ? t("map.cluster", { name: place, n: members.length }) : t("map.cluster.nameless", { n: members.length });
}

/** A cluster's name, and what is in it. @param {Item[]} members @param {string} name */
export function clusterTip(members, name) {
    const names = members.slice(0, NAMED_MOST).map((member) => pick(member, "name"));
    return html`<strong>${name}</strong>${names.map((one) => html`<br>${one}`)}${members.length > NAMED_MOST && html`<br>…`}`;
}

/** An arc for each tint, as long as its share of all, with the shape of its family. @param {Map<string, number>} shares @param {number} n @param {Catalogue["families"]} families */
function arcs(shares, n, families) {
    let start = 0;
    /** @type {unknown[]} */
    const marks = [];
    const rings = [...shares].filter(([, own]) => own > 0).map(([tint, own]) => {
        const share = (own / n) * 100;
        const arc = html`<circle class="arc ${tint}" cx="20" cy="20" r="16.5" pathLength="100"
            stroke-dasharray="${share} ${100 - share}" stroke-dashoffset="${-start}"/>`;
        const family = families.get(tint.slice("family-".length));
        if (family && share >= MARK_SHARE) marks.push(familyMark(family, start + share / 2));
        start += share;
        return arc;
    });
    return [...rings, ...marks];
}
