/** The plan's lines as they are seen: what follows one course is one line, of all that run over it. */

import { bundlesOf, linePartsOf } from "../../draw/bundles.js";
import { linesOf, listsIn } from "../../draw/geometry.js";
import { certaintyOf } from "../../draw/symbols.js";
import { labelPositions } from "../labels/on_map.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Catalogue} Catalogue */
/** @typedef {{ members: Item[], lines: GeoJSON.Position[][] }} Bundled */

/** @param {Item} item */
export function coursesOf(item) {
    return linesOf(item.geometry).flatMap(listsIn);
}

/** How a category draws its lines: "rail", "motorway", "band" or plain. @param {Catalogue} catalogue @param {Item} item */
export function lineStyleOf(catalogue, item) {
    return catalogue.layers.get(item.layer)?.categories.find((one) => one.id === item.category)?.line ?? "";
}

/** @param {GeoJSON.Position[][]} courses @param {L.PolylineOptions} options */
export function polylineOf(courses, options) {
    return L.polyline(courses.map((course) => course.map(([lng = 0, lat = 0]) => L.latLng(lat, lng))), options);
}

/**
 * @param {L.Map} map
 * @param {L.Renderer} renderer of the pane "lines"
 * @param {Catalogue} catalogue
 */
export function createBundledLines(map, renderer, catalogue) {
    const group = L.layerGroup().addTo(map);
    /** @type {Bundled[]} */
    let bundles = [];
    let drawn = "";
    return {
        /** @param {Item[]} all first those that lead */
        update(all) {
            const items = all.filter((item) => lineStyleOf(catalogue, item) !== "band" && coursesOf(item).length > 0);
            const key = items.map((item) => item.id).join();
            if (key === drawn) return;
            drawn = key;
            const byId = new Map(items.map((item) => [item.id, item]));
            bundles = bundlesOf(items.map((item) => ({ id: item.id, lines: coursesOf(item) })))
                .map(({ ids, lines }) => ({ lines, members: ids.flatMap((id) => byId.get(id) ?? []) }));
            group.clearLayers();
            for (const one of bundles) {
                const { look, parts } = lookOf(catalogue, one.members);
                for (const part of parts) {
                    polylineOf(one.lines, { pane: "lines", renderer, interactive: false, className: `line-${part} ${look}` }).addTo(group);
                }
            }
        },
        /** Where several run together: how many, and the middle of where they do. */
        counts: () => bundles.filter(({ members }) => members.length > 1).flatMap(({ members, lines }) => {
            const [middle] = labelPositions(lines, map.getBounds());
            return middle ? [{ n: members.length, ...map.latLngToLayerPoint(middle) }] : [];
        }),
        /** The longest part that an item has for itself, else all of it. @param {Item} item */
        ownLines(item) {
            const own = bundles.find(({ members }) => members.length === 1 && members[0] === item);
            return own?.lines ?? coursesOf(item);
        },
    };
}

/** What all of them have in common. @param {Catalogue} catalogue @param {Item[]} members */
function lookOf(catalogue, members) {
    const common = (/** @type {(item: Item) => string} */ of, /** @type {string} */ other) =>
        members.every((one) => of(one) === of(/** @type {Item} */ (members[0]))) ? of(/** @type {Item} */ (members[0])) : other;
    const family = common((item) => catalogue.layers.get(item.layer)?.family ?? "", "");
    const status = common((item) => item.status, "mixed");
    const style = common((item) => lineStyleOf(catalogue, item), "");
    const certainty = members.every((item) => certaintyOf(item) === "schematic") ? "schematic" : "disc";
    const colour = members.length === 1 ? `layer-${members[0]?.layer}` : family ? `family-${family}` : "tint-mixed";
    return { look: `${colour} is-${certainty} status-${status} ${members.length > 1 ? "is-shared" : ""}`, parts: linePartsOf(style, status) };
}
