/** Placed points: a symbol each, and where they would lie on each other one cluster with its count. */

import { html } from "../html.js";
import { lang, number, pick, t } from "../i18n.js";
import { truthOf } from "../items.js";
import { symbol } from "../symbols.js";
import { cluster, joined } from "./cluster.js";
import { pointsOf } from "../geometry.js";
import L from "./leaflet.js";

/** @typedef {import("../types.d.ts").Item} Item */
/** @typedef {import("../types.d.ts").Catalogue} Catalogue */
/** @typedef {import("./cluster.js").Cluster<Item>} Group */
/** @typedef {import("./collide.js").Box} Box */
/** @typedef {{ spots: { x: number, y: number }[], radius: number }} Ring in the pixels of a layer */

const SYMBOL_PX = 26;
const FOCUS_PX = 36;
/** Nearer than this, symbols hide each other. */
const CLUSTER_PX = 30;
/** At city scale whole towns are one symbol; from this zoom on only what really touches is. */
const CLOSE_ZOOM = 11;
const WIDE_CLUSTER_PX = 54;
/** So few have room at any scale. */
const FEW_ITEMS = 24;

/**
 * @param {L.Map} map
 * @param {Catalogue} catalogue
 * @param {{ pick(item: Item): void, open(group: Group): void, hover(id: string | null): void,
 *     nameOf(lat: number, lng: number): string, rings?(): Ring[] }} on rings: what symbols keep clear of
 */
export function createPoints(map, catalogue, on) {
    const group = L.layerGroup().addTo(map);
    /** @type {Item[]} */
    let items = [];
    /** @type {string | null} */
    let focus = null;
    /** Which element stands for an item at present. @type {Map<string, HTMLElement>} */
    const elements = new Map();
    /** @type {Box[]} */
    let boxes = [];
    /** @type {{ item: Item, x: number, y: number }[]} */
    let singles = [];
    /** Markers on the map by what they stand for and where, to be kept while they do. @type {Map<string, L.Marker>} */
    let markers = new Map();
    const gather = gathered(map);

    const draw = () => {
        const view = map.getPixelBounds().pad(0.3);
        const { own, clusters } = gather(items, focus);
        const origin = map.getPixelOrigin();
        const clear = [
            ...own.map(({ x, y }) => ({ x, y, size: FOCUS_PX })),
            ...(on.rings?.() ?? []).filter(({ radius }) => radius > 0).flatMap(({ spots, radius }) =>
                spots.map(({ x, y }) => ({ x: x + origin.x, y: y + origin.y, size: 2 * radius }))),
        ];
        const near = clusters.filter((one) => view.contains([one.x, one.y]));
        const groups = [
            // Stepping aside may end on another symbol: such ones are joined, and step aside as one.
            ...joined(joined(near, discOf).map((one) => aside(one, clear)), discOf).map((one) => aside(one, clear)),
            ...own.map((spot) => ({ ...spot, spots: [spot] })),
        ];
        const held = document.activeElement?.getAttribute("data-spot");
        elements.clear();
        const next = new Map(groups.map((one) => {
            const key = keyOf(one, focus);
            const marker = markers.get(key) ?? add(one);
            const element = /** @type {HTMLElement} */ (marker.getElement());
            for (const spot of one.spots) elements.set(spot.thing.id, element);
            return [key, marker];
        }));
        for (const [key, marker] of markers) if (!next.has(key)) marker.remove();
        markers = next;
        inListOrder(groups.map((one) => one.spots[0]?.thing), items, elements);
        boxes = groups.map((one) => boxOf(one, origin));
        singles = groups.filter((one) => one.spots.length === 1)
            .map((one) => ({ item: itemOf(one), x: one.x - origin.x, y: one.y - origin.y }));
        if (held) document.querySelector(`[data-spot="${CSS.escape(held)}"]`)?.dispatchEvent(new Event("refocus"));
    };

    /** @param {Group} one @returns {L.Marker} */
    const add = (one) => {
        const latlng = map.unproject([one.x, one.y]);
        const members = [...new Set(one.spots.map((spot) => spot.thing))];
        const single = members.length === 1;
        const item = itemOf(one);
        const name = single ? pick(item, "name") : clusterName(members, on.nameOf(latlng.lat, latlng.lng));
        const icon = single ? pointIcon(catalogue, item, item.id === focus) : clusterIcon(catalogue, members);
        const marker = L.marker(latlng, { icon, keyboard: true, riseOnHover: true, zIndexOffset: item.id === focus ? 1000 : 0 });
        marker.on("click", () => (single ? on.pick(item) : on.open(one)));
        marker.on("mouseover", () => on.hover(single ? item.id : null));
        marker.on("mouseout", () => on.hover(null));
        marker.addTo(group);
        const element = /** @type {HTMLElement} */ (marker.getElement());
        element.setAttribute("role", "button");
        element.setAttribute("aria-label", name);
        element.setAttribute("data-spot", item.id);
        element.setAttribute("data-ids", members.map((member) => member.id).join(" "));
        element.addEventListener("focus", () => on.hover(single ? item.id : null));
        element.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            marker.fire("click");
        });
        element.addEventListener("refocus", () => element.focus({ preventScroll: true }));
        // Most symbols are never pointed at: the name is hung on when one is.
        marker.once("mouseover", () => {
            marker.bindTooltip(name, { direction: "top", offset: [0, -12], className: "tip" }).openTooltip();
        });
        return marker;
    };

    return {
        draw,
        /** @param {Item[]} shown @param {string | null} inHand */
        update(shown, inHand) {
            items = shown.filter((item) => pointsOf(item.geometry).length > 0);
            focus = inHand;
        },
        boxes: () => boxes,
        singles: () => singles,
        /** Whether they are so few that each is named at any scale. */
        few: () => items.length <= FEW_ITEMS,
        /** @param {string} id */
        element: (id) => elements.get(id),
    };
}

