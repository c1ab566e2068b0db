/** Where the two to four things lie that are compared: outlines of the counties around them, and their numbers. */

import { areasOf, boxOf, linesOf, listsIn, pointsOf } from "../../draw/geometry.js";
import { html } from "../../io/html.js";
import { pick, pickOwn, t } from "../../core/i18n.js";

/** @typedef {import("../../core/types.d.ts").Detail} Detail */
/** @typedef {import("../../core/types.d.ts").County} County */
/** @typedef {[number, number]} Spot */

const [HIGH, WIDEST, NARROWEST, EDGE, DISC, LETTER] = [192, 480, 320, 18, 8, 11];
/** Degrees of latitude that are shown at least, for neighbours to have something around them. */
const LEAST_SPAN = 0.3;

/** @param {GeoJSON.FeatureCollection} outlines @param {County[]} all @param {Detail[]} details @param {string[]} chosen codes of counties */
export function compareMap(outlines, all, details, chosen) {
    const areas = outlines.features.map((one) => ({
        code: one.properties?.code, label: one.properties?.label, rings: areasOf(one.geometry).flatMap(listsIn),
    }));
    const places = details.map(placeOf);
    const known = places.flatMap((one) => (one ? [one] : []));
    const { at, width } = projection(known.length > 0 ? known : areas.flatMap(({ rings }) => rings.flat()));
    const name = (/** @type {string} */ code) => all.filter((one) => one.code === code).map((one) => pickOwn(one, "short") || pick(one, "name"))[0] ?? "";
    const spots = apart(places.map((one) => one && at(one)));
    return html`<svg class="compare-map" viewBox="0 0 ${width.toFixed(0)} ${HIGH}" role="img" aria-label="${t("compare.map")}">
        ${areas.map(({ code, rings }) => html`<path class="${chosen.includes(code) ? "is-chosen" : ""}" d="${rings.map((ring) => `M${ring.map((one) => at(one).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join("")}"/>`)}
        ${areas.map(({ code, label }) => label && writtenAt(clearOf(spots, at(label), name(code)), name(code), width, "is-county"))}
        ${spots.map((spot, i) => spot && html`<g><circle cx="${spot[0].toFixed(1)}" cy="${spot[1].toFixed(1)}" r="${DISC}"/>${writtenAt(spot, String(i + 1), width)}</g>`)}</svg>`;
}

/** From degrees to the drawing, which holds these positions with something around them. @param {GeoJSON.Position[]} positions */
function projection(positions) {
    const [west, south, east, north] = boxOf(positions) ?? [0, 0, 0, 0];
    const shrink = Math.cos(((north + south) / 2) * (Math.PI / 180));
    const [across, down] = [(east - west) * shrink, north - south];
    const scale = Math.min((HIGH - 2 * EDGE) / Math.max(down, LEAST_SPAN), (WIDEST - 2 * EDGE) / Math.max(across, LEAST_SPAN));
    const width = Math.max(NARROWEST, across * scale + 2 * EDGE);
    const at = (/** @type {GeoJSON.Position} */ [lng = 0, lat = 0]) => /** @type {Spot} */ ([
        width / 2 + (lng - (west + east) / 2) * shrink * scale, HIGH / 2 - (lat - (north + south) / 2) * scale,
    ]);
    return { at, width };
}

/** No number lies beneath another. @param {(Spot | null)[]} spots */
function apart(spots) {
    /** @type {Spot[]} */
    const taken = [];
    return spots.map((spot) => {
        if (!spot) return null;
        let [x] = spot;
        const [, y] = spot;
        while (taken.some((one) => Math.hypot(one[0] - x, one[1] - y) < 2 * DISC)) x += DISC / 2;
        taken.push([x, y]);
        return /** @type {Spot} */ ([x, y]);
    });
}

/** Where a name stands nearest to its spot and no number lies on it. @param {(Spot | null)[]} spots @param {Spot} spot @param {string} name @returns {Spot} */
function clearOf(spots, [x, y], name) {
    const half = [...name].reduce((sum, one) => sum + (one > "\u2e80" ? LETTER : LETTER * 0.6), 0) / 2 + DISC;
    const taken = (/** @type {number} */ down) => spots.some((one) => one && Math.abs(one[0] - x) < half && Math.abs(one[1] - y - down) < LETTER / 2 + DISC);
    const step = LETTER / 2;
    const free = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6].find((one) => !taken(one * step)) ?? 0;
    return [x, y + free * step];
}

/** @param {Spot} spot @param {string} words @param {number} width @param {string} [kind] */
function writtenAt([x, y], words, width, kind = "") {
    const inside = x > EDGE && x < width - EDGE && y > EDGE && y < HIGH - EDGE / 2;
    return (kind === "" || inside) && html`<text class="${kind}" x="${x.toFixed(1)}" y="${(y + 4).toFixed(1)}">${words}</text>`;
}

/** The first place of an item; none where only its counties are known. @param {Detail} one */
function placeOf(one) {
    if (one.method === "counties") return null;
    return pointsOf(one.geometry)[0] ?? linesOf(one.geometry).flatMap(listsIn).flat()[0] ?? areasOf(one.geometry).flatMap(listsIn).flat()[0] ?? null;
}
