/**
 * The counties on the map: each can be pointed at, chosen and reached by keyboard; those not chosen are masked, those
 * of an item known only by county are hatched. Such an item is never a dot.
 */

import { certaintyOf, tintClass } from "../../draw/symbols.js";
import { html } from "../../io/html.js";
import { lang, number, pick, pickOwn, t } from "../../core/i18n.js";
import L from "../leaflet.js";
import { listsIn } from "../../draw/geometry.js";
import { placeLabel } from "../../draw/area_label.js";
import { areaOn, createKeptMarkers, leaderLine } from "../labels/on_map.js";
import { scaledSize } from "../../draw/label_placement.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {import("../../core/types.d.ts").County} County */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../../draw/label_placement.js").Box} Box */
/** @typedef {{ county: County, feature: GeoJSON.Feature, layer: L.GeoJSON, paths: L.Path[] }} Drawn */
/** @typedef {{ choose(county: County, whole: boolean): void, open(latlng: L.LatLng, items: Item[], county: County): void }} On */
/** @typedef {{ markup: string, kind: string }} Form */
/** @typedef {{ left: number, top: number, w: number, h: number }} Extent of a form about its marker's place */

/** Farther out there is no room for badges: pointing at the county says the same. */
const BADGE_ZOOM = 8.6;
/** A count that has no room for the name of its county. */
const ALONE = "tally is-small is-alone";
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {L.Map} map
 * @param {GeoJSON.FeatureCollection} data
 * @param {import("../map.js").Page} page
 * @param {On} on what a county does, told whether it is whole in the window; and what its badge does
 */
export function createCounties(map, data, { pack, state }, on) {
    map.createPane("veil").style.zIndex = "300";
    const renderer = L.svg({ pane: "veil", padding: 0.6 });
    const names = createCountyNames(map, on.open);
    const counties = data.features.flatMap((feature) => {
        const county = pack.counties.find(({ code }) => code === String(feature.properties?.code));
        return county ? [drawnOf(map, renderer, feature, county, on)] : [];
    });
    /** @type {Selection | null} */
    let selection = null;
    return {
        boxes: names.boxes,
        /** @param {Box[]} obstacles @param {Box} room the part of the map that can be seen */
        draw(obstacles, room) {
            const tallies = state.view.choropleth === "1" ? selection?.counts.county ?? new Map() : null;
            const roomy = map.getZoom() >= BADGE_ZOOM && !tallies;
            names.draw(counties.map(({ county, feature }) => ({
                county, feature, wide: roomy ? wideIn(selection, county.code) : [],
                tally: tallies ? tallies.get(county.code) ?? 0 : null, chosen: state.view.county.includes(county.code),
            })), obstacles, room);
        },
        /** @param {Selection} next @param {View} view @param {Item | undefined} focus */
        update(next, view, focus) {
            selection = next;
            const chosen = view.county.filter((code) => code !== "city" && code !== "outside");
            const wide = focus && focus.method === "counties" ? focus : null;
            tint(wide);
            for (const one of counties) {
                const { code } = one.county;
                markLand(one, wordsOf(one.county, next), {
                    "is-out": chosen.length > 0 && !chosen.includes(code), "is-chosen": chosen.includes(code),
                    "is-tinted": Boolean(wide && (wide.scope === "city" || wide.counties.includes(code))),
                });
            }
        },
        /** The box around some counties, or around all of them. @param {string[]} codes */
        bounds: (codes) => counties.filter(({ county }) => codes.length === 0 || codes.includes(county.code))
            .reduce((bounds, { layer }) => bounds.extend(layer.getBounds()), L.latLngBounds([])),
    };
}

/** @param {Drawn} one @param {string} words @param {Record<"is-out" | "is-chosen" | "is-tinted", boolean>} marks */
function markLand({ layer, paths }, words, marks) {
    layer.setTooltipContent(words);
    for (const element of paths.flatMap((path) => path.getElement() ?? [])) {
        for (const [name, on] of Object.entries(marks)) element.classList.toggle(name, on);
        element.setAttribute("aria-pressed", String(marks["is-chosen"]));
        element.setAttribute("aria-label", words);
    }
}

