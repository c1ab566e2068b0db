/**
 * What the first view does without: the close ground and the choice of base maps, which come when it is drawn;
 * and what few views ask for, loaded when one does: another base map, counties counted, the plan's own diagram.
 */

import { clusterSize, totalOf } from "../draw/point_layout.js";
import { lang } from "../core/i18n.js";
import { fetchBase } from "../io/api.js";
import { styled } from "../io/styles.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/types.d.ts").Selection} Selection */
/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {import("../draw/label_placement.js").Box} Box */
/** @typedef {typeof import("./layers/structure_diagram.js")} DiagramModule */

/** Up to so many items each that is far off has its circle at all times. */
const FEW = 24;

/**
 * @param {import("leaflet").Map} map
 * @param {import("./map.js").Page} page
 * @param {(move: () => void) => void} quietly does what moves the map, and is not the reader's doing
 */
export function createLazyLayers(map, page, quietly) {
    let redraw = () => {};
    /** @type {Awaited<ReturnType<typeof loadChoropleth>> | null} */
    let choropleth = null;
    /** @type {{ module: DiagramModule, pen: ReturnType<DiagramModule["createStructureDiagram"]> } | null} */
    let diagram = null;
    /** @type {Promise<ReturnType<typeof import("./base/online_base_maps.js").createOnlineBaseMaps>> | null} */
    let baseMaps = null;
    /** @type {Item[]} */
    let diagramItems = [];
    const once = lazyImport();

    return {
        /** What to do when something asked for has come. @param {() => void} then */
        arrived: (then) => { redraw = then; }, again: () => redraw(),
        /** @param {string | null} id of the base map; null is the built-in one */
        base(id) {
            if (!id && !baseMaps) return;
            baseMaps ??= styled("map_more").then(() => import("./base/online_base_maps.js")).then(({ createOnlineBaseMaps }) =>
                createOnlineBaseMaps(map, page.pack.base_maps ?? [], quietly));
            void baseMaps.then((loaded) => loaded.update(id));
        },
        /** @param {Selection} selection @param {View} view */
        tint(selection, view) {
            map.getContainer().classList.toggle("is-counted", view.choropleth === "1");
            if (choropleth) choropleth.update(selection, view);
            else if (view.choropleth === "1") {
                once("tint", async () => {
                    choropleth = await loadChoropleth(map, page);
                    redraw();
                });
            }
        },
        /** How these items are to be drawn; null until the pen has come. @param {Item[]} items */
        diagram(items) {
            diagramItems = items;
            if (items.length === 0) return null;
            if (diagram) return { ids: new Set(items.map((item) => item.id)), draw: diagram.pen.draw };
            once("diagram", async () => {
                const module = await import("./layers/structure_diagram.js");
                diagram = { module, pen: module.createStructureDiagram() };
                redraw();
            });
            return null;
        },
        /** Rings and discs that want a name and room. */
        rings: () => diagram?.module.namedSpots(map, diagramItems) ?? [],
        /** Names of the plan's own figures; and what they, letters along bands and rings cover. @param {Box[]} obstacles @param {Box} room @param {Set<string>} moved whose names stand elsewhere */
        figureNames: (obstacles, room, moved) => diagram?.pen.names(map, diagramItems, obstacles, room, moved) ?? { placed: [], taken: obstacles },
    };
}

/**
 * The close ground and the choice of base maps, which come once the first view stands.
 * @param {import("leaflet").Map} map @param {import("./map.js").Page} page @param {() => void} redraw
 */
export function createLateGround(map, page, redraw) {
    const calm = idle();
    const ground = calm.then(() => import("./base/ground.js")).then(({ createGround }) => createGround(map, page));
    void ground.then(redraw);
    let shown = "";
    return (/** @type {string | null} */ id) => {
        const now = `${lang()} ${id}`;
        if (now !== shown) void ground.then((show) => show(id));
        shown = now;
    };
}

/**
 * The list to choose from at one spot, loaded when it is opened first.
 * @param {Parameters<typeof import("./chooser.js").createChooser>} given
 */
export function createLazyChooser(...given) {
    /** @type {Promise<ReturnType<typeof import("./chooser.js").createChooser>> | null} */
    let part = null;
    return {
        close: () => void part?.then((chooser) => chooser.close()),
        /** @param {Parameters<ReturnType<typeof import("./chooser.js").createChooser>["open"]>} what */
        open: (...what) => {
            part ??= import("./chooser.js").then(({ createChooser }) => createChooser(...given));
            void part.then((chooser) => chooser.open(...what));
        },
    };
}

