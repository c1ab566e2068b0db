/** Placed points on the map: a symbol each where they are few, clusters where they are many. */

import { pointsOf } from "../../draw/geometry.js";
import { html } from "../../io/html.js";
import { lang, pick } from "../../core/i18n.js";
import { APART_MOST, cleared, discOf, FOCUS_PX, gathered, SYMBOL_PX } from "../../draw/point_layout.js";
import { clusterIcon, clusterName, clusterTip, pointIcon } from "./point_icons.js";
import { certaintyOf, tintClass } from "../../draw/symbols.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Catalogue} Catalogue */
/** @typedef {import("../../draw/point_layout.js").Cluster<Item>} Group */
/** @typedef {import("../../draw/label_placement.js").Box} Box */
/** @typedef {{ spots: { x: number, y: number }[], radius: number }} Ring in the pixels of a layer */
/** @typedef {{ pick(item: Item): void, open(latlng: L.LatLng, items: Item[]): void, hover(id: string | null): void,
 *     nameOf(lat: number, lng: number): string, rings?(): Ring[] }} On `rings` are what symbols keep clear of, `open` lists what no zoom parts */

/** A symbol moved farther than this has a line to its place. */
const LED_PX = SYMBOL_PX * 0.4;
/** A cluster whose points part at this zoom is zoomed into; others are listed. */
const PARTING_ZOOM = 14;
/** How far above its place a pin's head stands. */
const PIN_PX = 20;

/** @param {L.Map} map @param {Catalogue} catalogue @param {On} on */
export function createPoints(map, catalogue, on) {
    map.createPane("point-leaders").style.zIndex = "590";
    const group = L.layerGroup().addTo(map);
    const leaders = L.layerGroup().addTo(map);
    const gather = gatheredAt(map);
    /** @type {{ items: Item[], focus: string | null, few: boolean, groups: Group[], spots: number }} */
    const shown = { items: [], focus: null, few: true, groups: [], spots: 0 };
    /** Which element stands for an item at present. @type {Map<string, HTMLElement>} */
    const elements = new Map();
    /** Markers on the map by what they stand for and where, to be kept while they do. @type {Map<string, L.Marker>} */
    let markers = new Map();

    return {
        /** @param {Box[]} overlays what lies over the map */
        draw(overlays) {
            const focusedSpot = document.activeElement?.getAttribute("data-spot");
            shown.groups = groupsIn(map, gather(shown.items, shown.focus), shown.few, on.rings?.() ?? [], overlays);
            elements.clear();
            const next = new Map(shown.groups.map((one) => {
                const key = keyOf(one, shown.focus);
                const marker = markers.get(key) ?? markerOf(map, catalogue, one, shown.focus, on).addTo(group);
                if (!markers.has(key)) listen(map, marker, one, on);
                for (const spot of one.spots) elements.set(spot.thing.id, /** @type {HTMLElement} */ (marker.getElement()));
                return [key, marker];
            }));
            for (const [key, marker] of markers) if (!next.has(key)) marker.remove();
            markers = next;
            drawLeaders(map, leaders, shown.groups);
            inListOrder(shown.groups.map((one) => ({ item: itemOf(one), element: markers.get(keyOf(one, shown.focus))?.getElement() })), shown.items);
            if (focusedSpot) document.querySelector(`[data-spot="${CSS.escape(focusedSpot)}"]`)?.dispatchEvent(new Event("refocus"));
        },
        /** @param {Item[]} items @param {string | null} inHand */
        update(items, inHand) {
            shown.items = items.filter((item) => pointsOf(item.geometry).length > 0);
            shown.few = shown.items.reduce((sum, item) => sum + pointsOf(item.geometry).length, 0) <= APART_MOST;
            shown.focus = inHand;
        },
        boxes: () => shown.groups.map((one) => boxOf(one, map.getPixelOrigin())),
        singles: () => shown.groups.filter((one) => one.spots.length === 1)
            .map((one) => ({ item: itemOf(one), x: one.x - map.getPixelOrigin().x, y: one.y - map.getPixelOrigin().y })),
        /** @param {string} id */
        element: (id) => elements.get(id),
    };
}

/** What stands in the window, the focused item last. @param {L.Map} map @param {ReturnType<typeof gathered>} found @param {boolean} few @param {Ring[]} rings @param {Box[]} overlays @returns {Group[]} */
function groupsIn(map, { own, groups }, few, rings, overlays) {
    const view = map.getPixelBounds().pad(0.3);
    const origin = map.getPixelOrigin();
    const clear = [
        ...own.map(({ x, y }) => ({ x, y, size: FOCUS_PX })),
        ...rings.filter(({ radius }) => radius > 0).flatMap(({ spots, radius }) =>
            spots.map(({ x, y }) => ({ x: x + origin.x, y: y + origin.y, size: 2 * radius }))),
    ];
    const near = groups.filter((one) => view.contains([one.x, one.y]));
    const over = few ? overlays.map((box) => ({ ...box, x: box.x + origin.x, y: box.y + origin.y })) : [];
    return [...cleared(near, clear, few, over), ...own.map((spot) => ({ x: spot.x, y: spot.y, spots: [spot] }))];
}

/** Points put together as one zoom needs it: done again only for another zoom, other items or another focus. @param {L.Map} map */
function gatheredAt(map) {
    /** @type {unknown[]} */
    let known = [];
    /** @type {ReturnType<typeof gathered>} */
    let found = { own: [], groups: [] };
    return (/** @type {Item[]} */ items, /** @type {string | null} */ focus) => {
        const asked = [map.getZoom(), map.options.crs, items, focus];
        if (asked.some((one, i) => one !== known[i])) {
            known = asked;
            found = gathered(items.flatMap((item) => spotsOf(map, item)), focus, map.getZoom());
        }
        return found;
    };
}

