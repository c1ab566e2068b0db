/** Lines and zones of the plan: a casing, a core, and a wide unseen line that a finger can hit. */

import { pick } from "../../core/i18n.js";
import { certaintyOf } from "../../core/selection.js";
import { areasOf, boxOf, linesOf, listsIn, positionsOf } from "../../draw/geometry.js";
import { areaOn } from "../labels/area_on_map.js";
import { labelPositions } from "../labels/label_positions.js";
import { parallelSlots } from "../../draw/parallel_lines.js";
import { offsetLine } from "./offset_line.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {{ item: Item, group: L.FeatureGroup, hits: L.Path[], rename?(words: string): void, aside?(slot: number, crowded: boolean): void }} Drawn */
/** @typedef {{ areas: L.Renderer, lines: L.Renderer }} Renderers */
/** @typedef {(item: Item, renderers: Renderers) => Drawn} Sketch draws an item as the plan's own diagram does */
/** @typedef {{ ids: Set<string>, draw: Sketch }} Sketched */

/**
 * @param {L.Map} map
 * @param {{ pick(item: Item, latlng: L.LatLng | null): void, hover(id: string | null): void }} on
 * @param {(item: Item) => string} styleOf how an item's lines are drawn: "rail", "motorway" or plain
 */
export function createPaths(map, on, styleOf) {
    const renderers = renderersOn(map);
    /** @type {Map<string, Drawn>} */
    const drawn = new Map();
    /** @type {Set<string>} */
    let shown = new Set();

    /** @param {Item} item @param {string} key @param {Sketch} how */
    const drawnOf = (item, key, how) => {
        const one = drawn.get(key) ?? how(item, renderers);
        if (!drawn.has(key)) for (const hit of one.hits) listen(hit, item, on);
        drawn.set(key, one);
        return one;
    };

    return {
        /** @param {Item[]} items @param {string | null} focus @param {Sketched | null} sketched */
        update(items, focus, sketched) {
            const entries = entriesOf(items, sketched);
            const next = new Set(entries.map(({ key }) => key));
            for (const key of shown) if (!next.has(key)) drawn.get(key)?.group.remove();
            const slots = parallelSlots(entries.filter(({ own, item }) => !own && linesOf(item.geometry).length > 0)
                .map(({ item }) => ({ id: item.id, lines: coursesOf(item) })));
            // Large zones first, so that a small one can still be reached.
            for (const { item, key, own } of [...entries].sort((a, b) => sizeOf(b.item) - sizeOf(a.item))) {
                const one = drawnOf(item, key, own ?? ((path, panes) => draw(path, panes, styleOf(path))));
                if (!shown.has(key)) one.group.addTo(map);
                one.aside?.(slots.get(item.id) ?? 0, slots.size > MANY_LINES);
                name(one);
                turn(one, "is-focused", item.id === focus);
                if (item.id === focus) toFront(one.group);
            }
            shown = next;
        },
        /** @param {string | null} id */
        hover(id) {
            for (const one of [...shown].flatMap((key) => drawn.get(key) ?? [])) turn(one, "is-hovered", one.item.id === id);
        },
        /** Where the names of the lines and zones shown may stand: all of them where they are few, else from close up. */
        names: () => namesOf(map, [...shown].flatMap((key) => drawn.get(key) ?? []).filter((one) => one.aside).map(({ item }) => item)),
        /** Items whose line or zone is under a point of the map. @param {L.LatLng} latlng @returns {Item[]} */
        under(latlng) {
            const point = map.latLngToLayerPoint(latlng);
            return [...shown].flatMap((key) => drawn.get(key) ?? []).filter(({ hits }) => hits.some((hit) => touches(hit, point))).map(({ item }) => item);
        },
        /** @param {string} id */
        element: (id) => drawn.get(id)?.hits[0]?.getElement(),
    };
}

/**
 * @param {Item} item
 * @param {Renderers} renderers
 * @param {string} style of its lines
 * @returns {Drawn}
 */
function draw(item, renderers, style) {
    const look = `layer-${item.layer} is-${certaintyOf(item)} status-${item.status}`;
    const group = L.featureGroup();
    /** @type {L.Path[]} */
    const hits = [];
    const add = (/** @type {GeoJSON.Geometry[]} */ parts, /** @type {"areas" | "lines"} */ pane,
        /** @type {string} */ className, /** @type {boolean} */ interactive) => {
        for (const part of parts) {
            const options = /** @type {any} */ ({ pane, renderer: renderers[pane], interactive, style: { className } });
            L.geoJSON(part, options).eachLayer((layer) => {
                group.addLayer(layer);
                if (interactive) hits.push(/** @type {L.Path} */ (layer));
            });
        }
    };
    add(areasOf(item.geometry), "areas", `area ${look}`, true);
    const courses = coursesOf(item).map((course) => L.GeoJSON.coordsToLatLngs(/** @type {any} */ (course)));
    const parts = ["casing", "core", ...(style && certaintyOf(item) !== "schematic" ? [style] : []), "hit"];
    const lines = (courses.length === 0 ? [] : parts).map((part) => offsetLine(courses, {
        pane: "lines", renderer: renderers.lines, interactive: part === "hit", className: `line-${part} ${look}`,
    }));
    for (const line of lines) group.addLayer(line);
    hits.push(...lines.slice(-1));
    return { item, group, hits, aside: (slot, crowded) => lines.forEach((line) => line.toSlot(slot, crowded)) };
}

