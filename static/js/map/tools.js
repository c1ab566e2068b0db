/** Measuring on the map, and where the reader is. Loaded on use; neither is kept in the address. */

import { distance, t } from "../core/i18n.js";
import { distanceBetween } from "../core/proximity.js";
import { styled } from "../io/styles.js";
import L from "./leaflet.js";

/** What is in use on a map. @type {WeakMap<L.Map, { name: string, end: () => void }>} */
const inUse = new WeakMap();

/** Starts a tool, or ends it when it is in use; one at a time. @param {L.Map} map @param {"measure" | "locate"} name */
export async function useTool(map, name) {
    const before = inUse.get(map);
    before?.end();
    if (before?.name === name) return;
    await styled("demand");
    const layer = L.layerGroup().addTo(map);
    const said = noteOn(map, () => inUse.get(map)?.end());
    const stop = name === "measure" ? measure(map, layer, said.say) : locate(map, layer, said.say);
    const ended = (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") inUse.get(map)?.end(); };
    document.addEventListener("keydown", ended);
    map.getContainer().querySelector(`.map-tool.${name}`)?.setAttribute("aria-pressed", "true");
    inUse.set(map, { name, end: () => {
        stop();
        layer.remove();
        said.remove();
        document.removeEventListener("keydown", ended);
        map.getContainer().querySelector(`.map-tool.${name}`)?.setAttribute("aria-pressed", "false");
        inUse.delete(map);
    } });
}

/** A line of words over the map, said aloud, with a button that ends the tool. @param {L.Map} map @param {() => void} end */
function noteOn(map, end) {
    const note = L.DomUtil.create("div", "tool-note", map.getContainer());
    const words = L.DomUtil.create("span", "", note);
    const button = L.DomUtil.create("button", "chip", note);
    Object.assign(button, { type: "button", textContent: t("map.tool.end"), onclick: end });
    words.setAttribute("role", "status");
    L.DomEvent.disableClickPropagation(note);
    return { say: (/** @type {string} */ text) => { words.textContent = text; }, remove: () => note.remove() };
}

/** Each press, or Enter at the middle of the map, adds a corner. @param {L.Map} map @param {L.LayerGroup} layer @param {(text: string) => void} say */
function measure(map, layer, say) {
    const container = map.getContainer();
    /** @type {L.LatLng[]} */
    const corners = [];
    const line = L.polyline([], { className: "measured is-line", interactive: false }).addTo(layer);
    const add = (/** @type {L.LatLng} */ corner) => {
        corners.push(corner.wrap());
        line.setLatLngs(corners);
        L.circleMarker(corner, { radius: 4, className: "measured", interactive: false }).addTo(layer);
        if (corners.length > 1) say(t("map.measure.total", { away: distance(lengthOf(corners)) }));
    };
    const pressed = (/** @type {L.LeafletMouseEvent} */ event) => add(event.latlng);
    const entered = (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && event.target === container) add(map.getCenter()); };
    say(t("map.measure.start"));
    container.classList.add("is-measuring");
    map.on("click", pressed);
    container.addEventListener("keydown", entered);
    return () => {
        container.classList.remove("is-measuring");
        map.off("click", pressed);
        container.removeEventListener("keydown", entered);
    };
}

/** @param {L.LatLng[]} corners */
function lengthOf(corners) {
    return corners.slice(1).reduce((sum, one, i) => {
        const before = /** @type {L.LatLng} */ (corners[i]);
        return sum + distanceBetween([before.lng, before.lat], [one.lng, one.lat]);
    }, 0);
}

/** Where the browser says that the reader is, and give or take how much. @param {L.Map} map @param {L.LayerGroup} layer @param {(text: string) => void} say */
function locate(map, layer, say) {
    let asked = true;
    const failed = () => asked && say(t("map.locate.failed"));
    say(t("loading"));
    if (!navigator.geolocation) failed();
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
        if (!asked) return;
        const here = L.latLng(coords.latitude, coords.longitude);
        L.circle(here, { radius: coords.accuracy, className: "measured", interactive: false }).addTo(layer);
        L.circleMarker(here, { radius: 6, className: "measured is-here", interactive: false }).addTo(layer);
        map.setView(here, Math.max(map.getZoom(), 11), { animate: false });
        say(t("map.locate.here", { away: distance(coords.accuracy) }));
    }, failed);
    return () => { asked = false; };
}
