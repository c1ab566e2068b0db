/** The map of a view: draws what is selected, goes where the view is, tells the view where it went. */

import { fetchBase } from "../io/api.js";
import { inDiagram } from "../draw/structure_diagram.js";
import { centreOf } from "../core/proximity.js";
import { pick, t } from "../core/i18n.js";
import { turnedTo } from "../core/url.js";
import { createCounties } from "./layers/counties.js";
import { drawAtZoom } from "./draw_order.js";
import { createExits } from "./layers/exits.js";
import { createBaseMap } from "./base/base_map.js";
import { createLabels } from "./labels/labels.js";
import L from "./leaflet.js";
import { createPaths } from "./layers/paths.js";
import { createPoints } from "./layers/points.js";
import { createViewport } from "./viewport.js";
import { createLateGround, createLazyCells, createLazyChooser, createLazyLayers, createLazyNotes, createLazyUncertainty } from "./lazy_layers.js";
import { compareTurned } from "../core/view_values.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {import("../core/types.d.ts").Pack} Pack */
/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {Awaited<ReturnType<typeof partsOf>>} Parts */

/** @typedef {{ pack: Pack, catalogue: import("../core/types.d.ts").Catalogue, state: import("../core/state.js").State,
 *     wheel?: "after-click" }} Page */

/** @param {HTMLElement} root @param {Page} page */
export async function createMap(root, page) {
    const { pack, state } = page;
    const map = mapIn(root, pack);
    if (page.wheel === "after-click") {
        const { scrollWithOneFinger, wheelAfterClick } = await import("./gestures.js");
        wheelAfterClick(map);
        scrollWithOneFinger(map);
    }
    const parts = await partsOf(map, page);
    const draw = batched(() => drawAtZoom(map, parts));
    map.on("moveend", draw.now);
    map.on("click", () => parts.chooser.close());
    renderOnChange(state, { ...parts, catalogue: page.catalogue });
    new ResizeObserver(parts.travel.resized).observe(root);
    const legend = document.getElementById("legend");
    // One that makes room for a card moves no map: the card's item does.
    const folded = () => state.view.focus || parts.travel.resized();
    if (legend) new MutationObserver(folded).observe(legend, { attributeFilter: ["class"] });
    new MutationObserver(draw.now).observe(document.documentElement, { attributeFilter: ["data-size"] });
    matchMedia("print").addEventListener("change", parts.travel.resized);

    /** @type {(() => void) | null} */
    let again = null;
    parts.later.arrived(() => again?.());
    const ground = createLateGround(map, page, () => again?.());
    return {
        slow: true,
        /** @param {Selection} selection @param {View} view */
        update(selection, view) {
            again = () => this.update(selection, view);
            ground(view.base);
            draw.held(() => show(root, page, parts, selection.drawn ?? selection, view));
        },
        /** Only the extent in the address has changed. @param {View} view */
        moved(view) {
            const focus = view.focus ? page.catalogue.byId.get(view.focus) : undefined;
            draw.held(() => parts.travel.update(view, focus, centreOf(page.catalogue, view)), false);
        },
    };
}


/** What is drawn on the map, each part by itself. @param {L.Map} map @param {Page} page */
async function partsOf(map, { pack, catalogue, state, ...rest }) {
    const page = { pack, catalogue, state, ...rest };
    const hover = (/** @type {string | null} */ id) => state.hover(id);
    const take = (/** @type {Item} */ item) => state.change(turnedTo(state.view, item.id));
    const chooser = createLazyChooser(map, catalogue, {
        pick: take, hover, compare: (id) => state.change({ compare: compareTurned(state.view.compare, id) }, "replace"),
    });
    const [, counties, labels] = await Promise.all([
        createBaseMap(map, pack.base, fetchBase),
        fetchBase("counties").then((data) => createCounties(map, data, page, {
            choose: (county, whole) => state.change(countyChosen(county.code, whole)),
            open: (latlng, items, county) => chooser.open(latlng, items, `${pick(county, "name")} · ${t("map.wide", { n: items.length })}`),
        })),
        fetchBase("labels").then((data) => createLabels(map, data)),
    ]);
    const travel = createViewport(map, counties, state);
    const controls = createControls(map, () => {
        state.change({ bbox: null }, "replace");
        travel.home();
    }, page.wheel ? null : async () => (await import("./notes/note_editor.js")).turnEditor(map, page));
    const paths = createPaths(map, {
        hover,
        pick: (item, latlng) => {
            const under = latlng ? paths.under(latlng) : [item];
            if (latlng && under.length > 1) chooser.open(latlng, under);
            else take(item);
        },
    }, catalogue);
    const later = createLazyLayers(map, page, travel.quietly);
    const points = createPoints(map, catalogue, {
        pick: take,
        hover,
        nameOf: labels.nearest,
        open: chooser.open,
        rings: later.rings,
    });
    return { figureNames: later.figureNames, chooser, counties, labels, travel, controls, paths, later, points, uncertainty: createLazyUncertainty(map, later.again), cells: createLazyCells(map, catalogue, labels.nearest), notes: createLazyNotes(map, catalogue, later.again), exits: createExits(map) };
}

