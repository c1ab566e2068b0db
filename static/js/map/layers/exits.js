/** Where a line leaves the map: a small arrow with the name of where it goes. */

import { html } from "../../io/html.js";
import { pick } from "../../core/i18n.js";
import { overlap, widthOf } from "../../draw/label_placement.js";
import { tintClass } from "../../draw/symbols.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Exit} Exit */
/** @typedef {import("../../draw/label_placement.js").Box} Box */

/** Arrows nearer than this (some 5 km) with one name are one arrow. */
const SAME_DEGREES = 0.05;
/** The name stands below the arrow. */
const NAME_TOP = 20;

/** @param {L.Map} map */
export function createExits(map) {
    const pane = map.createPane("exits");
    pane.style.zIndex = "445";
    pane.style.pointerEvents = "none";
    const group = L.layerGroup().addTo(map);
    /** @type {{ exit: Exit, marker: L.Marker }[]} */
    let drawn = [];
    return {
        /** What the arrows and their names cover. @returns {(Box & { text: string })[]} */
        boxes: () => drawn.map(({ exit }) => boxOf(map, exit)),
        /** Each name stands in the window where it hides nothing; its arrow stands in any case. @param {Box[]} obstacles @param {Box} room */
        settle(obstacles, room) {
            const taken = [...obstacles];
            for (const { exit, marker } of drawn) {
                const own = boxOf(map, exit);
                const box = { ...own, x: Math.max(room.x, Math.min(own.x, room.x + room.w - own.w)) };
                marker.getElement()?.querySelector("span")?.style.setProperty("margin-left", `${box.x - own.x}px`);
                const name = { ...box, y: box.y + NAME_TOP, h: box.h - NAME_TOP };
                const free = !taken.some((other) => overlap(name, other));
                marker.getElement()?.classList.toggle("is-nameless", !free);
                if (free) taken.push(name);
            }
        },
        /** @param {Item[]} items @param {Item | undefined} focus */
        update(items, focus) {
            group.clearLayers();
            drawn = [];
            for (const item of focus?.exits?.length ? [focus] : items) {
                for (const exit of item.exits ?? []) {
                    if (drawn.some((other) => same(other.exit, exit))) continue;
                    drawn.push({ exit, marker: arrow(exit, tintClass(item)).addTo(group) });
                }
            }
        },
    };
}

/** @param {L.Map} map @param {Exit} exit */
function boxOf(map, exit) {
    const { x, y } = map.latLngToLayerPoint([exit.lat, exit.lng]);
    const w = Math.max(22, widthOf(pick(exit, "to"), 11));
    return { x: x - w / 2, y: y - 10, w, h: 36, text: pick(exit, "to") };
}

/** @param {Exit} a @param {Exit} b */
function same(a, b) {
    return a.to === b.to && Math.hypot(a.lng - b.lng, a.lat - b.lat) < SAME_DEGREES;
}

/** @param {Exit} exit @param {string} tint */
function arrow(exit, tint) {
    const icon = L.divIcon({
        className: `exit ${tint}`,
        iconSize: [0, 0],
        html: String(html`<svg viewBox="-10 -10 20 20" aria-hidden="true">
            <path d="M0-8 6 4 0 1-6 4z" transform="rotate(${exit.bearing})"/></svg><span>${pick(exit, "to")}</span>`),
    });
    return L.marker([exit.lat, exit.lng], { icon, pane: "exits", interactive: false, keyboard: false });
}