/** @param {L.Map} map @param {Catalogue} catalogue @param {Group} one @param {string | null} focus @param {On} on */
function markerOf(map, catalogue, one, focus, on) {
    const latlng = map.unproject([one.x, one.y]);
    const members = membersOf(one);
    const item = itemOf(one);
    const inHand = item.id === focus;
    const name = members.length === 1 ? pick(item, "name") : clusterName(members, on.nameOf(latlng.lat, latlng.lng));
    const icon = members.length === 1 ? pointIcon(catalogue, item, inHand) : clusterIcon(catalogue, members);
    return L.marker(latlng, { icon, alt: name, keyboard: true, riseOnHover: true, zIndexOffset: inHand ? 1000 : 0 });
}

/** @param {L.Map} map @param {Group} group @param {On} on */
function open(map, group, on) {
    const bounds = L.latLngBounds(group.spots.map((spot) => map.unproject([spot.x, spot.y])));
    const zoom = map.getBoundsZoom(bounds, false, L.point(80, 80));
    const parts = zoom > map.getZoom() && map.getZoom() < PARTING_ZOOM && !bounds.getNorthEast().equals(bounds.getSouthWest());
    if (parts) map.setView(bounds.getCenter(), Math.min(zoom, PARTING_ZOOM + 0.5));
    else on.open(bounds.getCenter(), membersOf(group));
}

/** @param {L.Map} map @param {L.Marker} marker on the map @param {Group} one @param {On} on */
function listen(map, marker, one, on) {
    const members = membersOf(one);
    const [item, single] = [itemOf(one), members.length === 1];
    const name = String(marker.options.alt);
    marker.on("click", () => (single ? on.pick(item) : open(map, one, on)));
    marker.on("mouseover", () => on.hover(single ? item.id : null));
    marker.on("mouseout", () => on.hover(null));
    // Most symbols are never pointed at: the tip is hung on when one is.
    marker.once("mouseover", () => {
        const words = String(single ? html`${name}` : clusterTip(members, name));
        marker.bindTooltip(words, { direction: "top", offset: [0, -12], className: "tip" }).openTooltip();
    });
    const element = /** @type {HTMLElement} */ (marker.getElement());
    for (const [attribute, value] of Object.entries({
        "role": "button", "aria-label": name, "data-spot": item.id, "data-ids": members.map((member) => member.id).join(" "),
    })) element.setAttribute(attribute, value);
    element.addEventListener("focus", () => on.hover(single ? item.id : null));
    element.addEventListener("refocus", () => element.focus({ preventScroll: true }));
    element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        marker.fire("click");
    });
}

/** A line from each symbol that was moved to the place it stands for; a pin always has one. @param {L.Map} map @param {L.LayerGroup} leaders @param {Group[]} groups */
function drawLeaders(map, leaders, groups) {
    leaders.clearLayers();
    for (const { x, y, spots: [home, more] } of groups) {
        if (!home || more) continue;
        const foot = home.y + (certaintyOf(home.thing) === "pin" ? PIN_PX : 0);
        if (Math.hypot(home.x - x, foot - y) <= LED_PX) continue;
        const [from, to] = [map.unproject([home.x, foot]), map.unproject([x, y])];
        const options = { pane: "point-leaders", interactive: false, className: `point-leader ${tintClass(home.thing)}` };
        L.polyline([from, to], options).addTo(leaders);
        L.circleMarker(from, { ...options, radius: 2.5 }).addTo(leaders);
    }
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
 * @param {{ item: Item, element: HTMLElement | undefined }[]} shown @param {Item[]} items
 */
function inListOrder(shown, items) {
    const rank = ranked(items);
    const wanted = [...shown].sort((a, b) => (rank.get(a.item) ?? 0) - (rank.get(b.item) ?? 0)).flatMap(({ element }) => element ?? []);
    const pane = wanted[0]?.parentElement;
    const now = [...(pane?.children ?? [])];
    if (wanted.every((element, i) => now[i] === element)) return;
    pane?.append(...wanted);
}

/** The same symbol at the same place, in the same words. @param {Group} one @param {string | null} focus */
function keyOf(one, focus) {
    const ids = one.spots.map((spot) => spot.thing.id);
    return [lang(), document.documentElement.dataset.colour, Math.round(one.x), Math.round(one.y), ids[0] === focus, ...ids].join(" ");
}

/** @param {Group} group @returns {Item} */
function itemOf(group) {
    return /** @type {import("../../draw/point_layout.js").Spot<Item>} */ (group.spots[0]).thing;
}

/** @param {Group} group */
function membersOf(group) {
    return [...new Set(group.spots.map((spot) => spot.thing))];
}

/** @param {L.Map} map @param {Item} item */
function spotsOf(map, item) {
    const up = certaintyOf(item) === "pin" ? PIN_PX : 0;
    return pointsOf(item.geometry).map(([lng, lat]) => {
        const { x, y } = map.project([lat ?? 0, lng ?? 0]);
        return { x, y: y - up, thing: item };
    });
}

/** @param {Group} one @param {L.Point} origin @returns {Box} */
function boxOf(one, origin) {
    const size = discOf(one.spots.length);
    return { x: one.x - origin.x - size / 2, y: one.y - origin.y - size / 2, w: size, h: size };
}
