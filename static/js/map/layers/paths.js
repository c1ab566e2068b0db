/** Lines and zones of the plan, each with a wide unseen line that a finger can hit; what is pointed at is drawn whole. */

import { certaintyOf, tintClass } from "../../draw/symbols.js";
import { html } from "../../io/html.js";
import { pick } from "../../core/i18n.js";
import { areasOf, boxOf, linesOf, listsIn, positionsOf } from "../../draw/geometry.js";
import { areaOn, labelPositions } from "../labels/on_map.js";
import { coursesOf, createBundledLines, lineStyleOf, polylineOf } from "./bundled_lines.js";
import { linePartsOf } from "../../draw/bundles.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {{ item: Item, group: L.FeatureGroup, hits: L.Path[], rename?(words: string): void, plain?: boolean }} Drawn */
/** @typedef {{ bands: L.Renderer, areas: L.Renderer, lines: L.Renderer }} Renderers */
/** @typedef {(item: Item, renderers: Renderers) => Drawn} DrawInDiagram draws an item as the plan's own diagram does */
/** @typedef {{ ids: Set<string>, draw: DrawInDiagram }} Diagram */

/**
 * @param {L.Map} map
 * @param {{ pick(item: Item, latlng: L.LatLng | null): void, hover(id: string | null): void }} on
 * @param {import("../../core/types.d.ts").Catalogue} catalogue
 */
