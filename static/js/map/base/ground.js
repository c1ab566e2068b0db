/**
 * The close ground and the choice of base maps, which come after the first view: shapes, names of places, numbers of
 * roads, a button, and a word where the built-in map ends.
 */

import { address, fetchBase, fetchBaseDetail } from "../../io/api.js";
import { styled } from "../../io/styles.js";
import { CLOSE_KINDS } from "../labels/close_kinds.js";
import { addKinds } from "../labels/labels.js";
import { createBaseButton } from "./base_button.js";
import { drawShapes, drawWorld } from "./shapes.js";
import { html, render } from "../../io/html.js";
import { distance, t } from "../../core/i18n.js";

/**
 * @param {import("leaflet").Map} map
 * @param {import("../map.js").Page} page
 * @returns {Promise<(id: string | null) => void>} what is to be told which base map is shown
 */
export async function createGround(map, page) {
    await styled("map_more");
    const button = createBaseButton(map, page);
    const end = createGroundEnd(map, button.open);
    const files = page.pack.detail ?? [];
    const parts = await Promise.allSettled([
        addNames(),
        files.includes("ground.geojson") && fetchBaseDetail("ground").then((data) => drawShapes(map, data, imageAddress)),
        files.includes("world.geojson") && fetchBaseDetail("world").then((data) => drawWorld(map, data)),
    ]);
    // The map is as good without them, but not silently.
    for (const part of parts) if (part.status === "rejected") reportError(part.reason);
    return (id) => {
        button.update(id);
        end.update();
    };
}

/** Joins the names of the close map to those that labels.js draws from. */
async function addNames() {
    const [first, close] = await Promise.all([fetchBase("labels"), fetchBaseDetail("names")]);
    addKinds(CLOSE_KINDS);
    first.features.push(...close.features);
}

/** @param {string} file */
function imageAddress(file) {
    return address(`base/detail/${file}`);
}

/** How far its roads and waters may lie from where they are. */
const OFF_M = 300;

/** Where the built-in map ends, zooming ends with a word, and not with white paper. @param {import("leaflet").Map} map @param {(() => void) | null} another shows other base maps, where there are any */
function createGroundEnd(map, another) {
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
