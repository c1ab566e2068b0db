/** How far the nearest port, stations, expressway and airport are, straight and by road. */

import { html } from "../../io/html.js";
import { awayText, distance, pick, t } from "../../core/i18n.js";

/** @typedef {import("../../core/types.d.ts").Detail} Detail */

/** In the order an investor asks. */
export const DESTINATIONS = ["port", "passenger_station", "freight_station", "expressway", "airport"];

/** @param {Detail} detail */
export function access(detail) {
    const { access: found } = detail;
    if (!found) return null;
    return html`<section><h3>${t("card.access")}</h3><dl class="fields">
        ${DESTINATIONS.filter((kind) => found[kind]).map((kind) => html`
            <dt>${t(`access.${kind}`)}</dt><dd>${distanceTo(detail, kind)}</dd>`)}
    </dl><p class="hint">${whyOf([detail])}</p></section>`;
}

/** What the distances are, and of what none is known. @param {Pick<Detail, "access">[]} details */
export function whyOf(details) {
    const byRoad = details.some(({ access: found }) => DESTINATIONS.some((kind) => found?.[kind]?.road_km !== undefined));
    return [t("card.access.why"), byRoad && t("card.access.road"), unknownKinds(details)].filter(Boolean).join(" ");
}

/** The kinds of which no place is known, said once. @param {Pick<Detail, "access">[]} details */
export function unknownKinds(details) {
    const kinds = DESTINATIONS.filter((kind) => details.some(({ access: found }) => found && kind in found) && details.every(({ access: found }) => !found?.[kind]));
    return kinds.length > 0 ? t("access.unknown", { kinds: kinds.map((kind) => t(`access.${kind}`)).join(t("comma")) }) : "";
}

/** "绥中港区 21 公里（± 8 公里）", or "绥中港区 约 0–10 公里" where the doubt is larger than the distance. @param {Detail} detail @param {string} kind */
export function distanceTo({ access: found }, kind) {
    const nearest = found?.[kind];
    if (!nearest) return "";
    const [metres, doubt] = [nearest.km * 1000, nearest.doubt_km * 1000];
    const said = { name: pick(nearest, "name"), away: awayText(metres, doubt), doubt: distance(doubt) };
    if (doubt > metres) return t("access.range", said);
    const road = nearest.road_km === undefined ? "" : t("access.road", { away: distance(nearest.road_km * 1000) });
    return t("access.distance", said) + road;
}
