/** Buttons under the zoom: the whole city, measuring, where the reader is, notes. They come after the map. */

import { t } from "../core/i18n.js";
import L from "./leaflet.js";

/** @param {L.Map} map @param {() => void} goHome @param {(() => void) | null} annotate */
export function toolBar(map, goHome, annotate) {
    const tool = (/** @type {"measure" | "locate"} */ name) => async () => (await import("./tools.js")).useTool(map, name);
    return barOf([
        { name: "home", words: t("map.home"), path: "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5", press: goHome },
        { name: "measure", words: t("map.measure"), path: "M2 13 13 2l5 5L7 18zM6 9l2 2M9 6l2 2M12 3l2 2", press: tool("measure") },
        { name: "locate", words: t("map.locate"), path: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 1v4M10 15v4M1 10h4M15 10h4", press: tool("locate") },
        ...(annotate ? [{ name: "annotate", words: t("notes"), path: "M3 3h14v10H9l-4 4v-4H3zM6 7h8M6 10h5", press: annotate }] : []),
    ]);
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
