/** Names on the map: sea, towns, neighbours; and from close up the plan's own items. None lies on another. */

import { html } from "../../io/html.js";
import { distance, pick } from "../../core/i18n.js";
import { brokenLines, placeLabel } from "../../draw/area_label.js";
import { createKeptMarkers, leaderLine } from "./on_map.js";
import { isWithinBox, overlap, placeLabels, scaledSize, widthOf } from "../../draw/label_placement.js";
import { tintClass } from "../../draw/symbols.js";
import L from "../leaflet.js";

/** @typedef {import("../../draw/label_placement.js").Box} Box */
/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {{ text: string, kind: string, size: number, priority: number, x: number, y: number, w: number, h: number, left: boolean, steps?: number[][], forms?: any[] }} Label */
/** @typedef {{ label: Label, leader: import("../../draw/area_label.js").Leader | null }} Placed */
/** @typedef {{ n: number, x: number, y: number }} Count of lines that run together */
/** @typedef {{ item: Item, zone: import("../../draw/area_label.js").Area | null, spots: { x: number, y: number }[] }} PathName */

/** @typedef {{ size: number, priority: number, mark?: boolean, pad?: number, spacing?: number }} Kind */

/**
 * Type size and importance by kind; a smaller priority goes first: points before lines. One with a mark stands below
 * it; `pad` is what a name is wider than its letters, `spacing` the share of its size between them.
 */
const KINDS = /** @type {Record<string, Kind>} */ ({
    sea: { size: 17, priority: 2, spacing: 0.4 },
    bay: { size: 13, priority: 5, spacing: 0.1 },
    island: { size: 12, priority: 5 },
    neighbour: { size: 13, priority: 3 },
    town: { size: 13, priority: 4 },
    radius: { size: 11, priority: 1 },
    item: { size: 12, priority: 6 },
    path: { size: 12, priority: 6.6 },
    count: { size: 11, priority: 6.5, pad: 14 },
});

/** Further kinds. @param {typeof KINDS} kinds */
export function addKinds(kinds) {
    Object.assign(KINDS, kinds);
}

const SYMBOL_HALF = 15;
/** The name of a town this near to that of its county says nothing more. */
const BESIDE_PX = 80;

/**
 * @param {L.Map} map
 * @param {GeoJSON.FeatureCollection} data base/labels.geojson; it may grow
 */
export function createLabels(map, data) {
    const pane = map.createPane("names");
    pane.style.zIndex = "440";
    pane.style.pointerEvents = "none";
    pane.setAttribute("aria-hidden", "true");
    const [names, figureNames] = [createNames(map), createNames(map)];
    return {
        /**
         * @param {(Box & { text?: string })[]} obstacles
         * @param {{ item: Item, x: number, y: number }[]} singles
         * @param {{ names: PathName[], counts: Count[] }} paths names of lines and zones, each with places where it may stand; how many run together
         * @param {{ top: L.LatLng, radius: number } | null} circle
         * @param {string[]} said names that already stand elsewhere
         * @param {Box} room the part of the map that can be seen
         */
        draw(obstacles, singles, { names: paths, counts }, circle, said, room) {
            const view = map.getBounds().pad(0.1);
            const zones = zoneLabels(paths, obstacles, room);
            const labels = [
                ...data.features.flatMap((feature) => baseLabel(map, feature, view)).map((label) => inside(label, room))
                    .filter((label) => isWithinBox(label, room) && !said.includes(label.text) && !isSaidBeside(label, obstacles)),
                ...singles.map(itemLabel),
                ...counts.map(({ n, x, y }) => centred(`×${n}`, "count", x, y)),
                ...paths.filter(({ zone }) => !zone).map(pathLabel),
                ...(circle ? [radiusLabel(map, circle)] : []),
            ];
            const placed = placeLabels(labels, [...obstacles, ...zones.map(({ label }) => label)], room);
            names([...zones, ...placed.map((label) => ({ label, leader: null }))]);
        },
        /** Names the plan's own figures: they go before all others. @param {Placed[]} placed */
        drawFigures: (placed) => figureNames(placed),
        nearest: (/** @type {number} */ lat, /** @type {number} */ lng) => nearestName(data, lat, lng),
    };
}

