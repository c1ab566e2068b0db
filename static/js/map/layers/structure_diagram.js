/** The plan's structure as its diagrams draw it: rings, bands, arrows, discs, with names. Loaded on use. */

import drawings from "../../draw/glyphs.js";
import { html } from "../../io/html.js";
import { pushedApart } from "../../draw/apart.js";
import { diagramKindOf } from "../../draw/structure_diagram.js";
import { areaOn, labelPositions } from "../labels/on_map.js";
import { figureNames } from "../labels/figure_names.js";
import { placeAlong } from "../labels/names_along.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../draw/structure_diagram.js").Kind} Kind */
/** @typedef {NonNullable<Item["drawing"]>} Drawing the lines and spots that the data decides */
/** @typedef {import("./paths.js").Drawn} Drawn */
/** @typedef {import("../labels/figure_names.js").Figure} Figure */
/** @typedef {import("../../draw/label_placement.js").Box} Box */
/** @typedef {{ areas: L.Renderer, lines: L.Renderer }} Renderers */

const SVG = "http://www.w3.org/2000/svg";

/** Radii of rings, in pixels: outer first. */
const RINGS = /** @type {Partial<Record<Kind, number[]>>} */ ({ core: [21, 13, 4], subcore: [16, 4], centre: [9, 4], park: [13], hub: [12], base: [10], route: [8] });
/** What stands in a filled disc. */
const BADGE_GLYPHS = /** @type {Partial<Record<Kind, string>>} */ ({ park: "wheat", hub: "box", base: "", route: "" });
/** A cluster's disc is as wide on the ground as a town's quarter. */
const DISC_M = 1500;

export function createStructureDiagram() {
    const home = arrows();

    /** @type {SVGTextElement[]} */
    const texts = [];
    /** @param {Item} item @param {Renderers} renderers @returns {Drawn} */
    const draw = (item, renderers) => {
        const kind = /** @type {Kind} */ (diagramKindOf(item));
        const drawn = { item, group: L.featureGroup(), hits: [], rename: () => {} };
        const pen = penOf(drawn, kind, renderers);
        const { line, guide, spots = [], area } = item.drawing ?? {};
        if (area) pen.put(L.polygon(area.map(latLng), pen.options("zone", true)), true);
        if (line && !guide) for (const part of ["casing", "route", "hit"]) pen.put(L.polyline(line.map(latLng), pen.options(part, part === "hit")), part === "hit");
        if (line && guide) {
            band(pen, kind, line, guide);
            texts.push(...drawn.group.getLayers().flatMap((layer) => lettering.get(layer) ?? []));
            if (kind === "axis") pointed(drawn, home);
        } else if (kind in BADGE_GLYPHS) {
            badges.set(item, spots.map((position, i) => badge(pen, kind, latLng(position), item.drawing?.number ?? (kind === "route" ? i + 1 : null))));
        } else if (kind !== "zone") {
            discs(pen, kind, spots.map(latLng));
        }
        return drawn;
    };
    return {
        draw,
        /** Names of figures, and all that is covered then; one longer than its band stands beside it. @param {L.Map} map @param {Item[]} items @param {Box[]} obstacles @param {Box} room @param {Set<string>} moved whose names stand elsewhere */
        names(map, items, obstacles, room, moved) {
            spread(map, items);
            const shown = texts.filter((text) => text.isConnected);
            const rings = namedSpots(map, items);
            const along = placeAlong(shown, [...obstacles, ...rings.flatMap(({ boxes }) => boxes)], room);
            const away = items.filter((item) => shown.some((text) => !along.shown.includes(text) && text.dataset.guide === guideOf(item)));
            const heads = items.filter((item) => diagramKindOf(item) === "axis").flatMap((item) => headOf(map, item));
            const figures = [...rings, ...away.map((item) => besideBand(map, item))];
            return figureNames(map, figures.filter(({ item }) => !moved.has(item.id)), [...along.boxes, ...obstacles, ...heads], room);
        },
    };
}

/** @param {GeoJSON.Position} position */
function latLng([lng = 0, lat = 0]) {
    return L.latLng(lat, lng);
}

/** The name that each guide carries. @type {WeakMap<L.Layer, SVGTextElement>} */
const lettering = new WeakMap();

