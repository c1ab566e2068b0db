/**
 * What concerns whole counties: the veil over those not chosen, the tint of a county-wide item, and at
 * each county's name a badge with the number of items known only by county. Such an item is never a dot.
 */

import { html } from "../html.js";
import { pick, t } from "../i18n.js";
import { boxOf, isWithin, listsIn } from "../geometry.js";
import { truthOf } from "../items.js";
import { lies, overlap, shared, typed, widthOf } from "./collide.js";
import L from "./leaflet.js";

/** @typedef {import("../types.d.ts").Item} Item */
/** @typedef {import("../types.d.ts").View} View */
/** @typedef {import("../types.d.ts").Selection} Selection */
/** @typedef {import("./collide.js").Box} Box */

/** Steps a name may move aside for what lies under it, in pixels; none first, then around in widening rings. */
const STEPS = [[0, 0], ...[30, 60, 90, 120, 150, 180].flatMap((far) => Array.from({ length: 16 }, (_, i) =>
    [Math.sin((i * Math.PI) / 8) * far * 1.3, -Math.cos((i * Math.PI) / 8) * far]))];
/** A county narrower than this has no room for its name and its items; the name goes no farther than that. */
const SMALL_PX = 170;
const NEAR_PX = 125;
/** Those of the two inner rings, and none. */
const NEAR_STEPS = 33;
const NAME_PX = 15;
const NAME_HEIGHT = 22;
/** A name with its badge under it. */
const LABEL_HEIGHT = 46;
/** Farther out there is no room for badges: the chips say the same. */
const BADGE_ZOOM = 8.6;

/**
 * @param {L.Map} map
 * @param {GeoJSON.FeatureCollection} data
 * @param {import("../state.js").State} state
 * @param {(latlng: L.LatLng, items: Item[], county: any) => void} open what a badge does
 */
export function createCounties(map, data, state, open) {
    map.createPane("veil").style.zIndex = "300";
    map.createPane("county-names").style.zIndex = "450";
    const renderer = L.svg({ pane: "veil", padding: 0.6 });
    const names = L.layerGroup().addTo(map);
    /** @type {Selection | null} */
    let selection = null;
    /** @type {Box[]} */
    let boxes = [];
    const rings = new Map(data.features.map((feature) => [feature, listsIn(feature.geometry)]));
    const veils = data.features.map((feature) => {
        const options = /** @type {any} */ ({ renderer, pane: "veil", interactive: false, style: { className: "veil" } });
        return { code: String(feature.properties?.code), layer: L.geoJSON(feature, options).addTo(map) };
    });

    /** @param {Box[]} obstacles @param {Box} room the part of the map that can be seen */
    const draw = (obstacles, room) => {
        names.clearLayers();
        boxes = [];
        const roomy = map.getZoom() >= BADGE_ZOOM;
        for (const feature of data.features) {
            const county = /** @type {any} */ (feature.properties);
            const wide = roomy ? wideIn(selection, county.code) : [];
            const count = wide.length;
            const at = map.latLngToLayerPoint([county.label[1], county.label[0]]);
            const width = widthOf(pick(county, "name"), NAME_PX) * 1.2 + 8;
            const box = settled(map, rings, rings.get(feature) ?? [], at, width, typed(count ? LABEL_HEIGHT : NAME_HEIGHT), [...obstacles, ...boxes], room);
            if (!box && !count) continue;
            // A badge is the only trace of its items on the map: it stands even where it is crowded.
            const place = box ?? leastCovered(at, width, typed(LABEL_HEIGHT), [...obstacles, ...boxes]);
            const middle = L.point(place.x + place.w / 2, place.y + place.h / 2);
            const latlng = map.layerPointToLatLng(middle);
            mark(names, latlng, county, count, state.view.county.includes(county.code), () => open(latlng, wide, county));
            boxes.push(place);
        }
    };
    return {
        draw,
        boxes: () => boxes,
        /** @param {Selection} next @param {View} view @param {Item | undefined} focus */
        update(next, view, focus) {
            selection = next;
            const chosen = view.county.filter((code) => code !== "city" && code !== "outside");
            const wide = focus && focus.method === "counties" ? focus : null;
            tint(wide?.layer ?? null);
            for (const { code, layer } of veils) {
                const within = wide && (wide.scope === "city" || wide.counties.includes(code));
                layer.eachLayer((path) => {
                    const element = /** @type {L.Path} */ (path).getElement();
                    element?.classList.toggle("is-out", chosen.length > 0 && !chosen.includes(code));
                    element?.classList.toggle("is-chosen", chosen.includes(code));
                    element?.classList.toggle("is-tinted", Boolean(within));
                });
            }
        },
        /** The box around some counties, or around all of them. @param {string[]} codes */
        bounds(codes) {
            const bounds = L.latLngBounds([]);
            for (const { code, layer } of veils) {
                if (codes.length === 0 || codes.includes(code)) bounds.extend(layer.getBounds());
            }
            return bounds;
        },
    };
}