/** How far below its mark a name stands. */
const MARK_PX = 11;

/** The nearest named place, to name a cluster by. @param {GeoJSON.FeatureCollection} data @param {number} lat @param {number} lng */
function nearestName(data, lat, lng) {
    const places = data.features.filter((feature) => ["town", "township", "island", "neighbour"].includes(feature.properties?.kind));
    let [best, least] = ["", NEAR_DEGREES];
    for (const feature of places) {
        const [x, y] = /** @type {GeoJSON.Point} */ (feature.geometry).coordinates;
        const away = Math.hypot(((x ?? 0) - lng) * 0.76, (y ?? 0) - lat);
        if (away < least) [best, least] = [pick(feature.properties, "name"), away];
    }
    return best;
}

/** Farther than this (some 17 km) a place says nothing about where a cluster is. */
const NEAR_DEGREES = 0.15;

/** @param {L.Map} map @param {GeoJSON.Feature} feature @param {L.LatLngBounds} view @returns {Label[]} */
function baseLabel(map, feature, view) {
    const { kind, minzoom, maxzoom } = /** @type {any} */ (feature.properties);
    const [lng, lat] = /** @type {GeoJSON.Point} */ (feature.geometry).coordinates;
    const latlng = L.latLng(lat ?? 0, lng ?? 0);
    if (map.getZoom() < minzoom || map.getZoom() > maxzoom || !view.contains(latlng)) return [];
    const { x, y } = map.latLngToLayerPoint(latlng);
    return [centred(pick(feature.properties, "name"), kind, x, y + (KINDS[kind]?.mark ? MARK_PX : 0))];
}

/** The sea reaches beyond the window: its name is moved into it. @param {Label} label @param {Box} room */
function inside(label, room) {
    return label.kind === "sea" ? { ...label, x: Math.max(room.x, Math.min(label.x, room.x + room.w - label.w)) } : label;
}

/** Whether a longer name that begins with it, a county's with its town's, stands beside it. @param {Label} label @param {(Box & { text?: string })[]} names */
function isSaidBeside({ text, x, y, w, h }, names) {
    const about = { x: x - BESIDE_PX, y: y - BESIDE_PX, w: w + 2 * BESIDE_PX, h: h + 2 * BESIDE_PX };
    return names.some((other) => other.text?.startsWith(text) && overlap(other, about));
}

/** @param {string} kind with its layer @returns {Kind} */
function kindOf(kind) {
    return KINDS[kind.split(" ")[0] ?? ""] ?? { size: 12, priority: 7 };
}

/** A name in lines, at no place yet. @param {string[]} lines @param {string} kind @returns {Label} */
export function block(lines, kind) {
    const { size } = kindOf(kind);
    return { ...centred("", kind, 0, 0), text: lines.join("\n"), w: Math.max(...lines.map((line) => widthOf(line, size))) + 6, h: scaledSize(size) * 1.2 * lines.length + 4 };
}

/** @param {string} text @param {string} kind @param {number} x @param {number} y @returns {Label} */
function centred(text, kind, x, y) {
    const { size, priority, pad = 6, spacing = 0 } = kindOf(kind);
    const w = widthOf(text, size) + spacing * scaledSize(size) * text.length + pad;
    const h = scaledSize(size) * 1.4;
    return { text, kind, size, priority, x: x - w / 2, y: y - h / 2, w, h, left: false };
}

/** A zone's name stands in the zone, in one line or several, else beside it. @param {PathName[]} paths @param {Box[]} obstacles @param {Box} room */
function zoneLabels(paths, obstacles, room) {
    const zones = paths.flatMap(({ item, zone }) => (zone ? [{ item, zone }] : []));
    const taken = [...obstacles];
    return zones.flatMap(({ item, zone }) => {
        const { x, y, w, h } = zone.box;
        const forms = brokenLines(pick(item, "name")).map((lines) => block(lines, `path ${tintClass(item)}`));
        const others = zones.filter((other) => other.zone !== zone).map((other) => other.zone);
        const placed = placeLabel(zone, others, [x + w / 2, y + h / 2], forms, taken, room);
        if (!placed) return [];
        const label = /** @type {Label} */ ({ ...placed.form, ...placed.box });
        taken.push(label);
        return [{ label, leader: placed.leader }];
    });
}