/** How much longer than its band a name may be: a bay is short, and has the sea beside it. */
const OVERHANG = /** @type {Partial<Record<Kind, number>>} */ ({ bay: 1.7 });

/** @typedef {ReturnType<typeof penOf>} Pen */

/** @param {Drawn} drawn @param {Kind} kind @param {Renderers} renderers */
function penOf(drawn, kind, renderers) {
    const { item, group, hits } = drawn;
    const pane = /** @type {"areas" | "lines"} */ (["core", "subcore", "centre", "park", "hub", "base", "route"].includes(kind) ? "lines" : "areas");
    /** @param {string} part @param {boolean} interactive */
    const options = (part, interactive) => /** @type {any} */ ({
        renderer: renderers[pane], pane, interactive, smoothFactor: 0, noClip: true,
        className: `sketch sketch-${kind} is-${part} role-${item.drawing?.role} status-${item.status}`,
    });
    return {
        drawn,
        /** @param {L.Path} path @param {boolean} interactive */
        put(path, interactive) {
            group.addLayer(path);
            if (interactive) hits.push(path);
            return path;
        },
        options,
    };
}

/** @param {Pen} pen @param {Kind} kind @param {GeoJSON.Position[]} line @param {NonNullable<Drawing["guide"]>} guide */
function band(pen, kind, line, { points, offset, share }) {
    const latlngs = line.map(latLng);
    pen.put(L.polyline(latlngs, pen.options("band", false)), false);
    if (kind !== "axis") pen.put(L.polyline(latlngs, pen.options("core", false)), false);
    pen.put(L.polyline(latlngs, pen.options("hit", true)), true);
    const path = pen.put(L.polyline(points.map(latLng), pen.options("guide", false)), false);
    const text = withLettering(pen.drawn, path);
    Object.assign(text.dataset, { offset, share: share * (OVERHANG[kind] ?? 1) });
}

/** @param {Item} item */
function guideOf({ id }) {
    return `guide-${id}`;
}

/** A name that follows its band. @param {Drawn} drawn @param {L.Path} guide */
function withLettering(drawn, guide) {
    const text = document.createElementNS(SVG, "text");
    const along = document.createElementNS(SVG, "textPath");
    text.setAttribute("class", guide.options.className?.replace("is-guide", "is-name") ?? "");
    text.setAttribute("aria-hidden", "true");
    text.setAttribute("dy", "0.36em");
    text.append(along);
    guide.on("add", () => {
        const path = /** @type {SVGElement} */ (guide.getElement());
        path.id = guideOf(drawn.item);
        along.setAttribute("href", `#${path.id}`);
        text.dataset.guide = path.id;
        path.after(text);
    });
    guide.on("remove", () => text.remove());
    drawn.rename = (words) => { along.textContent = words; };
    lettering.set(guide, text);
    return text;
}

/** Rings or discs; several of one item are held together by a bar. @param {Pen} pen @param {Kind} kind @param {L.LatLng[]} latlngs */
function discs(pen, kind, latlngs) {
    if (latlngs.length > 1) pen.put(L.polyline(latlngs, pen.options("bar", false)), false);
    for (const latlng of latlngs) {
        const radii = RINGS[kind];
        if (!radii) pen.put(L.circle(latlng, { ...pen.options("disc", true), radius: DISC_M }), true);
        else radii.forEach((radius, i) => pen.put(
            L.circleMarker(latlng, { ...pen.options(`ring-${i}`, i === 0), radius }), i === 0));
    }
}

/** A filled disc with a glyph or a number in it. @param {Pen} pen @param {Kind} kind @param {L.LatLng} latlng @param {number | null} number */
function badge(pen, kind, latlng, number) {
    const radius = RINGS[kind]?.[0] ?? 0;
    const glyph = /** @type {Record<string, { fill?: string, line?: string }>} */ (drawings.glyphs)[BADGE_GLYPHS[kind] ?? ""] ?? {};
    const disc = /** @type {L.CircleMarker} */ (pen.put(L.circleMarker(latlng, { ...pen.options("badge", true), radius }), true));
    const markup = number ? html`<span>${number}</span>` : html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${glyph.fill ?? ""}"/><path class="line" d="${glyph.line ?? ""}"/></svg>`;
    const icon = L.divIcon({ className: "badge-mark", iconSize: [2 * radius, 2 * radius], html: String(markup) });
    const mark = L.marker(latlng, { icon, interactive: false, keyboard: false, pane: "badges" });
    pen.drawn.group.addLayer(mark);
    return { latlng, disc, mark };
}

