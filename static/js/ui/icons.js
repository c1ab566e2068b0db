/** The interface's own icons: 20 × 20 line drawings. */

import { html } from "../io/html.js";

const ICONS = /** @type {Record<string, string>} */ ({
    search: "M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zm4 9.5L17 17",
    moon: "M16.5 11.6A7 7 0 0 1 8.4 3.5a7 7 0 1 0 8.1 8.1z",
    sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16",
    share: "M10 12V2.5M6.5 6 10 2.5 13.5 6M4.5 9.5v7h11v-7",
    close: "M4.5 4.5l11 11M15.5 4.5l-11 11",
    link: "M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1",
    large: "M2 16 6.8 4h.4L12 16M3.8 11.8h6.4M15 5v6M12 8h6",
    fold: "M7 4.5 12.5 10 7 15.5",
    compare: "M3 4h5.5v12H3zM11.5 4H17v12h-5.5z",
    print: "M5.5 8V3h9v5M5.5 14H3V8h14v6h-2.5M5.5 12h9v5h-9z",
    pin: "M10 17.5S4.5 12 4.5 7.8a5.5 5.5 0 0 1 11 0c0 4.2-5.5 9.7-5.5 9.7zM10 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
    tour: "M3 4.5h14M3 10h8M3 15.5h8M15.5 9.5v6M12.5 12.5h6",
    screen: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4",
});

/** A 20 × 20 line drawing. @param {string} name */
export function icon(name) {
    return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
}
