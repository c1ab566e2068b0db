/** Zoom, the whole city, measuring, where the reader is, the scale bar: with names in the language in force. */

import { t } from "../core/i18n.js";
import L from "./leaflet.js";

/**
 * @param {L.Map} map
 * @param {() => void} goHome
 * @param {(() => void) | null} annotate null where nobody may
 */
export function createControls(map, goHome, annotate) {
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
            const now = [zoom.addTo(map)];
            controls = now;
            map.getContainer().setAttribute("aria-label", t("map"));
            void import("./tool_bar.js").then(({ toolBar }) => {
                if (controls === now) now.push(toolBar(map, goHome, annotate).addTo(map));
            });
        },
    };
}