/** The badges of each item, and where they belong. @type {WeakMap<Item, ReturnType<typeof badge>[]>} */
const badges = new WeakMap();

/** No badge lies on another, at whatever zoom. @param {L.Map} map @param {Item[]} items */
function spread(map, items) {
    const shown = items.flatMap((item) => badges.get(item) ?? []);
    const discs = shown.map(({ latlng, disc }) => ({ ...map.latLngToLayerPoint(latlng), radius: disc.getRadius() }));
    pushedApart(discs).forEach(({ x, y }, i) => {
        const at = map.layerPointToLatLng([x, y]);
        shown[i]?.disc.setLatLng(at);
        shown[i]?.mark.setLatLng(at);
    });
}

/** Where arrowheads are kept: a marker takes its colour from where it stands. */
function arrows() {
    const home = document.createElementNS(SVG, "svg");
    home.setAttribute("class", "arrow-home");
    home.setAttribute("aria-hidden", "true");
    document.body.append(home);
    return home;
}

/** @param {Drawn} drawn @param {Element} home */
function pointed({ item, group }, home) {
    const id = `arrow-${item.drawing?.role}-${item.status}`;
    if (!home.querySelector(`#${id}`)) {
        const marker = document.createElementNS(SVG, "marker");
        for (const [name, value] of Object.entries({ id, viewBox: "0 0 10 10", refX: "3", refY: "5", markerWidth: "2.4", markerHeight: "2.4", orient: "auto" })) {
            marker.setAttribute(name, value);
        }
        marker.innerHTML = `<path class="arrow-head role-${item.drawing?.role} status-${item.status}" d="M0 0 10 5 0 10z"/>`;
        home.append(marker);
    }
    const [band] = group.getLayers();
    band?.on("add", () => /** @type {L.Path} */ (band).getElement()?.setAttribute("marker-end", `url(#${id})`));
}

/** Rings and discs that want a name below or in them, zones in them; badges where they have been moved to. @param {L.Map} map @param {Item[]} items @returns {Figure[]} */
export function namedSpots(map, items) {
    return items.filter((item) => item.drawing?.spots).map((item) => {
        const kind = /** @type {Kind} */ (diagramKindOf(item));
        const places = badges.get(item)?.map(({ disc }) => disc.getLatLng()) ?? item.drawing?.spots?.map(latLng) ?? [];
        const spots = places.map((at) => map.latLngToLayerPoint(at));
        const radius = RINGS[kind]?.[0] ?? 0;
        const boxes = radius === 0 ? [] : spots.map(({ x, y }) => ({ x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius }));
        const area = item.drawing?.area ? areaOn(map, [item.drawing.area]) : null;
        return { item, kind, radius, boxes, spots, area };
    });
}

/** Of an arrow: half its side, and how far its middle lies beyond the end of its band. */
const [HEAD_PX, AHEAD_PX] = [14, 6];

/** What an axis' arrow head covers. @param {L.Map} map @param {Item} item @returns {Box[]} */
function headOf(map, item) {
    const [from, to] = (item.drawing?.line ?? []).slice(-2).map((at) => map.latLngToLayerPoint(latLng(at)));
    if (!from || !to) return [];
    const share = AHEAD_PX / (from.distanceTo(to) || 1);
    const [x, y] = [to.x + (to.x - from.x) * share, to.y + (to.y - from.y) * share];
    return [{ x: x - HEAD_PX, y: y - HEAD_PX, w: 2 * HEAD_PX, h: 2 * HEAD_PX }];
}

/** Half of a band's width, in pixels. */
const BAND_PX = 6;

/** A band whose name does not go along it. @param {L.Map} map @param {Item} item @returns {Figure} */
function besideBand(map, item) {
    const spots = labelPositions([item.drawing?.line ?? []], map.getBounds()).map((at) => map.latLngToLayerPoint(at));
    return { item, kind: /** @type {Kind} */ (diagramKindOf(item)), radius: BAND_PX, boxes: [], spots, area: null };
}
