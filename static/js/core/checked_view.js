/** What of a view only the data can tell to be understood: whether there is such an item, such a place. Pure. */

import { readings } from "./folding.js";
import { centreOf, needsPlaces } from "./proximity.js";
import { CHOICES, consistent } from "./url.js";

/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Problem} Problem */

/**
 * The view without what the data does not know, and what that was. A place is called by its main name.
 * @param {View} view
 * @param {import("./types.d.ts").Catalogue} catalogue
 * @returns {{ view: View, problems: Problem[] }}
 */
export function checkView(view, catalogue) {
    /** @type {Problem[]} */
    const problems = [];
    const known = { ...view };
    for (const name of /** @type {const} */ (["hidden", "names", "compare"])) {
        const strange = view[name].filter((one) => !catalogue.byId.has(idOf(one)) && !(name === "compare" && catalogue.counties.has(one)));
        problems.push(...strange.map((one) => ({ name, value: idOf(one) })));
        known[name] = view[name].filter((one) => !strange.includes(one));
    }
    if (view.focus && !catalogue.byId.has(view.focus)) {
        problems.push({ name: "focus", value: view.focus });
        known.focus = null;
    }
    // Until the gazetteer has come, every name may be a place.
    if (needsPlaces(view, catalogue)) return { view: known, problems };
    if (view.place && !view.place.includes(",")) {
        known.place = placeOf(view.place, catalogue);
        if (!known.place) problems.push({ name: "place", value: view.place });
    }
    const sound = { ...consistent(known) };
    // Nothing is near to what is not there; a line or a zone has no point to be near to.
    if (view.near && !isNear(sound, catalogue)) {
        problems.push({ name: "near", value: view.near });
        sound.near = null;
    }
    return { view: sound, problems };
}

/** Of a moved name, or alone. @param {string} one */
export const idOf = (one) => one.split(":")[0] ?? "";

/** The main name of a place. @param {string} name @param {import("./types.d.ts").Catalogue} catalogue */
function placeOf(name, catalogue) {
    const known = readings(name, catalogue.traditional).find((one) => catalogue.places.has(one));
    return catalogue.places.get(known ?? "")?.name ?? null;
}

/** @param {View} view @param {import("./types.d.ts").Catalogue} catalogue */
const isNear = (view, catalogue) => Boolean(view.near && centreOf(catalogue, view));

/** What chooses items, or the focused one. */
const CHOOSING = /** @type {const} */ ([...CHOICES, "focus"]);

/**
 * Whether a choice was asked for and no part of it understood: an embed then shows nothing rather than everything.
 * @param {View} view @param {Problem[]} problems
 */
export function choiceLost(view, problems) {
    const asked = problems.some(({ name }) => CHOOSING.some((one) => one === name));
    return asked && !isChoice(view);
}

/** Whether a view chooses anything. @param {View} view */
export function isChoice(view) {
    return CHOOSING.some((name) => view[name]?.length);
}
