/**
 * Where the map looks: at what the view names, and the view names what the reader has moved it to.
 *
 * Two boxes are kept apart. The view's bbox is what was asked: by a link, or by the reader's own hand on the map.
 * The extent is what the map happens to show, which depends on the window. Only a hand turns an extent into a bbox;
 * what the map does by itself (going to a view, a window of another size) never does, so that neither feeds the other.
 */

import { boxOf as boxOfPositions, grown, pointsOf, positionsOf } from "../draw/geometry.js";
import { destinationOf } from "../core/destination.js";
import L from "./leaflet.js";

/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/proximity.js").Centre} Centre */

/** A single place is not shown closer than this by itself: its surroundings say where it is. */
const PLACE_ZOOM = 12;
const MARGIN_PX = 28;
/** In a small window the margin takes this share of it at most. */
const MARGIN_SHARE = 0.1;
/** What a hand on the map begins with. */
const TOUCHES = ["pointerdown", "touchstart", "wheel", "keydown", "click"];
/** Below this width the card does not lie over the map. */
const OVERLAY_MIN_PX = 900;
const BESIDE = ["#card:not([hidden])", "body:not(.embed) #legend.is-open"];
/** On a phone on its side a presentation has its legend beside the map. */
const PRESENTED = [".is-presenting #legend.is-open"];

/** @typedef {{ bounds(codes: string[]): L.LatLngBounds }} Counties */
/**
 * What the map was last sent to show, and how; whether the reader has moved it since; whether a hand has been on it,
 * for nothing else moves it for a reader; the view that was shown before; and what the window shows while it is printed.
 * @typedef {{ map: L.Map, counties: Counties, state: import("../core/state.js").State, aim(): void, moved: boolean, hand: boolean,
 *     quiet: number, before: View | null,
 *     unprinted: { centre: L.LatLng, zoom: number, box: [number, number, number, number] } | null, known: import("../core/destination.js").Known }} Traveller
 */

/** @param {L.Map} map @param {Counties} counties @param {import("../core/state.js").State} state */
export function createViewport(map, counties, state) {
    /** @type {Traveller} */
    const own = { map, counties, state, aim() {}, moved: false, hand: false, quiet: 0, before: null, unprinted: null, known: { boxed: "", ringed: "" } };
    for (const name of TOUCHES) {
        map.getContainer().addEventListener(name, () => { own.hand = true; }, { capture: true, passive: true });
    }
    map.on("moveend", () => {
        const byHand = own.hand && own.quiet === 0 && own.before !== null;
        own.moved ||= byHand;
        queueMicrotask(() => {
            state.setExtent(boxOf(map));
            if (byHand) tell(own, boxOf(map));
        });
    });
    return {
        home: () => send(own, counties.bounds([])),
        /** Does what moves the map without it being the reader's doing. @param {() => void} move */
        quietly: (move) => quietly(own, move),
        resized: () => quietly(own, () => resized(own)),
        /** @param {View} view @param {Item | undefined} focus @param {Centre | null} centre what the view is near to */
        update(view, focus, centre) {
            const last = own.before;
            own.before = view;
            const { to, known } = destinationOf(view, last, focus, centre, own.known);
            own.known = known;
            if (to) go(own, to);
            // A map that was there already has not moved: what it shows is said all the same.
            if (!last) queueMicrotask(() => state.extent ?? state.setExtent(boxOf(map)));
            // Not while the view is being shown; and a window that holds just what is in it stays.
            if (to && "near" in to && last && !view.bbox) queueMicrotask(() => tellExtent(own));
        },
    };
}

/**
 * In a window of another size the map shows what it was sent to show, unless the reader has moved it; while
 * the list holds just what is in the view's box, the map keeps to that box. A sheet shows all of what the window
 * showed, however much smaller its map is; after it the window is as it was.
 * @param {Traveller} own
 */
function resized(own) {
    const { map, unprinted } = own;
    const sheet = matchMedia("print").matches;
    const seen = unprinted ?? { centre: map.getCenter(), zoom: map.getZoom(), box: boxOf(map) };
    own.unprinted = sheet ? seen : null;
    map.invalidateSize({ pan: sheet || unprinted !== null, animate: false });
    if (unprinted && !sheet) map.setView(seen.centre, seen.zoom, { animate: false });
    else if (!own.moved || own.before?.inview) own.aim();
    else if (sheet) exact(map, seen.box);
}

