/**
 * The offline file: folium has made the map and the switch of the layers; this draws what the page draws of the ground
 * and the items, with search, list and popups. It fetches nothing.
 */

import { pointsOf } from "../draw/geometry.js";
import { find, html } from "../io/html.js";
import { setLanguage, number, pick } from "../core/i18n.js";
import { drawnKeys } from "../core/legend/drawn_keys.js";
import { catalogueOf, splitCompounds, tokensOf } from "../core/selection.js";
import { createChooser } from "../map/chooser.js";
import { createCounties } from "../map/layers/counties.js";
import { drawAtZoom } from "../map/draw_order.js";
import { createUncertainty } from "../map/focus.js";
import { CLOSE_KINDS } from "../map/labels/close_kinds.js";
import { addKinds, createLabels } from "../map/labels/labels.js";
import { createBaseMap } from "../map/base/base_map.js";
import { drawShapes, drawWorld } from "../map/base/shapes.js";
import L from "../map/leaflet.js";
import { createExits } from "../map/layers/exits.js";
import { createPaths } from "../map/layers/paths.js";
import { createPoints } from "../map/layers/points.js";
import { createStructureDiagram, namedSpots } from "../map/layers/structure_diagram.js";
import { createNotesLayer } from "../map/notes/notes_layer.js";
import { inDiagram } from "../draw/structure_diagram.js";
import { certaintyOf, paint, symbol } from "../draw/symbols.js";
import { createList } from "./list.js";
import { createPopup } from "./popup.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("./offline.d.ts").Offline} Offline */
/** @typedef {import("./offline.d.ts").Drawn} Drawn */
/** @typedef {ReturnType<typeof createState>} State */
/** @typedef {ReturnType<typeof createParts>} Parts */
/** @typedef {import("../core/types.d.ts").Catalogue} Catalogue */

const KEY_MARGIN_PX = 24;
const NARROW = "(max-width: 760px)";

/** @param {Drawn} drawn what folium made @param {Offline} data */
export function start(drawn, data) {
    setLanguage(data.lang, data.words, data.first);
    paint(data.pack);
    const { map } = drawn;
    const catalogue = catalogueOf(data.pack, data.items);
    nameLayers(drawn, catalogue);
    if (matchMedia(NARROW).matches) drawn.control.collapse();
    frame(map, data);
    void createBaseMap(map, Object.keys(data.base), async (name) => baseOf(data, name));
    drawShapes(map, data.ground, (file) => data.images[file] ?? "");
    drawWorld(map, data.world);
    addKinds(CLOSE_KINDS);

    const state = createState(data);
    const parts = createParts(drawn, data, catalogue, state);
    const show = () => update(parts, data, catalogue, state);
    state.show = show;
    map.on("overlayadd overlayremove", (event) => {
        const { layer, type } = /** @type {L.LayersControlEvent} */ (event);
        const id = Object.keys(drawn.layers).find((one) => drawn.layers[one] === layer);
        if (id && type === "overlayadd") state.hidden.delete(id);
        else if (id) state.hidden.add(id);
        show();
    });
    map.on("moveend", () => drawAtZoom(map, parts));
    find("#q", HTMLInputElement).addEventListener("input", (event) => {
        state.tokens = splitCompounds(tokensOf(/** @type {HTMLInputElement} */ (event.target).value), Object.values(state.texts));
        show();
    });
    show();
    showNear(parts.uncertainty, data.near);
    const focus = catalogue.byId.get(data.focus);
    if (focus) parts.popup.open(focus);
}

/** The ring and the mark of what the view is near to. @param {Parts["uncertainty"]} uncertainty @param {Offline["near"]} near */
function showNear(uncertainty, near) {
    if (near) uncertainty.around({ ...near, name_en: near.name, id: null }, near.km, near.marked, near.marked);
}

/** @param {Offline} data @param {string} name @returns {GeoJSON.FeatureCollection} */
const baseOf = ({ base }, name) => base[name] ?? { type: "FeatureCollection", features: [] };

/** @param {L.Map} map @param {Offline} data */
function frame(map, data) {
    const [west, south, east, north] = data.pack.frame;
    map.setMinZoom(7);
    map.setMaxZoom(15);
    map.setMaxBounds(L.latLngBounds([south, west], [north, east]).pad(1.2));
    const [left, bottom, right, top] = data.bounds;
    // Beside the key, which lies over nothing of it.
    const key = find("#key", HTMLElement).offsetWidth;
    map.fitBounds([[bottom, left], [top, right]], { animate: false, paddingBottomRight: [key && key + KEY_MARGIN_PX, 0] });
}

