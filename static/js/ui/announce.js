/** Says the new number of items to those who do not see the list change. */

import { t } from "../core/i18n.js";

/** @typedef {import("../core/types.d.ts").Selection} Selection */

/** @param {HTMLElement} root a polite live region */
export function createAnnouncer(root) {
    return {
        /** @param {Selection} selection */
        update: (selection) => {
            const words = t("announce", { n: selection.items.length });
            if (root.textContent !== words) root.textContent = words;
        },
    };
}
