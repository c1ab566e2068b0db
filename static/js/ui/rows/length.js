/** How long a list may be whose rows all exist, and how much of a longer one is printed. */

import { html } from "../../io/html.js";
import { number, t } from "../../core/i18n.js";

/** Rows from which on not all of a list exist. */
export const LONG = 1500;
/** Rows of a long list that are put on paper. */
export const PRINTED = 1000;

/** Said on paper of a long list. @param {number} all */
export function printedNote(all) {
    return all > PRINTED && html`<p class="rows-note">${t("rows.printed", { n: number(PRINTED), all: number(all) })}</p>`;
}