/** What the reader has chosen in this file. @param {Offline} data */
function createState(data) {
    const state = {
        tokens: /** @type {string[]} */ ([]),
        hidden: /** @type {Set<string>} */ (new Set()),
        /** The county whose items alone are listed; or just those known only by it, which its badge counts. */
        county: "",
        wideOnly: false,
        focus: /** @type {string | null} */ (null),
        texts: data.texts,
        view: /** @type {any} */ ({ county: data.counties, layer: [...new Set(data.items.map((item) => item.layer))], focus: null }),
        /** What is drawn as the plan draws it. @type {Item[]} */
        diagramItems: [],
        show() {},
        /** @param {string} county @param {boolean} [wideOnly] */
        choose(county, wideOnly = false) {
            Object.assign(state, { county, wideOnly });
            state.show();
        },
        /** @param {string | null} id */
        focusOn(id) {
            state.focus = id;
            state.show();
        },
    };
    return state;
}


/**
 * @param {Drawn} drawn @param {Offline} data
 * @param {import("../core/types.d.ts").Catalogue} catalogue @param {State} state
 */
function createParts(drawn, data, catalogue, state) {
    const { map } = drawn;
    const counties = createCounties(map, baseOf(data, "counties"), { pack: data.pack, state: /** @type {any} */ (state), catalogue }, {
        choose: ({ code }) => state.choose(state.county === code ? "" : code),
        open: (_latlng, _items, { code }) => state.choose(code, true),
    });
    const labels = createLabels(map, data.labels);
    const uncertainty = createUncertainty(map);
    const popup = createPopup(map, { catalogue, cards: data.cards, counties: baseOf(data, "counties"), online: data.online, focusOn: state.focusOn });
    let onHover = (/** @type {string | null} */ _id) => {};
    const hover = (/** @type {string | null} */ id) => onHover(id);
    const chooser = createChooser(map, catalogue, { pick: (item) => popup.open(item), hover });
    const points = createPoints(map, catalogue, {
        pick: (item) => popup.open(item),
        hover,
        nameOf: labels.nearest,
        rings: () => namedSpots(map, state.diagramItems),
        open: chooser.open,
    });
    const paths = createPaths(map, { pick: (item, latlng) => popup.open(item, latlng), hover }, catalogue);
    onHover = paths.hover;
    const figures = createStructureDiagram();
    const list = createList(find("#results", HTMLElement), {
        catalogue, cards: data.cards, online: data.online, near: data.near, pick: (item) => popup.open(item), clear: () => state.choose(""),
    });
    const notes = createNotesLayer(map, catalogue);
    /** @type {import("../map/draw_order.js").Drawing["figureNames"]} */
    const figureNames = (obstacles, room, moved) => figures.names(map, state.diagramItems, obstacles, room, moved);
    return { map, counties, labels, uncertainty, popup, points, paths, list, figures, figureNames, exits: createExits(map), notes, cells: { boxes: () => [] } };
}


/** @param {Parts} parts @param {Offline} data @param {import("../core/types.d.ts").Catalogue} catalogue @param {State} state */
function update(parts, data, catalogue, state) {
    const items = catalogue.items.filter((item) => shown(item, state));
    const focus = state.focus ? catalogue.byId.get(state.focus) : undefined;
    parts.list.update(items, focus, state.county);
    state.diagramItems = inDiagram(items, state.view);
    const ids = new Set(state.diagramItems.map((item) => item.id));
    parts.points.update(items.filter((item) => !ids.has(item.id)), focus && pointsOf(focus.geometry).length ? focus.id : null);
    parts.paths.update(items, state.focus, { ids, draw: parts.figures.draw });
    parts.exits.update(items, focus);
    find("#key", HTMLElement).innerHTML = String(drawnKeys({ pack: data.pack, catalogue, state }, { items }));
    parts.uncertainty.show("focus", focus);
    parts.notes.update(data, new Set(items.map((item) => item.id)));
    const counts = { county: new Map(data.pack.counties.map(({ code }) => [code, items.filter((item) => item.counties.includes(code)).length])) };
    parts.counties.update(/** @type {any} */ ({ items, counts }), state.view, focus);
    drawAtZoom(parts.map, parts);
}

/** @param {Item} item @param {State} state */
function shown(item, state) {
    return !state.hidden.has(item.layer)
        && (!state.county || (item.counties.includes(state.county) && (!state.wideOnly || certaintyOf(item) === "wide")))
        && state.tokens.every((token) => (state.texts[item.id] ?? "").includes(token));
}

/**
 * The switch of the layers is the legend too: symbol, title, count.
 * @param {import("./offline.d.ts").Drawn} drawn @param {Catalogue} catalogue
 */
function nameLayers({ control, layers }, catalogue) {
    for (const layer of catalogue.used) {
        const group = layers[layer.id];
        if (!group) continue;
        const count = catalogue.items.filter((item) => item.layer === layer.id).length;
        control.removeLayer(group);
        control.addOverlay(group, String(html`<span class="key">${symbol(layer, catalogue.families.get(layer.family))}
            <span>${pick(layer, "title")}</span> <small>${number(count)}</small></span>`));
    }
}