/** @param {Traveller} own @param {import("../core/destination.js").Destination} to */
function go(own, to) {
    const { map, counties } = own;
    if ("box" in to) return sendBy(own, () => exact(map, to.box));
    if ("counties" in to) return send(own, counties.bounds(to.counties));
    if (to.near === "place") return send(own, around(to.position, to.km));
    const bounds = boundsOf(to.item) ?? (to.item.method === "counties" ? counties.bounds(to.item.counties) : null);
    if (!bounds) return;
    const comfortable = clear(map).contains(bounds) && map.getZoom() >= Math.min(10.5, map.getBoundsZoom(bounds) - 2);
    if (!comfortable) send(own, bounds, PLACE_ZOOM);
}

/** @param {Traveller} own @param {() => void} move */
function quietly(own, move) {
    own.quiet += 1;
    move();
    own.quiet -= 1;
}

/** @param {Traveller} own @param {() => void} fit */
function sendBy(own, fit) {
    Object.assign(own, { aim: fit, moved: false, hand: false });
    quietly(own, fit);
}

/** @param {Traveller} own @param {L.LatLngBounds} bounds */
function send(own, bounds, maxZoom = 15) {
    const { map } = own;
    sendBy(own, () => {
        const [x, y] = margins(map);
        // The sources lie over the lower edge.
        const below = (document.getElementById("credit")?.offsetHeight ?? 0) + y / 2;
        map.fitBounds(bounds, { paddingTopLeft: [x, y], paddingBottomRight: [x + coveredWidth(map), Math.max(y, below)], maxZoom, animate: false });
    });
}

/** From here on the link names the very extent, so that closing the card moves nothing. @param {Traveller} own */
function tellExtent(own) {
    if (own.before?.focus && !own.before.bbox) tell(own, boxOf(own.map));
}

/** @param {Traveller} own @param {NonNullable<View["bbox"]>} box */
function tell(own, box) {
    own.known = { ...own.known, boxed: box.join(",") };
    own.aim = () => exact(own.map, box);
    own.state.change({ bbox: box }, "replace");
}

/** @param {GeoJSON.Position} position @param {number} km */
function around(position, km) {
    const box = boxOfPositions([position]) ?? [0, 0, 0, 0];
    const [west, south, east, north] = grown(box, km * 1000);
    return L.latLngBounds([south, west], [north, east]);
}

/** The whole box; its own window shows it already, and it fits that again only when it is a hair smaller. @param {L.Map} map @param {NonNullable<View["bbox"]>} box */
function exact(map, box) {
    if (box.join(",") === boxText(map)) return;
    const [west, south, east, north] = box;
    map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(-0.005), { animate: false });
}

/** What is left free at the sides, and above and below. @param {L.Map} map @returns {[number, number]} */
function margins(map) {
    const { x, y } = map.getSize();
    return [Math.min(MARGIN_PX, x * MARGIN_SHARE), Math.min(MARGIN_PX, y * MARGIN_SHARE)];
}

/** @param {L.Map} map @returns {[number, number, number, number]} */
function boxOf(map) {
    const bounds = map.getBounds();
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    return /** @type {[number, number, number, number]} */ (box.map((degree) => Number(degree.toFixed(4))));
}

/** @param {L.Map} map */
function boxText(map) {
    return boxOf(map).join(",");
}

/** How much of the map's right side the card covers, or the legend that lies over it. @param {L.Map} map */
function coveredWidth(map) {
    if (matchMedia("print").matches) return 0;
    const parts = window.innerWidth >= OVERLAY_MIN_PX ? BESIDE : matchMedia("(orientation: landscape)").matches ? PRESENTED : [];
    const over = parts.map((part) => document.querySelector(part)).find(Boolean);
    const { left, width } = over?.getBoundingClientRect() ?? { left: 0, width: 0 };
    return width && map.getContainer().getBoundingClientRect().right - left;
}

/** The part of the map that nothing covers. @param {L.Map} map */
function clear(map) {
    const size = map.getSize();
    return L.latLngBounds(
        map.containerPointToLatLng([MARGIN_PX, size.y - MARGIN_PX]),
        map.containerPointToLatLng([size.x - MARGIN_PX - coveredWidth(map), MARGIN_PX]),
    );
}

/**
 * The part of the map an item needs: its geometry and its circle.
 * @param {Item} item
 * @returns {L.LatLngBounds | null}
 */
function boundsOf(item) {
    const box = boxOfPositions(positionsOf(item.geometry));
    if (!box) return null;
    const around = pointsOf(item.geometry).length > 0 ? (item.uncertainty_m ?? 0) * 1.15 : 0;
    const [west, south, east, north] = grown(box, Math.max(around, 300));
    return L.latLngBounds([south, west], [north, east]);
}