/**
 * Points put together as one zoom needs it: done again only for another zoom, other items or another focus.
 * @param {L.Map} map
 */
function gathered(map) {
    /** @type {{ zoom: number, crs: unknown, items: Item[], focus: string | null, own: import("./cluster.js").Spot<Item>[], clusters: Group[] } | null} */
    let kept = null;
    /** @param {Item[]} items @param {string | null} focus */
    return (items, focus) => {
        const [zoom, { crs }] = [map.getZoom(), map.options];
        if (kept && kept.zoom === zoom && kept.crs === crs && kept.items === items && kept.focus === focus) return kept;
        const spots = items.flatMap((item) => spotsOf(map, item));
        // The item in hand never hides in a cluster.
        const own = spots.filter((spot) => spot.thing.id === focus);
        const others = spots.filter((spot) => spot.thing.id !== focus);
        const wide = zoom < CLOSE_ZOOM && items.length > FEW_ITEMS;
        const clusters = cluster(others, wide ? WIDE_CLUSTER_PX : CLUSTER_PX);
        kept = { zoom, crs, items, focus, own, clusters };
        return kept;
    };
}

/** Where each item stands in the list, counted once for the same items. @type {(items: Item[]) => Map<Item, number>} */
const ranked = (() => {
    /** @type {[Item[], Map<Item, number>]} */
    let kept = [[], new Map()];
    return (/** @type {Item[]} */ items) => {
        if (kept[0] !== items) kept = [items, new Map(items.map((item, i) => [item, i]))];
        return kept[1];
    };
})();

/**
 * The Tab key goes through the symbols as through the list, wherever the map has been moved.
 * @param {(Item | undefined)[]} shown @param {Item[]} items @param {Map<string, HTMLElement>} elements
 */
function inListOrder(shown, items, elements) {
    const rank = ranked(items);
    const wanted = shown.flatMap((item) => item ?? []).sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
        .flatMap((item) => elements.get(item.id) ?? []);
    const pane = wanted[0]?.parentElement;
    const now = [...(pane?.children ?? [])];
    if (wanted.every((element, i) => now[i] === element)) return;
    pane?.append(...wanted);
}