/**
 * One county: a shape over its land that answers the pointer and the keyboard.
 * @param {L.Map} map @param {L.Renderer} renderer @param {GeoJSON.Feature} feature @param {County} county @param {On} on
 * @returns {Drawn}
 */
function drawnOf(map, renderer, feature, county, on) {
    const layer = L.geoJSON(feature, /** @type {any} */ ({ renderer, pane: "veil", style: { className: "veil" } })).addTo(map);
    const choose = () => on.choose(county, map.getBounds().contains(layer.getBounds()));
    layer.bindTooltip("", { sticky: true, direction: "top", className: "tip" });
    layer.on("click", (event) => {
        // What closes a list over the map is no choice of the county under it.
        if (document.querySelector(".leaflet-popup")) return;
        L.DomEvent.stopPropagation(event);
        choose();
    });
    const paths = /** @type {L.Path[]} */ (layer.getLayers());
    for (const element of paths.flatMap((path) => path.getElement() ?? [])) {
        element.setAttribute("tabindex", "0");
        element.setAttribute("role", "button");
        element.setAttribute("data-land", county.code);
        element.addEventListener("keydown", (event) => {
            const { key } = /** @type {KeyboardEvent} */ (event);
            if (key !== "Enter" && key !== " ") return;
            event.preventDefault();
            choose();
        });
    }
    return { county, feature, layer, paths };
}

/** A county's name and what is in it, as far as the other choices go. @param {County} county @param {Selection} selection */
function wordsOf(county, selection) {
    const wide = wideIn(selection, county.code).length;
    const counts = [t("count", { n: selection.counts.county.get(county.code) ?? 0 }), ...(wide ? [t("map.wide", { n: wide })] : [])];
    return [pick(county, "name"), ...counts].join(" · ");
}

/** The items shown that are known only by this county. @param {Selection | null} selection @param {string} code */
function wideIn(selection, code) {
    return (selection?.items ?? []).filter((item) => certaintyOf(item) === "wide" && item.counties.includes(code));
}

/** The hatch, in the colour of the chosen layer; patterns inherit from where they stand, not from where they are used. @param {Item | null} item */
function tint(item) {
    let svg = document.querySelector("#hatch-home");
    if (!svg) {
        svg = document.createElementNS(SVG, "svg");
        svg.id = "hatch-home";
        svg.setAttribute("aria-hidden", "true");
        svg.innerHTML = String(html`<pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-ground" width="9" height="9"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="9"/></pattern>`);
        document.body.append(svg);
    }
    svg.setAttribute("class", item ? tintClass(item) : "");
}

/**
 * @typedef {{ county: County, feature: GeoJSON.Feature, wide: Item[], tally: number | null, chosen: boolean }} Named
 *     `wide` are the items that its badge stands for
 */

/**
 * @param {L.Map} map
 * @param {(latlng: L.LatLng, items: Item[], county: County) => void} open what a badge does
 */
function createCountyNames(map, open) {
    map.createPane("county-names").style.zIndex = "450";
    const [kept, leaders] = [createKeptMarkers(L.layerGroup().addTo(map)), L.layerGroup().addTo(map)];
    const areasOf = outlinesAt(map);
    /** What each badge does now. @type {Map<string, () => void>} */
    const openings = new Map();
    /** @type {(Box & { text: string })[]} */
    let boxes = [];
    return {
        boxes: () => boxes,
        /** @param {Named[]} counties @param {Box[]} obstacles @param {Box} room the part of the map that can be seen */
        draw(counties, obstacles, room) {
            leaders.clearLayers();
            boxes = [];
            const areas = areasOf(counties);
            for (const [i, { county, feature, wide, tally, chosen }] of counties.entries()) {
                const forms = formsOf(county, wide.length, tally).map((form) => ({ ...form, ...extentOf(map, form) }));
                const [lng, lat] = feature.properties?.label ?? [0, 0];
                const { x, y } = map.latLngToLayerPoint([lat, lng]);
                const [own] = areas.slice(i, i + 1);
                const place = (/** @type {(Form & Extent)[]} */ ways) => own && placeLabel(own, areas.filter((area) => area !== own), [x, y], ways, [...obstacles, ...boxes], room);
                const placed = place(forms.filter(({ kind }) => kind !== ALONE)) ?? place(forms.filter(({ kind }) => kind === ALONE));
                if (!placed) continue;
                boxes.push({ ...placed.box, text: pick(county, "name") });
                const form = /** @type {Form & Extent} */ (placed.form);
                const latlng = map.layerPointToLatLng([placed.box.x - form.left, placed.box.y - form.top]);
                openings.set(county.code, () => open(latlng, wide, county));
                mark(kept, latlng, form, county, chosen, openings);
                if (placed.leader) leaderLine(map, placed.leader, "county-names").addTo(leaders);
            }
            kept.end();
        },
    };
}

