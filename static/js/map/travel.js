/** Where the map looks: at what the view names, and the view names what the reader has moved it to. */

import { boxOf as boxOfPositions, grown } from "../geometry.js";
import { bboxText } from "../url.js";
import { boundsOf } from "./focus.js";
import L from "./leaflet.js";

/** @typedef {import("../types.d.ts").View} View */
/** @typedef {import("../types.d.ts").Item} Item */
/** @typedef {import("../near.js").Centre} Centre */

/** A single place is not shown closer than this by itself: its surroundings say where it is. */
const PLACE_ZOOM = 12;
/** What is shown around a place with nothing asked of its neighbours. */
const PLACE_KM = 5;
const MARGIN_PX = 28;
/** Below this width the card does not lie over the map. */
const OVERLAY_MIN_PX = 900;

/**
 * @param {L.Map} map
 * @param {{ bounds(codes: string[]): L.LatLngBounds }} counties
 * @param {import("../state.js").State} state
 */
export function createTravel(map, counties, state) {
    /** Where the map was last sent. The reader has moved it when it is elsewhere. */
    let sent = "";
    let aim = L.latLngBounds([]);
    /** @type {View | null} */
    let before = null;
    let ringed = "";

    const here = () => boxText(map);
    const send = (/** @type {L.LatLngBounds} */ bounds, maxZoom = 15) => {
        map.fitBounds(bounds, {
            paddingTopLeft: [MARGIN_PX, MARGIN_PX],
            paddingBottomRight: [MARGIN_PX + cardWidth(map), MARGIN_PX],
            maxZoom,
            animate: false,
        });
        sent = here();
        aim = bounds;
    };
    const home = () => send(counties.bounds([]));

    /** @param {Item} item */
    const reveal = (item) => {
        const bounds = boundsOf(item) ?? (item.method === "counties" ? counties.bounds(item.counties) : null);
        if (!bounds) return;
        const comfortable = clear(map).contains(bounds) && map.getZoom() >= Math.min(10.5, map.getBoundsZoom(bounds) - 2);
        if (!comfortable) send(bounds, PLACE_ZOOM);
    };

    // Asked a moment later: while the map is being sent somewhere, "sent" is not yet up to date.
    /** Whether the view is near to something else than the map was last sent to. @param {View} view @param {Centre | null} centre */
    const elsewhere = (view, centre) => {
        const asked = centre && (view.place || view.near) ? [...centre.position, view.near].join() : "";
        const news = asked !== "" && asked !== ringed;
        ringed = asked;
        return news;
    };
    /** To the ring of what is near, or to the item in hand, if either is new. @param {View} view @param {View | null} last @param {Item | undefined} focus @param {Centre | null} centre */
    const toItem = (view, last, focus, centre) => {
        if (elsewhere(view, centre) && centre) {
            send(around(centre.position, Number(view.near ?? PLACE_KM)));
            return true;
        }
        if (!focus) return false;
        if (focus.id === last?.focus) return false;
        reveal(focus);
        // From here on the link names the very extent, so that closing the card moves nothing.
        if (last) queueMicrotask(() => state.change({ bbox: boxOf(map) }, "replace"));
        return true;
    };

    map.on("moveend", () => queueMicrotask(() => {
        state.see(boxOf(map));
        if (before !== null && here() !== sent) state.change({ bbox: boxOf(map) }, "replace");
    }));

    return {
        home,
        /** Where the map is now is where it was sent. */
        stay: () => { sent = here(); },
        /** In a window of another size the map shows what it was sent to show, unless the reader has moved it. */
        resized: () => {
            const untouched = state.view.bbox === null && here() === sent && aim.isValid();
            map.invalidateSize({ pan: false });
            if (untouched) send(aim);
        },
        /** @param {View} view @param {Item | undefined} focus @param {Centre | null} centre what the view is near to */
        update(view, focus, centre) {
            const last = before;
            before = view;
            const text = bboxText(view);
            if (text) {
                elsewhere(view, centre);
                if (text !== here()) exact(map, view);
                sent = here();
            } else if (!toItem(view, last, focus, centre) && (last === null || changed(last, view))) {
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

/** A box fits its own window again only when it is a hair smaller. @param {L.Map} map @param {View} view */
function exact(map, view) {
    const [west, south, east, north] = /** @type {[number, number, number, number]} */ (view.bbox);
    map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(-0.005), { animate: false });
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
