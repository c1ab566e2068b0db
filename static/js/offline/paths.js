/** The lines and zones that folium drew: pressed, named, hidden and lit by item. */

import { pick } from "../core/i18n.js";
import L from "../map/leaflet.js";

/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {L.Path & { feature: GeoJSON.Feature }} Drawn */

/**
 * @param {Record<string, L.LayerGroup>} layers
 * @param {import("../core/types.d.ts").Catalogue} catalogue
 * @param {(item: Item, latlng: L.LatLng | null) => void} pickItem
 */
export function createPaths(layers, catalogue, pickItem) {
    const paths = Object.values(layers).flatMap(pathsOf);
    const sorted = paths.filter((path) => path instanceof L.Polygon)
        .sort((a, b) => areaOf(a) - areaOf(b));
    let shown = /** @type {Set<string>} */ (new Set());
    let inHand = /** @type {string | null} */ (null);
    for (const path of paths) {
        const item = catalogue.byId.get(idOf(path));
        if (!item) continue;
        path.on("add", () => dress(path, item, pickItem));
        if (path.getElement()) dress(path, item, pickItem);
        path.on("click", (event) => {
            L.DomEvent.stopPropagation(event);
            pickItem(item, event.latlng);
        });
        path.bindTooltip(pick(item, "name"), { sticky: true, direction: "top", className: "tip" });
    }
    const mark = () => {
        for (const path of paths) {
            path.getElement()?.classList.toggle("is-away", !shown.has(idOf(path)));
            path.getElement()?.classList.toggle("is-focused", idOf(path) === inHand);
        }
        // A small zone must not lie under a large one.
        for (const path of sorted) if (path.getElement()) path.bringToBack();
    };
    return {
        /** @param {Set<string>} ids @param {string | null} focus */
        update(ids, focus) {
            shown = ids;
            inHand = focus;
            mark();
        },
    };
}

/** @param {L.Layer} layer @returns {Drawn[]} */
function pathsOf(layer) {
    if (layer instanceof L.LayerGroup) return layer.getLayers().flatMap(pathsOf);
    return layer instanceof L.Path ? [/** @type {Drawn} */ (layer)] : [];
}

/** @param {Drawn} path */
function idOf(path) {
    return String(path.feature.properties?.id);
}

/** Degrees squared, only to compare. @param {Drawn} path */
function areaOf(path) {
    const bounds = /** @type {any} */ (path).getBounds();
    return (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth());
}

/** Leaflet leaves paths out of the Tab order and nameless. @param {Drawn} path @param {Item} item @param {(item: Item, latlng: null) => void} pickItem */
function dress(path, item, pickItem) {
    const element = /** @type {SVGElement | undefined} */ (path.getElement());
    if (!element || !path.options.interactive) return;
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", pick(item, "name"));
    element.setAttribute("data-spot", item.id);
    element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        pickItem(item, null);
    });
}
