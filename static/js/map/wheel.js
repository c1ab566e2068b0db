/** A map inside a page that scrolls: the wheel belongs to the page until the map is clicked. */

/** @param {import("leaflet").Map} map */
export function wheelAfterClick(map) {
    map.scrollWheelZoom.disable();
    map.on("click focus", () => map.scrollWheelZoom.enable());
    map.on("blur mouseout", () => map.scrollWheelZoom.disable());
}