/** The items shown that are known only by this county. @param {Selection | null} selection @param {string} code */
function wideIn(selection, code) {
    return (selection?.items ?? []).filter((item) => truthOf(item) === "wide" && item.counties.includes(code));
}

/**
 * Where a name stands free: about its place, in its own county, else where no other county is, as on the sea.
 * @param {L.Map} map @param {Map<unknown, GeoJSON.Position[][]>} counties @param {GeoJSON.Position[][]} own
 * @param {L.Point} at @param {number} w @param {number} h @param {Box[]} obstacles @param {Box} room
 * @returns {Box | undefined}
 */
function settled(map, counties, own, at, w, h, obstacles, room) {
    // A county whose place is in the window has its name whole; one that is not, leaves with its place.
    const seen = lies({ x: at.x, y: at.y, w: 0, h: 0 }, room);
    const free = STEPS.map(([dx = 0, dy = 0]) => ({ x: at.x + dx - w / 2, y: at.y + dy - h / 2, w, h }))
        .filter((box) => !obstacles.some((other) => overlap(box, other)) && (!seen || lies(box, room)));
    const within = (/** @type {GeoJSON.Position[][]} */ rings, /** @type {Box} */ { x, y }) => {
        const { lng, lat } = map.layerPointToLatLng([x + w / 2, y + h / 2]);
        return isWithin(rings, [lng, lat]);
    };
    const home = free.find((box) => within(own, box));
    // Only a county too small for its own name has it outside, as on the sea.
    if (home || widthOn(map, own) > SMALL_PX) return home;
    return free.find((box) => near(box, at) && ![...counties.values()].some((rings) => within(rings, box)));
}

/** @param {Box} box @param {L.Point} at */
function near(box, at) {
    return Math.hypot(box.x + box.w / 2 - at.x, box.y + box.h / 2 - at.y) < NEAR_PX;
}

/** How wide a county is on the screen. @param {L.Map} map @param {GeoJSON.Position[][]} rings */
function widthOn(map, rings) {
    const [west = 0, , east = 0] = boxOf(rings.flat()) ?? [];
    const { lat } = map.getCenter();
    return map.latLngToLayerPoint([lat, east]).x - map.latLngToLayerPoint([lat, west]).x;
}

/** Not far from its place, where it hides and is hidden least. @param {L.Point} at @param {number} w @param {number} h @param {Box[]} obstacles @returns {Box} */
function leastCovered(at, w, h, obstacles) {
    const near = STEPS.slice(0, NEAR_STEPS).map(([dx = 0, dy = 0]) => ({ x: at.x + dx - w / 2, y: at.y + dy - h / 2, w, h }));
    const covered = (/** @type {Box} */ box) => obstacles.reduce((sum, other) => sum + shared(box, other), 0);
    return near.reduce((best, box) => (covered(box) < covered(best) ? box : best));
}

/**
 * @param {L.LayerGroup} group
 * @param {L.LatLng} latlng
 * @param {any} county
 * @param {number} count
 * @param {boolean} chosen
 * @param {() => void} open
 */
function mark(group, latlng, county, count, chosen, open) {
    const name = pick(county, "name");
    const icon = L.divIcon({
        className: `county-name ${chosen ? "is-chosen" : ""} ${count > 0 ? "has-badge" : ""}`,
        iconSize: [0, 0],
        html: String(html`<span>${name}</span>${count > 0 && html`<button type="button" data-spot="county:${county.code}"
            aria-label="${t("map.wide.of", { county: name, n: count })}">${t("map.wide", { n: count })}</button>`}`),
    });
    const marker = L.marker(latlng, { icon, pane: "county-names", keyboard: false, interactive: false }).addTo(group);
    const button = marker.getElement()?.querySelector("button");
    if (!button) return;
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", open);
}

const SVG = "http://www.w3.org/2000/svg";

/** The hatch, in the colour of the layer in hand; patterns inherit from where they stand, not from where they are used. @param {string | null} layer */
function tint(layer) {
    let svg = document.querySelector("#hatch-home");
    if (!svg) {
        svg = document.createElementNS(SVG, "svg");
        svg.id = "hatch-home";
        svg.setAttribute("aria-hidden", "true");
        svg.innerHTML = String(html`<pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-ground" width="9" height="9"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="9"/></pattern>`);
        document.body.append(svg);
    }
    svg.setAttribute("class", layer ? `layer-${layer}` : "");
}