export function createPaths(map, on, catalogue) {
    const renderers = renderersOn(map);
    const bundled = createBundledLines(map, renderers.lines, catalogue);
    const shownOnes = () => [...shown].flatMap((key) => drawn.get(key) ?? []);
    const under = (/** @type {L.LatLng} */ latlng) => touched(shownOnes(), map.latLngToLayerPoint(latlng));
    /** @type {Map<string, Drawn>} */
    const drawn = new Map();
    /** @type {Set<string>} */
    let shown = new Set();

    /** @param {Item} item @param {string} key @param {DrawInDiagram} how */
    const drawnOf = (item, key, how) => {
        const one = drawn.get(key) ?? how(item, renderers);
        if (!drawn.has(key)) for (const hit of one.hits) listen(hit, item, on, under);
        drawn.set(key, one);
        return one;
    };

    return {
        /** @param {Item[]} items @param {string | null} focus @param {Diagram | null} diagram */
        update(items, focus, diagram) {
            const entries = entriesOf(items, diagram);
            const next = new Set(entries.map(({ key }) => key));
            for (const key of shown) if (!next.has(key)) drawn.get(key)?.group.remove();
            bundled.update(entries.filter(({ own }) => !own).map(({ item }) => item));
            // Large zones first, so that a small one can still be reached.
            for (const { item, key, own } of [...entries].sort((a, b) => sizeOf(b.item) - sizeOf(a.item))) {
                const one = drawnOf(item, key, own ?? ((path, panes) => draw(path, panes, lineStyleOf(catalogue, path))));
                if (!shown.has(key)) one.group.addTo(map);
                name(one);
                turn(one, "is-focused", item.id === focus);
                if (item.id === focus) toFront(one.group);
            }
            shown = next;
        },
        /** @param {string | null} id */
        hover(id) {
            for (const one of shownOnes()) turn(one, "is-hovered", one.item.id === id);
        },
        /** Where the names of the lines and zones shown may stand: all of them where they are few, else from close up. */
        names: () => namesOf(map, shownOnes().filter((one) => one.plain).map(({ item }) => item), bundled.ownLines),
        /** Where several lines run together, as many as are in the window. */
        counts: bundled.counts,
        /** Items whose line or zone is under a point of the map. @param {L.LatLng} latlng @returns {Item[]} */
        under,
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
    const look = `${tintClass(item)} is-${certaintyOf(item)}`;
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
    const courses = coursesOf(item);
    const pane = style === "band" ? "bands" : "lines";
    const lines = (courses.length === 0 ? [] : [...linePartsOf(style, item.status), "hit"]).map((part) => polylineOf(courses, {
        pane, renderer: renderers[pane], interactive: part === "hit", className: `line-${part} ${part === "band" || part === "hit" ? "" : "is-own"} ${look}`,
    }));
    for (const line of lines) group.addLayer(line);
    hits.push(...lines.slice(-1));
    return { item, group, hits, plain: true };
}

/**
 * What is drawn of items as lines and zones.
 * @param {Item[]} items @param {Diagram | null} diagram
 * @returns {{ item: Item, key: string, own: DrawInDiagram | null }[]}
 */
function entriesOf(items, diagram) {
    return items.map((item) => ({ item, own: diagram?.ids.has(item.id) ? diagram.draw : null }))
        .filter(({ item, own }) => own || linesOf(item.geometry).length + areasOf(item.geometry).length > 0)
        .map(({ item, own }) => ({ item, own, key: own ? `${item.id} in diagram` : item.id }));
}

/** @param {L.Map} map @returns {Renderers} */
function renderersOn(map) {
    const on = (/** @type {string} */ pane, /** @type {number} */ height) => {
        map.createPane(pane).style.zIndex = String(height);
        return L.svg({ pane, padding: 0.5 });
    };
    map.createPane("badges").style.zIndex = "430";
    return { bands: on("bands", 395), areas: on("areas", 400), lines: on("lines", 410) };
}

/** @param {L.Map} map @param {Item[]} items @param {(item: Item) => GeoJSON.Position[][]} ownLines */
function namesOf(map, items, ownLines) {
    if (items.length > FEW_NAMED && map.getZoom() < NAMES_ZOOM) return [];
    const view = map.getBounds();
    return items.map((item) => ({
        item, zone: zoneOf(map, item), spots: labelPositions(ownLines(item), view).map((latlng) => map.latLngToLayerPoint(latlng)),
    })).filter(({ zone, spots }) => zone || spots.length > 0);
}

/** The shape of a zone in the pixels of a layer. @param {L.Map} map @param {Item} item */
function zoneOf(map, item) {
    const rings = areasOf(item.geometry).flatMap(listsIn);
    return rings.length > 0 ? areaOn(map, rings) : null;
}

/**
 * @param {L.Path} hit
 * @param {Item} item
 * @param {{ pick(item: Item, latlng: L.LatLng | null): void, hover(id: string | null): void }} on
 * @param {(latlng: L.LatLng) => Item[]} under
 */
function listen(hit, item, on, under) {
    hit.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        on.pick(item, event.latlng);
    });
    hit.on("mouseover", (event) => {
        on.hover(item.id);
        // Where several run together all of them are named.
        const names = [item, ...under(event.latlng).filter((one) => one !== item)].slice(0, NAMED_MOST).map((one) => pick(one, "name"));
        hit.setTooltipContent(String(names.map((words, i) => html`${i > 0 && html`<br>`}${words}`).join("")));
    });
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
    const focused = document.activeElement;
    group.bringToFront();
    if (focused instanceof SVGElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
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

/** A tip names so many that run together. */
const NAMED_MOST = 8;

/** A finger's width. */
const REACH_PX = 8;

/** @param {Drawn[]} ones @param {L.Point} point */
function touched(ones, point) {
    return ones.filter(({ hits }) => hits.some((hit) => touches(hit, point))).map(({ item }) => item);
}

/** @param {L.Path} hit @param {L.Point} point */
function touches(hit, point) {
    if (hit instanceof L.CircleMarker) return /** @type {any} */ (hit)._containsPoint(point);
    if (hit instanceof L.Polygon) return /** @type {any} */ (hit)._containsPoint(point);
    const near = hit instanceof L.Polyline ? hit.closestLayerPoint(point) : null;
    return near !== null && near.distanceTo(point) <= REACH_PX;
}
