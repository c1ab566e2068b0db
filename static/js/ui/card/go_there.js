/** The way to an item: maps that people have, each in its own datum, and its coordinates to copy. */

import * as gcoordModule from "gcoord";
import { pointsOf } from "../../draw/geometry.js";
import { html } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import { certaintyText } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {GeoJSON.Position} Position */

/** The browser's build of gcoord exports one default; its type declarations speak of another build. */
const gcoord = /** @type {any} */ (gcoordModule).default ?? gcoordModule;

/** Datums as they are named where coordinates are copied. */
const DATUMS = /** @type {const} */ ({ wgs84: "WGS 84 / CGCS2000", gcj02: "GCJ-02", bd09: "BD-09" });
/** @typedef {keyof typeof DATUMS} Datum */

/** A position in a datum, to a millionth of a degree. @param {Position} position WGS 84, lng lat @param {Datum} datum @returns {[number, number]} */
export function inDatum([lng = 0, lat = 0], datum) {
    const systems = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 };
    const [x, y] = datum === "wgs84" ? [lng, lat] : gcoord.transform([lng, lat], gcoord.WGS84, systems[datum]);
    return [Number(x.toFixed(6)), Number(y.toFixed(6))];
}

/**
 * Each map's own address for a point, in the datum it takes; a system map takes WGS 84 (RFC 5870).
 * @param {Position} position @param {string} name
 */
export function mapLinks(position, name) {
    const [lng, lat] = inDatum(position, "wgs84");
    const [gcjLng, gcjLat] = inDatum(position, "gcj02");
    const [bdLng, bdLat] = inDatum(position, "bd09");
    const title = encodeURIComponent(name);
    return [
        { id: "amap", href: `https://uri.amap.com/marker?position=${gcjLng},${gcjLat}&name=${title}&coordinate=gaode&src=planmap` },
        { id: "baidu", href: `https://api.map.baidu.com/marker?location=${bdLat},${bdLng}&title=${title}&content=${title}&coord_type=bd09ll&output=html&src=planmap` },
        { id: "tencent", href: `https://apis.map.qq.com/uri/v1/marker?marker=${encodeURIComponent(`coord:${gcjLat},${gcjLng};title:${name.replace(/[;:]/g, " ")}`)}&referer=planmap` },
        { id: "system", href: `geo:${lat},${lng}?q=${lat},${lng}(${title})` },
    ];
}

/** @param {import("../page.d.ts").Page} page @param {Item} item */
export function goThere({ pack }, item) {
    const points = pointsOf(item.geometry);
    const [position] = points;
    if (!position || item.method === "counties") return null;
    const why = t("card.go.why", { certainty: certaintyText(pack, item) });
    return html`<section class="go"><h3>${t("card.go")}</h3>
        <p class="rings">${mapLinks(position, pick(item, "name")).map(({ id, href }) => html`
            <a class="chip" href="${href}" target="_blank" rel="noreferrer" data-go="${id}">${t(`go.${id}`)}</a>`)}</p>
        <p class="hint">${why} ${points.length > 1 && t("card.go.stand-in")}</p>
        <p class="rings"><span>${t("go.copy")}</span>${Object.entries(DATUMS).map(([datum, name]) => html`
            <button type="button" class="chip" data-copy="${inDatum(position, /** @type {Datum} */ (datum)).join()} (${name})" data-key="go:${datum}"><span>${t(`go.${datum}`)}</span></button>`)}</p></section>`;
}
