/** Zoom, the whole city, measuring, where the reader is, the scale bar: with names in the language in force. */

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
            const tool = (/** @type {"measure" | "locate"} */ name) => async () => (await import("./tools.js")).useTool(map, name);
            controls = [
                zoom.addTo(map),
                barOf([
                    { name: "home", words: t("map.home"), path: "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5", press: goHome },
                    { name: "measure", words: t("map.measure"), path: "M2 13 13 2l5 5L7 18zM6 9l2 2M9 6l2 2M12 3l2 2", press: tool("measure") },
                    { name: "locate", words: t("map.locate"), path: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 1v4M10 15v4M1 10h4M15 10h4", press: tool("locate") },
                ]).addTo(map),
            ];
            map.getContainer().setAttribute("aria-label", t("map"));
        },
    };
}

/** Buttons with a drawing each. @param {{ name: string, words: string, path: string, press: () => void }[]} buttons */
function barOf(buttons) {
    const control = new L.Control({ position: "topleft" });
    control.onAdd = () => {
        const bar = L.DomUtil.create("div", "leaflet-bar leaflet-control");
        for (const { name, words, path, press } of buttons) {
            const button = L.DomUtil.create("button", `${name} map-tool`, bar);
            button.type = "button";
            button.title = words;
            button.setAttribute("aria-label", words);
            button.innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;
            L.DomEvent.on(button, "click", press);
        }
        L.DomEvent.disableClickPropagation(bar);
        return bar;
    };
    return control;
}
