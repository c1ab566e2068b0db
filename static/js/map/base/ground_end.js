/** Where the built-in map ends, zooming ends with a word, and not with white paper. */

import { html, render } from "../../io/html.js";
import { distance, t } from "../../core/i18n.js";

/** How far its roads and waters may lie from where they are. */
const OFF_M = 300;

/** @param {import("leaflet").Map} map @param {(() => void) | null} another shows other base maps, where there are any */
export function createGroundEnd(map, another) {
    const note = document.createElement("p");
    note.className = "ground-end";
    note.setAttribute("role", "status");
    map.getContainer().append(note);
    const update = () => {
        const root = map.getContainer();
        const ended = map.getZoom() >= map.getMaxZoom() && !root.classList.contains("has-tiles");
        note.hidden = !ended;
        render(note, html`${ended && html`<span>${t("ground.end", { most: distance(OFF_M) })}</span>
            ${another && html`<button type="button" class="quiet" data-another>${t("ground.another")}</button>`}`}`);
    };
    note.addEventListener("click", (event) => {
        event.stopPropagation();
        if (event.target instanceof Element && event.target.closest("[data-another]")) another?.();
    });
    map.on("zoomend zoomlevelschange", update);
    update();
    return { update };
}