/** Where else the name of a line is tried, in its own widths and heights: and on the other side likewise. */
const LABEL_OFFSETS = [[0, 0], [0, 1], [0, 2], [0.6, 0], [0.6, 1], [0.6, -1], [0, 3]];

/** About its first place, or any of its others. @param {PathName} path @returns {Label} */
function pathLabel({ item, spots }) {
    const [first = { x: 0, y: 0 }] = spots;
    const label = centred(pick(item, "name"), `path ${tintClass(item)}`, first.x, first.y);
    const away = LABEL_OFFSETS.flatMap(([dx = 0, dy = 0]) => [[dx * label.w, dy * label.h], [-dx * label.w, -dy * label.h]]);
    const steps = spots.flatMap(({ x, y }) => away.map(([dx = 0, dy = 0]) => [x - first.x + dx, y - first.y + dy]));
    return { ...label, steps };
}

/** @param {{ item: Item, x: number, y: number }} single @returns {Label} */
function itemLabel({ item, x, y }) {
    const { size, priority } = /** @type {{ size: number, priority: number }} */ (KINDS.item);
    const text = pick(item, "name");
    const w = widthOf(text, size) + 4;
    // To its right, else to its left, below it, above it; in one line, else in several.
    const steps = [[0, 0], [-w - 2 * SYMBOL_HALF, 0], [-w / 2 - SYMBOL_HALF, 24], [-w / 2 - SYMBOL_HALF, -24]];
    const kind = `item ${tintClass(item)}`;
    const forms = brokenLines(text).slice(1).map((lines) => beside(block(lines, kind), x, y));
    return { text, kind, size, priority, x: x + SYMBOL_HALF, y: y - scaledSize(size) * 0.7, w, h: scaledSize(size) * 1.4, left: true, steps, forms };
}

/** A name in several lines about a symbol. @param {Label} label @param {number} x @param {number} y @returns {Label} */
function beside(label, x, y) {
    const [aside, down] = [label.w / 2 + SYMBOL_HALF, label.h / 2 + SYMBOL_HALF];
    return { ...label, x: x - label.w / 2, y: y - label.h / 2, steps: [[aside, 0], [-aside, 0], [0, down], [0, -down]] };
}

/** @param {L.Map} map @param {{ top: L.LatLng, radius: number }} circle @returns {Label} */
function radiusLabel(map, { top, radius }) {
    const { x, y } = map.latLngToLayerPoint(top);
    return centred(`± ${distance(radius)}`, "radius", x, y - 9);
}

/** What stands is moved, not written anew. @param {L.Map} map */
function createNames(map) {
    const kept = createKeptMarkers(L.layerGroup().addTo(map));
    const leaders = L.layerGroup().addTo(map);
    return (/** @type {Placed[]} */ placed) => {
        leaders.clearLayers();
        for (const { label, leader } of placed) {
            const at = L.point(label.left ? label.x : label.x + label.w / 2, label.y + label.h / 2);
            kept.put(`${label.kind} ${label.left} ${label.text}`, map.layerPointToLatLng(at), () => optionsOf(label));
            if (leader) leaderLine(map, leader, "names").addTo(leaders);
        }
        kept.end();
    };
}

/** @param {Label} label @returns {L.MarkerOptions} */
function optionsOf({ kind, left, text }) {
    const icon = L.divIcon({
        className: `name kind-${kind}${left ? " is-left" : ""}`,
        iconSize: [0, 0],
        html: String(html`<span>${text.split("\n").map((line, i) => (i ? html`<br>${line}` : line))}</span>`),
    });
    return { icon, pane: "names", interactive: false, keyboard: false };
}