/** The same symbol at the same place, in the same words. @param {Group} one @param {string | null} focus */
function keyOf(one, focus) {
    const ids = one.spots.map((spot) => spot.thing.id);
    return [lang(), Math.round(one.x), Math.round(one.y), ids[0] === focus, ...ids].join(" ");
}

/** @param {Group} group @returns {Item} */
function itemOf(group) {
    return /** @type {import("./cluster.js").Spot<Item>} */ (group.spots[0]).thing;
}

/** @param {L.Map} map @param {Item} item */
function spotsOf(map, item) {
    return pointsOf(item.geometry).map(([lng, lat]) => {
        const { x, y } = map.project([lat ?? 0, lng ?? 0]);
        return { x, y, thing: item };
    });
}

/** @param {Item[]} members @param {string} place */
function clusterName(members, place) {
    return place
        ? t("map.cluster", { name: place, n: members.length })
        : t("map.cluster.nameless", { n: members.length });
}

/** @param {Group} one @param {L.Point} origin @returns {Box} */
function boxOf(one, origin) {
    const size = one.spots.length === 1 ? SYMBOL_PX : clusterSize(one.spots.length);
    return { x: one.x - origin.x - size / 2, y: one.y - origin.y - size / 2, w: size, h: size };
}

/** @param {Catalogue} catalogue @param {Item} item @param {boolean} inHand */
function pointIcon(catalogue, item, inHand) {
    const layer = catalogue.layers.get(item.layer);
    const markup = layer ? symbol(layer, catalogue.families.get(layer.family), truthOf(item)) : "";
    const size = inHand ? FOCUS_PX : SYMBOL_PX;
    return L.divIcon({
        className: `point ${inHand ? "is-focused" : ""}`,
        html: String(markup),
        iconSize: [size, size],
    });
}

/**
 * A symbol that would cover the item in hand, or a ring of the plan's diagram, steps aside, just far enough for
 * both to be seen and pressed.
 * @param {Group} one
 * @param {{ x: number, y: number, size: number }[]} clear
 * @returns {Group}
 */
function aside(one, clear) {
    const roomBy = (/** @type {number} */ size) => (size + discOf(one.spots.length)) / 2 + 2;
    const over = clear.find((spot) => Math.hypot(one.x - spot.x, one.y - spot.y) < roomBy(spot.size));
    if (!over) return one;
    const room = roomBy(over.size);
    const turn = Math.atan2(one.y - over.y, one.x - over.x);
    return { ...one, x: over.x + room * Math.cos(turn), y: over.y + room * Math.sin(turn) };
}

/** @param {number} n */
function discOf(n) {
    return n === 1 ? SYMBOL_PX : clusterSize(n);
}

/** Grows with the number, slowly. @param {number} n */
function clusterSize(n) {
    return Math.round(28 + 7 * Math.log2(Math.min(n, 64)) / 1.5);
}

/** A ring that tells the families apart, the count in it. @param {Catalogue} catalogue @param {Item[]} members */
function clusterIcon(catalogue, members) {
    const size = clusterSize(members.length);
    return L.divIcon({
        className: "cluster",
        iconSize: [size, size],
        html: String(html`<svg viewBox="0 0 40 40" aria-hidden="true"><circle class="disc" cx="20" cy="20" r="19"/>
            ${arcs(catalogue, members)}</svg><span>${number(members.length)}</span>`),
    });
}

/** @param {Catalogue} catalogue @param {Item[]} members */
function arcs(catalogue, members) {
    /** @type {Map<string, number>} */
    const shares = new Map();
    for (const member of members) {
        const family = catalogue.layers.get(member.layer)?.family ?? "";
        shares.set(family, (shares.get(family) ?? 0) + 1);
    }
    let start = 0;
    return [...catalogue.families.keys()].filter((family) => shares.has(family)).map((family) => {
        const share = ((shares.get(family) ?? 0) / members.length) * 100;
        const arc = html`<circle class="arc family-${family}" cx="20" cy="20" r="16.5" pathLength="100"
            stroke-dasharray="${share} ${100 - share}" stroke-dashoffset="${-start}"/>`;
        start += share;
        return arc;
    });
}
