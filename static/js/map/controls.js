/** Zoom, the whole city, the scale bar: with names in the language in force. */

import { t } from "../core/i18n.js";
import L from "./leaflet.js";

/**
 * @param {L.Map} map
 * @param {() => void} goHome
 */
export function createControls(map, goHome) {
    /** @type {L.Control[]} */
    let controls = [];
    let spoken = "";
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 120 }).addTo(map);
    return {
        update() {
            if (spoken === t("map.home")) return;
            spoken = t("map.home");
            for (const control of controls) control.remove();
            const zoom = L.control.zoom({
                position: "topleft", zoomInTitle: t("map.zoom-in"), zoomOutTitle: t("map.zoom-out"),
            });
            controls = [zoom.addTo(map), homeControl(goHome).addTo(map)];
            map.getContainer().setAttribute("aria-label", t("map"));
        },
    };
}

/** @param {() => void} goHome */
function homeControl(goHome) {
    const control = new L.Control({ position: "topleft" });
    control.onAdd = () => {
        const bar = L.DomUtil.create("div", "leaflet-bar leaflet-control");
        const button = L.DomUtil.create("button", "home", bar);
        button.type = "button";
        button.title = t("map.home");
        button.setAttribute("aria-label", t("map.home"));
        button.innerHTML = "<svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5\"/></svg>";
        L.DomEvent.disableClickPropagation(bar);
        L.DomEvent.on(button, "click", goHome);
        return bar;
    };
    return control;
}