/** One county and nothing else in hand; the map goes there unless it shows but a part of it. @param {string} code @param {boolean} whole @returns {Partial<View>} */
function countyChosen(code, whole) {
    return { county: [code], focus: null, ...(whole ? { bbox: null } : {}) };
}

/**
 * Draws once whatever asks for it in one change: the map goes where the view is, and what is shown changes.
 * @param {() => void} draw
 */
function batched(draw) {
    let held = 0;
    let wanted = false;
    return {
        now() {
            wanted = true;
            if (held > 0) return;
            wanted = false;
            performance.mark("map:draw");
            draw();
        },
        /** @param {() => void} change @param {boolean} [changes] whether it needs drawing in any case */
        held(change, changes = true) {
            held += 1;
            change();
            held -= 1;
            if (changes || wanted) this.now();
        },
    };
}

/** @param {HTMLElement} root @param {Page} page @param {Parts} parts @param {Selection} selection @param {View} view */
function show(root, { catalogue }, parts, selection, view) {
    const { counties, travel, controls, paths, later, points, uncertainty, exits, notes } = parts;
    const focus = view.focus ? catalogue.byId.get(view.focus) : undefined;
    const centre = centreOf(catalogue, view);
    const shown = withFocus(selection, focus);
    controls.update();
    later.base(view.base);
    // Neighbours that were asked for do not step back.
    root.classList.toggle("has-focus", !view.near && (Boolean(focus?.geometry) || focus?.method === "counties"));
    counties.update(selection, view, focus);
    const diagram = later.diagram(inDiagram(shown, view));
    later.tint(selection, view);
    parts.cells.update(selection, view);
    travel.update(view, focus, centre);
    paths.update(shown, focus?.id ?? null, diagram);
    exits.update(shown, focus);
    uncertainty.show("focus", focus);
    uncertainty.few(shown.filter((item) => item !== focus && !view.choropleth && !diagram?.ids.has(item.id)));
    uncertainty.around(centre, Number(view.near ?? 0), view.place !== null, !focus);
    notes.update(view, shown);
    points.update(diagram ? shown.filter((item) => !diagram.ids.has(item.id)) : shown, focus?.id ?? null);
}

/** What is selected, and the focused item. @param {Selection} selection @param {Item | undefined} focus */
function withFocus({ items, ids }, focus) {
    return focus && !ids.has(focus.id) ? [...items, focus] : items;
}

/** @param {HTMLElement} root @param {Pack} pack */
function mapIn(root, pack) {
    const [west, south, east, north] = pack.frame;
    const frame = L.latLngBounds([south, west], [north, east]);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return L.map(root, {
        zoomControl: false,
        attributionControl: false,
        trackResize: false,
        zoomSnap: 0.25,
        wheelPxPerZoomLevel: 90,
        minZoom: 7,
        maxZoom: 15,
        maxBounds: frame.pad(1.2),
        maxBoundsViscosity: 0.6,
        zoomAnimation: !still,
        fadeAnimation: !still,
        markerZoomAnimation: !still,
        inertia: !still,
    }).fitBounds(frame);
}

/**
 * What the pointer is on in the list lights up on the map, and the other way round.
 * @param {Page["state"]} state
 * @param {{ points: ReturnType<typeof createPoints>, paths: ReturnType<typeof createPaths>,
 *     uncertainty: ReturnType<typeof createLazyUncertainty>, catalogue: Page["catalogue"] }} drawn
 */
function renderOnChange(state, { points, paths, uncertainty, catalogue }) {
    state.addEventListener("hover", (event) => {
        const { id } = /** @type {CustomEvent<{ id: string | null }>} */ (event).detail;
        for (const one of document.querySelectorAll(".point.is-hovered, .cluster.is-hovered")) {
            one.classList.remove("is-hovered");
        }
        if (id) points.element(id)?.classList.add("is-hovered");
        paths.hover(id);
        uncertainty.show("hover", id && id !== state.view.focus ? catalogue.byId.get(id) : undefined);
    });
}

/**
 * Zoom, the whole city, measuring, where the reader is, the scale bar: with names in the language in force.
 * @param {L.Map} map
 * @param {() => void} goHome
 * @param {(() => void) | null} annotate null where nobody may
 */
function createControls(map, goHome, annotate) {
    /** @type {L.Control[]} */
    let controls = [];
    let spoken = "";
    // They stay where they were when the others come again in another language.
    const baseMapsLast = () => {
        const bar = map.getContainer().querySelector(".base-maps");
        bar?.parentElement?.append(bar);
    };
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 120 }).addTo(map);
    return {
        update() {
            if (spoken === t("map.home")) return;
            spoken = t("map.home");
            for (const control of controls) control.remove();
            const zoom = L.control.zoom({
                position: "topleft", zoomInTitle: t("map.zoom-in"), zoomOutTitle: t("map.zoom-out"),
            });
            const now = [zoom.addTo(map)];
            controls = now;
            baseMapsLast();
            map.getContainer().setAttribute("aria-label", t("map"));
            void import("./tool_bar.js").then(({ toolBar }) => {
                if (controls !== now) return;
                now.push(toolBar(map, goHome, annotate).addTo(map));
                baseMapsLast();
            });
        },
    };
}
