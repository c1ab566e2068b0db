/** What a presenter has put on the map: texts, arrows, and names that stand elsewhere. Loaded with the first of them. */

import { nearestOfBox, movedNameOf, noteOf } from "../../draw/notes.js";
import { positionsOf } from "../../draw/geometry.js";
import { tintClass } from "../../draw/symbols.js";
import { html } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import L from "../leaflet.js";

/** @typedef {import("../../draw/label_placement.js").Box} Box */
/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../draw/notes.js").Note} Note */
/** @typedef {{ item: Item, at: L.LatLng, marker: L.Marker }} Moved */

/** A name nearer to its item needs no line. */
const LEADER_LEAST_PX = 6;

/** @param {L.Map} map @param {import("../../core/types.d.ts").Catalogue} catalogue */
export function createNotesLayer(map, catalogue) {
    map.createPane("notes").style.zIndex = "640";
    const group = L.layerGroup().addTo(map);
    const leaders = L.layerGroup().addTo(map);
    /** @type {Moved[]} */
    let moved = [];
    /** @type {L.Marker[]} */
    let texts = [];
    /** @type {{ tail: L.LatLng, head: L.LatLng, lines: L.Polyline[] }[]} */
    let arrows = [];
    return {
        /** @param {{ notes: string[], names: string[] }} view @param {Set<string>} shown ids of what is on the map */
        update(view, shown) {
            group.clearLayers();
            const notes = view.notes.map(noteOf);
            texts = notes.filter(({ text }) => text).map((note) => textMarker(note).addTo(group));
            arrows = notes.flatMap(({ positions: [tail, head] }) => (tail && head ? [arrowOf(tail, head, group)] : []));
            moved = view.names.map(movedNameOf).flatMap(({ id, position }) => {
                const item = shown.has(id) ? catalogue.byId.get(id) : undefined;
                return item ? [{ item, at: latLngOf(position), marker: nameMarker(item, latLngOf(position)).addTo(group) }] : [];
            });
        },
        /** What depends on the zoom: heads of arrows, lines to names. What notes cover, in the pixels that names are placed in, and whose names they have. */
        draw() {
            leaders.clearLayers();
            for (const arrow of arrows) headOf(map, arrow.tail, arrow.head).addTo(leaders);
            for (const one of moved) leaderOf(map, one)?.addTo(leaders);
            const markers = [...texts, ...moved.map(({ marker }) => marker)];
            return { boxes: markers.map((marker) => boxOf(map, marker)), moved: new Set(moved.map(({ item }) => item.id)) };
        },
    };
}

/** @param {GeoJSON.Position} position */
export const latLngOf = ([lng = 0, lat = 0]) => L.latLng(lat, lng);

/** @param {Note} note */
function textMarker({ positions: [at = [0, 0]], text }) {
    return marked(latLngOf(at), "note", String(html`<span>${text}</span>`));
}

/** @param {Item} item @param {L.LatLng} at */
function nameMarker(item, at) {
    return marked(at, `name kind-item is-moved ${tintClass(item)}`, String(html`<span>${pick(item, "name")}</span>`));
}

/** @param {L.LatLng} at @param {string} className @param {string} words */
function marked(at, className, words) {
    const icon = L.divIcon({ className, iconSize: [0, 0], html: words });
    return L.marker(at, { icon, pane: "notes", interactive: false, keyboard: false });
}

/** @param {GeoJSON.Position} tail @param {GeoJSON.Position} head @param {L.LayerGroup} group */
function arrowOf(tail, head, group) {
    const ends = [latLngOf(tail), latLngOf(head)];
    const lines = ["note-casing", "note-shaft"].map((className) =>
        L.polyline(ends, { pane: "notes", interactive: false, className }).addTo(group));
    return { tail: latLngOf(tail), head: latLngOf(head), lines };
}

/** Turned as the arrow runs. @param {L.Map} map @param {L.LatLng} tail @param {L.LatLng} head */
function headOf(map, tail, head) {
    const [from, to] = [map.latLngToLayerPoint(tail), map.latLngToLayerPoint(head)];
    const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
    const icon = L.divIcon({
        className: "note-head", iconSize: [0, 0],
        html: `<svg viewBox="-20 -20 40 40" width="40" height="40" role="img" aria-label="${t("notes.arrow")}"><path transform="rotate(${turn.toFixed(1)})" d="M1 0-15-7-12 0-15 7z"/></svg>`,
    });
    return L.marker(head, { icon, pane: "notes", interactive: false, keyboard: false });
}

/** From the nearest of an item. @param {L.Map} map @param {Moved} moved */
function leaderOf(map, { item, at, marker }) {
    const label = map.latLngToLayerPoint(at);
    const spots = positionsOf(item.geometry).map((position) => map.latLngToLayerPoint(latLngOf(position)));
    if (item.method === "counties" || spots.length === 0) return null;
    const spot = spots.reduce((best, one) => (one.distanceTo(label) < best.distanceTo(label) ? one : best));
    const end = nearestOfBox(boxOf(map, marker), spot);
    if (Math.hypot(end.x - spot.x, end.y - spot.y) < LEADER_LEAST_PX) return null;
    return L.polyline([map.layerPointToLatLng(spot), map.layerPointToLatLng(L.point(end))], {
        pane: "notes", interactive: false, className: `point-leader ${tintClass(item)}`,
    });
}

/** @param {L.Map} map @param {L.Marker} marker @returns {Box} */
function boxOf(map, marker) {
    const element = marker.getElement()?.firstElementChild;
    const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
    const { width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
    return { x: x - width / 2, y: y - height / 2, w: width, h: height };
}
