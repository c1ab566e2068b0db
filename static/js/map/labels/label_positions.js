/** Where the name of a line may stand: on the part of it that is in the window. */

/** @typedef {GeoJSON.Position} Position */

/** Shares of a line at which its name is tried: the middle first. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

/** Best first. @param {Position[][]} lines @param {import("leaflet").LatLngBounds} view @returns {[number, number][]} lat, lng */
export function labelPositions(lines, view) {
    const seen = (/** @type {Position} */ [lng = 0, lat = 0]) => view.contains([lat, lng]);
    const longest = lines.map((line) => line.filter(seen)).sort((a, b) => b.length - a.length)[0] ?? [];
    const along = longest.length > 1 ? SHARES.map((share) => /** @type {Position} */ (longest[Math.round(share * (longest.length - 1))])) : [];
    return along.map(([lng = 0, lat = 0]) => [lat, lng]);
}