/** The counties in the pixels of the map, which stay the same while it is but moved. @param {L.Map} map */
function outlinesAt(map) {
    /** @type {import("../../draw/area_label.js").Area[]} */
    let areas = [];
    /** @type {unknown[]} */
    let known = [];
    return (/** @type {Named[]} */ counties) => {
        const now = [map.getZoom(), map.options.crs, ...Object.values(map.getPixelOrigin())];
        if (now.some((one, i) => one !== known[i])) areas = counties.map(({ feature }) => areaOn(map, listsIn(feature.geometry)));
        known = now;
        return areas;
    };
}

/**
 * The ways to write a county's name, best first: with its badge, plain, small; whole or short; its count alone.
 * @param {County} county @param {number} count @param {number | null} tally @returns {Form[]}
 */
function formsOf(county, count, tally) {
    const [name, short] = [pick(county, "name"), pickOwn(county, "short")];
    const texts = [...new Set([name, short || name])];
    const total = tally === null ? "" : html`<strong>${number(tally)}</strong>`;
    const plain = (/** @type {string} */ text, small = false) => ({
        kind: `${small ? "is-small" : ""} ${total ? "tally" : ""}`, markup: String(html`<span>${text}${total}</span>`),
    });
    const badged = (/** @type {string} */ text) => ({
        kind: "has-badge",
        markup: String(html`<span>${text}</span><button type="button" data-spot="county:${county.code}"
            aria-label="${t("map.wide.of", { county: name, n: count })}">${t("map.wide", { n: count })}</button>`),
    });
    const alone = total ? [{ kind: ALONE, markup: String(html`<span>${total}</span>`) }] : [];
    return [...(count > 0 ? texts.map(badged) : []), ...texts.map((text) => plain(text)), plain(short || name, true), ...alone];
}

/** @type {Map<string, Extent>} */
const extents = new Map();

/** How large a form is as the style sheets write it, measured once. @param {L.Map} map @param {Form} form @returns {Extent} */
function extentOf(map, { markup, kind }) {
    const key = [lang(), scaledSize(1), kind, markup].join(" ");
    const known = extents.get(key);
    if (known) return known;
    const probe = document.createElement("div");
    probe.className = `county-name is-probe ${kind}`;
    probe.innerHTML = markup;
    map.getPane("county-names")?.append(probe);
    const home = probe.getBoundingClientRect();
    const parts = [...probe.children].map((part) => part.getBoundingClientRect());
    const [left, top] = [Math.min(...parts.map((part) => part.left)), Math.min(...parts.map((part) => part.top))];
    const [right, bottom] = [Math.max(...parts.map((part) => part.right)), Math.max(...parts.map((part) => part.bottom))];
    probe.remove();
    const extent = { left: left - home.left, top: top - home.top, w: right - left, h: bottom - top };
    extents.set(key, extent);
    return extent;
}

/** @param {ReturnType<typeof createKeptMarkers>} kept @param {L.LatLng} latlng @param {Form} form @param {County} county @param {boolean} chosen @param {Map<string, () => void>} openings */
function mark(kept, latlng, { markup, kind }, { code }, chosen, openings) {
    const className = `county-name ${kind} ${chosen ? "is-chosen" : ""}`;
    const element = kept.put([code, className, markup].join(" "), latlng, () => (
        { icon: L.divIcon({ className, iconSize: [0, 0], html: markup }), pane: "county-names", keyboard: false, interactive: false }
    )).getElement();
    if (!element || element.dataset.county) return;
    element.dataset.county = code;
    const button = element.querySelector("button");
    if (!button) return;
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", () => openings.get(code)?.());
}
