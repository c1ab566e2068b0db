/** Online base maps, asked for a tile only when the reader chooses one. */

import { pick, t } from "../../core/i18n.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").BaseMap} BaseMap */

const OWN_MAX_ZOOM = 15;

/**
 * @param {L.Map} map
 * @param {BaseMap[]} bases
 * @param {(move: () => void) => void} quietly does what moves the map, and is not the reader's doing
 */
export function createOnlineBaseMaps(map, bases, quietly) {
    /** @type {L.LayerGroup | null} */
    let tiles = null;
    let shown = "";
    return {
        /** @param {string | null} id null is the built-in map */
        async update(id) {
            const base = bases.find((one) => one.id === id);
            const chosen = base?.id ?? "";
            if (shown === chosen) return;
            shown = chosen;
            tiles?.remove();
            tiles = null;
            silence(map);
            map.getContainer().classList.toggle("has-tiles", Boolean(base));
            await useDatum(map, base?.datum, quietly);
            map.setMaxZoom(base?.max_zoom ?? OWN_MAX_ZOOM);
            // Another may have been chosen while this one's datum was fetched.
            if (base && shown === chosen) tiles = tilesOf(map, base).addTo(map);
        },
    };
}

/** The tiles of a base map, and its names above them. @param {L.Map} map @param {BaseMap} base */
function tilesOf(map, base) {
    const tiles = watched(map, tileLayer(base.url, base), base);
    return L.layerGroup(base.overlay ? [tiles, tileLayer(base.overlay, base)] : [tiles]);
}

/** @param {string} url @param {BaseMap} base */
function tileLayer(url, base) {
    return L.tileLayer(url, {
        subdomains: base.subdomains || "abc",
        maxZoom: base.max_zoom ?? 18,
        attribution: pick(base, "attribution"),
        className: "tiles",
    });
}

/**
 * Says so while no tile comes, and shows the built-in map again: a blank sheet would look like the truth.
 * @param {L.Map} map @param {L.TileLayer} tiles @param {BaseMap} base
 */
function watched(map, tiles, base) {
    let came = 0;
    tiles.on("tileload", () => {
        came += 1;
        silence(map);
    });
    tiles.on("tileerror", () => {
        if (came > 0 || !map.hasLayer(tiles) || map.getContainer().querySelector(".no-tiles")) return;
        map.getContainer().classList.remove("has-tiles");
        const note = document.createElement("p");
        note.className = "no-tiles";
        note.setAttribute("role", "status");
        note.textContent = t("base.failed", { title: pick(base, "title") });
        map.getContainer().append(note);
    });
    return tiles;
}

/** @param {L.Map} map */
function silence(map) {
    const note = map.getContainer().querySelector(".no-tiles");
    if (!note) return;
    note.remove();
    map.getContainer().classList.add("has-tiles");
}

/** @param {L.Map} map @param {string | undefined} datum @param {(move: () => void) => void} quietly */
async function useDatum(map, datum, quietly) {
    const crs = datum === "gcj02" ? (await import("./gcj.js")).CRS_GCJ02 : L.CRS.EPSG3857;
    if (map.options.crs === crs) return;
    const [centre, zoom] = [map.getCenter(), map.getZoom()];
    map.options.crs = crs;
    // Everything drawn so far stands where the old projection put it.
    quietly(() => /** @type {any} */ (map)._resetView(centre, zoom));
}
