/** Online base maps, asked for a tile only when the reader chooses one. */

import { pick } from "../i18n.js";
import L from "./leaflet.js";

/** @typedef {import("../types.d.ts").BaseMap} BaseMap */

const OWN_MAX_ZOOM = 15;

/**
 * @param {L.Map} map
 * @param {BaseMap[]} bases
 * @param {() => void} settled told when the map has been put into another datum, where it was
 */
export function createBaseMaps(map, bases, settled) {
    /** @type {L.TileLayer | null} */
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
            map.getContainer().classList.toggle("has-tiles", Boolean(base));
            await useDatum(map, base?.datum, settled);
            map.setMaxZoom(base?.max_zoom ?? OWN_MAX_ZOOM);
            // Another may have been chosen while this one's datum was fetched.
            if (base && shown === chosen) tiles = tilesOf(base).addTo(map);
        },
    };
}

/** @param {BaseMap} base */
function tilesOf(base) {
    return L.tileLayer(base.url, {
        subdomains: base.subdomains || "abc",
        maxZoom: base.max_zoom ?? 18,
        attribution: pick(base, "attribution"),
        className: "tiles",
    });
}

/** @param {L.Map} map @param {string | undefined} datum @param {() => void} settled */
async function useDatum(map, datum, settled) {
    const crs = datum === "gcj02" ? (await import("./gcj.js")).CRS_GCJ02 : L.CRS.EPSG3857;
    if (map.options.crs === crs) return;
    const [centre, zoom] = [map.getCenter(), map.getZoom()];
    map.options.crs = crs;
    // Everything drawn so far stands where the old projection put it.
    /** @type {any} */ (map)._resetView(centre, zoom);
    settled();
}
