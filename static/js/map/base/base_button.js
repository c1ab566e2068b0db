/** The base maps to choose from: a button of the map, and what each looks like. No tile is asked for before the choice. */

import { html, Markup, pressedElement, render } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import L from "../leaflet.js";

/** @typedef {import("../../core/types.d.ts").BaseMap} BaseMap */

const OWN = "paper";

/** What each look is like, 64 × 44, drawn and not fetched. */
const LOOKS = /** @type {Record<string, string>} */ ({
    paper: `<path class="l-land" d="M0 0h64v44H0z"/><path class="l-shade" d="M4 30 18 8l9 12 8-13 15 23zM2 12 12 2l7 9z"/>
        <path class="l-sea" d="M64 20c-9 1-10 8-17 10s-9 8-14 14h31z"/><path class="l-road" d="M0 37c16-2 26-9 34-17S48 6 64 5"/>`,
    map: `<path class="l-block" d="M0 0h64v44H0z"/><path class="l-park" d="M36 4h22v13H36z"/><path class="l-water" d="M0 34c12-7 20 3 32-1s20-6 32-2v13H0z"/>
        <path class="l-street" d="M0 22h64M20 0v44M44 0v44M0 10h20M20 30h24"/><path class="l-main" d="M0 40 64 6"/>`,
    imagery: `<path class="l-wood" d="M0 0h64v44H0z"/><path class="l-field" d="M4 4h14v10H4zM21 3h16v13H21zM3 18h20v9H3zM40 5h11v8H40z"/>
        <path class="l-roof" d="M42 26h5v4h-5zM49 24h6v5h-6zM44 33h8v4h-8zM55 32h5v6h-5z"/><path class="l-deep" d="M0 36c10-5 18 1 28 0s10 5 12 8H0z"/>`,
});

/**
 * @param {L.Map} map
 * @param {import("../map.js").Page} page
 */
export function createBaseButton(map, { pack, state }) {
    const bases = pack.base_maps ?? [];
    if (bases.length === 0) return { update() {}, open: null };
    const bar = L.DomUtil.create("div", "leaflet-bar leaflet-control base-maps");
    const control = new L.Control({ position: "topleft" });
    control.onAdd = () => bar;
    control.addTo(map);
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.disableScrollPropagation(bar);
    let isOpen = false;
    let chosen = OWN;
    const show = () => render(bar, markup(bases, chosen, isOpen));
    /** The button keeps the focus: what is in the panel may be gone. */
    const turn = (/** @type {boolean} */ open) => {
        isOpen = open;
        show();
        bar.querySelector("button")?.focus();
    };
    bar.addEventListener("click", (event) => {
        // What was pressed is drawn anew: the map would no longer know it for a part of its controls.
        event.stopPropagation();
        if (pressedElement(event, "open") !== null) turn(!isOpen);
        const base = pressedElement(event, "base");
        if (base) {
            turn(false);
            state.change({ base });
        }
    });
    closes(map, bar, () => isOpen && turn(false));
    show();
    return {
        /** @param {string | null} id null is the built-in map */
        update(id) {
            chosen = id ?? OWN;
            show();
        },
        open: () => turn(true),
    };
}

/** Esc and a turn to the map close the panel. @param {L.Map} map @param {HTMLElement} bar @param {() => void} close */
function closes(map, bar, close) {
    bar.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
    });
    map.on("click dragstart", close);
}

/** @param {BaseMap[]} bases @param {string} chosen @param {boolean} isOpen */
function markup(bases, chosen, isOpen) {
    const own = { id: OWN, look: OWN, title: t("base.paper"), title_en: t("base.paper") };
    return html`<button type="button" data-open data-key="base" aria-expanded="${isOpen}" title="${t("base")}" aria-label="${t("base")}">
            <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 2.5 2.5 6.5 10 10.5l7.5-4zM2.5 10l7.5 4 7.5-4M2.5 13.5l7.5 4 7.5-4"/></svg></button>
        ${isOpen && html`<div class="base-panel" role="group" aria-label="${t("base")}"><ul>${[own, ...bases].map((base) => html`<li>
            <button type="button" data-base="${base.id}" data-key="base-${base.id}" aria-pressed="${base.id === chosen}">
                <svg class="look" viewBox="0 0 64 44" aria-hidden="true">${new Markup(LOOKS[base.look ?? "map"] ?? "")}</svg>
                <span>${pick(base, "title")}</span></button></li>`)}</ul>
            <p>${t("base.online")}</p></div>`}`;
}
