// A small map beside a table of features: land, counties, and the features themselves.

const COLOURS = { land: "#f4f1ea", county: "#b9b2a5", feature: "#0b4f7d" };
const LINE = { color: COLOURS.feature, weight: 2, fillOpacity: 0.12 };
const FAR_OUT = 8;
const CLOSE = 11;

/** @type {any} */
const L = Reflect.get(window, "L");

/** @param {string} url */
const load = async (url) => {
    const answer = await fetch(url, { headers: { Accept: "application/geo+json" } });
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer.json();
};

/**
 * A document of items, or of one item.
 * @param {any} body
 */
const placed = (body) => (body.features ?? [body]).filter((/** @type {any} */ one) => one.geometry);

/** @param {HTMLElement} place */
const draw = async (place) => {
    const map = L.map(place, {
        attributionControl: false, keyboard: false, scrollWheelZoom: false, zoomControl: false,
    });
    map.setView([0, 0], FAR_OUT);
    const { land, counties, items } = place.dataset;
    const [ground, borders, features] = await Promise.all([land, counties, items].map((one) => load(String(one))));
    const still = { interactive: false };
    L.geoJSON(ground, { ...still, style: { stroke: false, fillColor: COLOURS.land, fillOpacity: 1 } }).addTo(map);
    const frame = L.geoJSON(borders, { ...still, style: { color: COLOURS.county, weight: 1, fill: false } }).addTo(map);
    const found = L.geoJSON(placed(features), {
        ...still,
        style: (/** @type {any} */ one) => one.geometry.type.endsWith("Point") ? {} : LINE,
        pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) =>
            L.circleMarker(at, { ...still, radius: 4, weight: 1.5, color: "#fff", fillColor: COLOURS.feature, fillOpacity: 1 }),
    }).addTo(map);
    const bounds = found.getBounds();
    map.fitBounds(bounds.isValid() ? bounds : frame.getBounds(), { padding: [12, 12], maxZoom: CLOSE });
    place.dataset.ready = String(placed(features).length);
};

for (const place of document.querySelectorAll(".small-map")) draw(/** @type {HTMLElement} */ (place));
