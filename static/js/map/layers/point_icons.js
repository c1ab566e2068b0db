/** What stands on the map for an item or for a cluster: a symbol, or a ring that tells the families apart. */

import { html } from "../../io/html.js";
import { number, pick, t } from "../../core/i18n.js";
import { familyMark, symbol } from "../../draw/symbols.js";
import { clusterSize, FOCUS_PX, SYMBOL_PX, totalOf } from "../../draw/point_layout.js";
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
    const tints = members.map(({ layer, status }) => isByStatus() ? `status-${status}` : familyTint(catalogue, layer));
    return ringIcon(catalogue, tints.map((tint) => [tint, 1]), members.length);
}

/** The same of items of which only the layers are known. @param {Catalogue} catalogue @param {Record<string, number>} layers */
export function countedIcon(catalogue, layers) {
    const counts = isByStatus() ? [] : Object.entries(layers);
    return ringIcon(catalogue, counts.map(([layer, n]) => [familyTint(catalogue, layer), n]), totalOf(layers));
}

/** @param {Catalogue} catalogue @param {string} layer */
const familyTint = (catalogue, layer) => `family-${catalogue.layers.get(layer)?.family}`;

const isByStatus = () => document.documentElement.dataset.colour === "status";

/** @param {Catalogue} catalogue @param {[tint: string, n: number][]} parts @param {number} n of all */
function ringIcon({ families }, parts, n) {
    /** @type {Map<string, number>} */
    const shares = new Map(isByStatus() ? [] : [...families.keys()].map((id) => [`family-${id}`, 0]));
    for (const [tint, own] of parts) shares.set(tint, (shares.get(tint) ?? 0) + own);
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
