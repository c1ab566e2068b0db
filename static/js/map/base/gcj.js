/**
 * A map whose tiles are in GCJ-02, the shifted datum of Chinese commercial maps. Nothing that is drawn
 * is moved by hand: the projection itself takes WGS 84 to GCJ-02 on the way to the screen and back
 * again, so that symbols, lines, circles and the pointer all agree with the tiles.
 */

import * as gcoordModule from "gcoord";
import L from "../leaflet.js";

/** The browser's build of gcoord exports one default; its type declarations speak of another build. */
const gcoord = /** @type {any} */ (gcoordModule).default;
const Mercator = L.Projection.SphericalMercator;

/** @param {L.LatLng} latlng */
export function project(latlng) {
    const [lng, lat] = gcoord.transform([latlng.lng, latlng.lat], gcoord.WGS84, gcoord.GCJ02);
    return Mercator.project(L.latLng(lat ?? 0, lng ?? 0));
}

/** @param {L.Point} point */
export function unproject(point) {
    const { lng, lat } = Mercator.unproject(point);
    const [x, y] = gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84);
    return L.latLng(y ?? 0, x ?? 0);
}

/** @type {L.CRS} */
export const CRS_GCJ02 = Object.assign(Object.create(L.CRS.EPSG3857), {
    projection: { ...Mercator, project, unproject },
});