/** Squares that count what is too much to be drawn, of a large pack. @param {import("leaflet").Map} map @param {import("../core/types.d.ts").Catalogue} catalogue @param {(lat: number, lng: number) => string} nameOf */
export function createLazyCells(map, catalogue, nameOf) {
    /** @type {Promise<ReturnType<typeof import("./layers/cells.js").createCells>> | null} */
    let part = null;
    let wanted = /** @type {import("../core/types.d.ts").Cell[]} */ ([]);
    return {
        update(/** @type {Selection} */ selection, /** @type {View} */ view) {
            wanted = view.choropleth ? [] : selection.cells ?? [];
            if (!part && wanted.length === 0) return;
            part ??= import("./layers/cells.js").then(({ createCells }) => createCells(map, catalogue, nameOf));
            void part.then((cells) => cells.update(wanted));
        },
        /** Where names are not to stand. @returns {Box[]} */
        boxes: () => wanted.map(({ lat, lng, layers }) => {
            const size = clusterSize(totalOf(layers));
            const { x, y } = map.latLngToLayerPoint([lat, lng]);
            return { x: x - size / 2, y: y - size / 2, w: size, h: size };
        }),
    };
}

/**
 * How far off places may be: what was asked for before it has come is drawn when it has.
 * @param {import("leaflet").Map} map @param {() => void} arrived
 */
export function createLazyUncertainty(map, arrived) {
    /** @typedef {ReturnType<typeof import("./focus.js").createUncertainty>} Uncertainty */
    /** @type {Uncertainty | null} */
    let part = null;
    let asked = false;
    /** @type {Map<string, (loaded: Uncertainty) => void>} */
    const last = new Map();
    const draw = (/** @type {string} */ key, /** @type {boolean} */ wanted, /** @type {(loaded: Uncertainty) => void} */ task) => {
        last.set(key, task);
        if (part) task(part);
        if (asked || !wanted) return;
        asked = true;
        void import("./focus.js").then(({ createUncertainty }) => {
            const loaded = part = createUncertainty(map);
            for (const one of last.values()) one(loaded);
            arrived();
        });
    };
    return {
        /** @param {Parameters<Uncertainty["show"]>} given */
        show: (...given) => draw(given[0], Boolean(given[1]), (one) => one.show(...given)),
        /** @param {Item[]} shown */
        few: (shown) => draw("few", shown.length <= FEW, (one) => one.few(shown.length <= FEW ? shown : [])),
        /** @param {Parameters<Uncertainty["around"]>} given */
        around: (...given) => draw("around", Boolean(given[0]), (one) => one.around(...given)),
        label: () => part?.label() ?? null,
    };
}

/**
 * What a presenter has put on the map, loaded with the first of it.
 * @param {import("leaflet").Map} map @param {import("../core/types.d.ts").Catalogue} catalogue @param {() => void} arrived
 */
export function createLazyNotes(map, catalogue, arrived) {
    /** @type {ReturnType<typeof import("./notes/notes_layer.js").createNotesLayer> | null} */
    let part = null;
    let asked = false;
    const load = async () => {
        await styled("map_more");
        part = (await import("./notes/notes_layer.js")).createNotesLayer(map, catalogue);
        arrived();
    };
    return {
        /** @param {View} view @param {Item[]} shown */
        update(view, shown) {
            part?.update(view, new Set(shown.map((item) => item.id)));
            if (asked || view.notes.length + view.names.length === 0) return;
            asked = true;
            void load();
        },
        draw: () => part?.draw() ?? { boxes: [], moved: new Set() },
    };
}

/** @param {import("leaflet").Map} map @param {import("./map.js").Page} page */
async function loadChoropleth(map, page) {
    const [{ createChoropleth }, data] = await Promise.all([import("./layers/choropleth.js"), fetchBase("counties")]);
    return createChoropleth(map, data, page);
}

/** When the browser has nothing more urgent to do. @returns {Promise<unknown>} */
function idle() {
    return new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done, { timeout: 2000 }));
}

/** Runs each task at most once. */
function lazyImport() {
    /** @type {Set<string>} */
    const known = new Set();
    return (/** @type {string} */ name, /** @type {() => Promise<void>} */ task) => {
        if (known.has(name)) return;
        known.add(name);
        void styled("drawings").then(task);
    };
}
