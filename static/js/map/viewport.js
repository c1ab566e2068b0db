/**
 * Where the map looks: at what the view names, and the view names what the reader has moved it to.
 *
 * Two boxes are kept apart. The view's bbox is what was asked: by a link, or by the reader's own hand on the map.
 * The extent is what the map happens to show, which depends on the window. Only a hand turns an extent into a bbox;
 * what the map does by itself (going to a view, a window of another size) never does, so that neither feeds the other.
 */

import { boxOf as boxOfPositions, grown } from "../draw/geometry.js";
import { bboxText } from "../core/url.js";
import { boundsOf } from "./focus.js";
import L from "./leaflet.js";

/** @typedef {import("../core/types.d.ts").View} View */
/** @typedef {import("../core/types.d.ts").Item} Item */
/** @typedef {import("../core/proximity.js").Centre} Centre */

/** A single place is not shown closer than this by itself: its surroundings say where it is. */
const PLACE_ZOOM = 12;
/** What is shown around a place with nothing asked of its neighbours. */
const PLACE_KM = 5;
const MARGIN_PX = 28;
/** In a small window the margin takes this share of it at most. */
const MARGIN_SHARE = 0.1;
/** What a hand on the map begins with. */
const TOUCHES = ["pointerdown", "touchstart", "wheel", "keydown", "click"];
/** Below this width the card does not lie over the map. */
const OVERLAY_MIN_PX = 900;

/**
 * @param {L.Map} map
 * @param {{ bounds(codes: string[]): L.LatLngBounds }} counties
 * @param {import("../core/state.js").State} state
 */
export function createViewport(map, counties, state) {
    /** What the map was last sent to show, and how. */
    let aim = () => {};
    /** The reader has moved the map since. */
    let moved = false;
    /** A hand has been on the map since it was last sent somewhere; nothing else moves it for a reader. */
    let hand = false;
    let quiet = 0;
    /** The view's box that the map shows, or has told. */
    let boxed = "";
    /** @type {View | null} */
    let before = null;
    let ringed = "";

    /** Does what moves the map without it being the reader's doing. @param {() => void} move */
    const quietly = (move) => {
        quiet += 1;
        move();
        quiet -= 1;
    };
    /** @param {() => void} fit */
    const go = (fit) => {
        aim = fit;
        [moved, hand] = [false, false];
        quietly(fit);
    };
    const send = (/** @type {L.LatLngBounds} */ bounds, maxZoom = 15) => go(() => {
        const [x, y] = margins(map);
        map.fitBounds(bounds, {
            paddingTopLeft: [x, y],
            paddingBottomRight: [x + cardWidth(map), y],
            maxZoom,
            animate: false,
        });
    });
    const home = () => send(counties.bounds([]));

    /** @param {Item} item */
    const reveal = (item) => {
        const bounds = boundsOf(item) ?? (item.method === "counties" ? counties.bounds(item.counties) : null);
        if (!bounds) return;
        const comfortable = clear(map).contains(bounds) && map.getZoom() >= Math.min(10.5, map.getBoundsZoom(bounds) - 2);
        if (!comfortable) send(bounds, PLACE_ZOOM);
    };

    /** Whether the view is near to something else than the map was last sent to. @param {View} view @param {Centre | null} centre */
    const elsewhere = (view, centre) => {
        const asked = centre && (view.place || view.near) ? [...centre.position, view.near].join() : "";
        const news = asked !== "" && asked !== ringed;
        ringed = asked;
        return news;
    };
    /** To the ring of what is near, or to the item in hand, if either is new. @param {View} view @param {View | null} last @param {Item | undefined} focus @param {Centre | null} centre */
    const toItem = (view, last, focus, centre) => {
        if (elsewhere(view, centre) && centre && !view.bbox) {
            send(around(centre.position, Number(view.near ?? PLACE_KM)));
            return true;
        }
        if (!focus) return false;
        if (focus.id === last?.focus) return false;
        reveal(focus);
        return true;
    };
    /** From here on the link names the very extent, so that closing the card moves nothing. */
    const tellExtent = () => {
        if (before?.focus && !before.bbox) tell(boxOf(map));
    };
    /** @param {NonNullable<View["bbox"]>} box */
    const tell = (box) => {
        boxed = box.join(",");
        aim = () => exact(map, box);
        state.change({ bbox: box }, "replace");
    };

    for (const name of TOUCHES) {
        map.getContainer().addEventListener(name, () => { hand = true; }, { capture: true, passive: true });
    }
    map.on("moveend", () => {
        const byHand = hand && quiet === 0 && before !== null;
        moved ||= byHand;
        queueMicrotask(() => {
            state.setExtent(boxOf(map));
            if (byHand) tell(boxOf(map));
        });
    });

    return {
        home,
        quietly,
        /**
         * In a window of another size the map shows what it was sent to show, unless the reader has moved it; while
         * the list holds just what is in the view's box, the map keeps to that box.
         */
        resized: () => quietly(() => {
            map.invalidateSize({ pan: false });
            if (!moved || before?.inview) aim();
        }),
        /** @param {View} view @param {Item | undefined} focus @param {Centre | null} centre what the view is near to */
        update(view, focus, centre) {
            const last = before;
            before = view;
            const text = bboxText(view);
            if (text === "") boxed = "";
            if (view.bbox && text !== boxed) {
                const box = view.bbox;
                elsewhere(view, centre);
                boxed = text;
                go(() => exact(map, box));
            } else if (toItem(view, last, focus, centre)) {
                // Not while the view is being shown; and a window that holds just what is in it stays.
                if (last && !view.bbox) queueMicrotask(tellExtent);
            } else if (text === "" && (last === null || changed(last, view))) {
                send(counties.bounds(codesOf(view)));
            }
        },
    };
}

/** @param {GeoJSON.Position} position @param {number} km */
function around(position, km) {
    const box = boxOfPositions([position]) ?? [0, 0, 0, 0];
    const [west, south, east, north] = grown(box, km * 1000);
    return L.latLngBounds([south, west], [north, east]);
}

/** @param {View} last @param {View} view */
function changed(last, view) {
    return codesOf(last).join() !== codesOf(view).join() || (last.bbox !== null && !view.focus);
}

/** @param {View} view */
function codesOf(view) {
    return view.county.filter((code) => /^\d+$/.test(code));
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

/** How much of the map the card covers. @param {L.Map} map */
function cardWidth(map) {
    if (window.innerWidth < OVERLAY_MIN_PX) return 0;
    const card = map.getContainer().ownerDocument.querySelector("#card:not([hidden])");
    return card ? card.getBoundingClientRect().width : 0;
}

/** The part of the map no card covers. @param {L.Map} map */
function clear(map) {
    const size = map.getSize();
    return L.latLngBounds(
        map.containerPointToLatLng([MARGIN_PX, size.y - MARGIN_PX]),
        map.containerPointToLatLng([size.x - MARGIN_PX - cardWidth(map), MARGIN_PX]),
    );
}
