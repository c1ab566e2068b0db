/** A map inside a page that scrolls: the wheel and one finger belong to the page, a click and two fingers to the map. */

/** @param {import("leaflet").Map} map */
export function wheelAfterClick(map) {
    map.scrollWheelZoom.disable();
    map.on("click focus", () => map.scrollWheelZoom.enable());
    map.on("blur mouseout", () => map.scrollWheelZoom.disable());
}

/** Pinching moves the map as well as it zooms it; a mouse or a pen drags it as ever. @param {import("leaflet").Map} map */
export function scrollWithOneFinger(map) {
    const container = map.getContainer();
    container.addEventListener("pointerdown", (event) => {
        if (event.pointerType === "touch") map.dragging.disable();
        else map.dragging.enable();
    }, { capture: true });
    container.addEventListener("touchmove", (event) => {
        if (event.touches.length > 1) event.preventDefault();
    }, { passive: false });
}