/**
 * What is drawn of items as lines and zones.
 * @param {Item[]} items @param {Sketched | null} sketched
 * @returns {{ item: Item, key: string, own: Sketch | null }[]}
 */
function entriesOf(items, sketched) {
    return items.map((item) => ({ item, own: sketched?.ids.has(item.id) ? sketched.draw : null }))
        .filter(({ item, own }) => own || linesOf(item.geometry).length + areasOf(item.geometry).length > 0)
        .map(({ item, own }) => ({ item, own, key: own ? `${item.id} sketched` : item.id }));
}

/** @param {L.Map} map @returns {Renderers} */
function renderersOn(map) {
    map.createPane("areas").style.zIndex = "400";
    map.createPane("lines").style.zIndex = "410";
    return { areas: L.svg({ pane: "areas", padding: 0.5 }), lines: L.svg({ pane: "lines", padding: 0.5 }) };
}

/** @param {L.Map} map @param {Item[]} items */
function namesOf(map, items) {
    if (items.length > FEW_NAMED && map.getZoom() < NAMES_ZOOM) return [];
    const view = map.getBounds();
    return items.map((item) => ({
        item, zone: zoneOf(map, item), spots: labelPositions(item, view).map((latlng) => map.latLngToLayerPoint(latlng)),
    })).filter(({ zone, spots }) => zone || spots.length > 0);
}

/** The shape of a zone in the pixels of a layer. @param {L.Map} map @param {Item} item */
function zoneOf(map, item) {
    const rings = areasOf(item.geometry).flatMap(listsIn);
    return rings.length > 0 ? areaOn(map, rings) : null;
}

/** @param {Item} item */
function coursesOf(item) {
    return linesOf(item.geometry).flatMap(listsIn);
}

/**
 * @param {L.Path} hit
 * @param {Item} item
 * @param {{ pick(item: Item, latlng: L.LatLng | null): void, hover(id: string | null): void }} on
 */
function listen(hit, item, on) {
    hit.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        on.pick(item, event.latlng);
    });
    hit.on("mouseover", () => on.hover(item.id));
    hit.on("mouseout", () => on.hover(null));
    hit.on("add", () => {
        const path = /** @type {SVGElement} */ (hit.getElement());
        // Leaflet 1.9 leaves paths out of the Tab order and nameless.
        path.setAttribute("tabindex", "0");
        path.setAttribute("role", "button");
        path.addEventListener("focus", () => on.hover(item.id));
        path.addEventListener("blur", () => on.hover(null));
        path.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            on.pick(item, null);
        });
    });
}

/** An element that is moved loses the focus: it gets it back. @param {L.FeatureGroup} group */
function toFront(group) {
    const held = document.activeElement;
    group.bringToFront();
    if (held instanceof SVGElement && held !== document.activeElement) held.focus({ preventScroll: true });
}

/** Names follow the language. @param {Drawn} one */
function name({ item, hits, rename }) {
    const words = pick(item, "name");
    rename?.(words);
    hits.forEach((hit, i) => {
        const path = hit.getElement();
        path?.setAttribute("aria-label", words);
        path?.setAttribute("data-spot", `${item.id}${i ? `.${i}` : ""}`);
        // One stop per item is enough for the Tab key.
        if (i > 0) path?.setAttribute("tabindex", "-1");
    });
    // Only on what is pointed at: a tooltip makes whatever it hangs on a stop of the Tab key.
    for (const hit of hits) hit.unbindTooltip().bindTooltip(words, { sticky: true, direction: "top", className: "tip" });
}

/** @param {Drawn} one @param {string} className @param {boolean} on */
function turn({ group }, className, on) {
    group.eachLayer((layer) => {
        /** @type {L.Path} */ (layer).getElement()?.classList.toggle(className, on);
    });
}

/** Degrees squared, only to compare. @param {Item} item */
function sizeOf(item) {
    const box = boxOf(positionsOf(item.geometry));
    return box ? (box[2] - box[0]) * (box[3] - box[1]) : 0;
}

/** So many lines and zones are named at any zoom; more of them only from close up. */
const FEW_NAMED = 16;
const NAMES_ZOOM = 12.5;

/** More lines than this cannot be told apart from afar. */
const MANY_LINES = 16;

/** A finger's width. */
const REACH_PX = 8;

/** @param {L.Path} hit @param {L.Point} point */
function touches(hit, point) {
    if (hit instanceof L.CircleMarker) return /** @type {any} */ (hit)._containsPoint(point);
    if (hit instanceof L.Polygon) return /** @type {any} */ (hit)._containsPoint(point);
    const near = hit instanceof L.Polyline ? hit.closestLayerPoint(point) : null;
    return near !== null && near.distanceTo(point) <= REACH_PX;
}
