/** Large type and large targets: the reader's own setting, kept by the browser, not part of the view. */

import { keep, recall } from "../../io/storage.js";

const KEY = "planmap.size";

export function isLarge() {
    return document.documentElement.dataset.size === "large";
}

/** @param {boolean} large */
export function remember(large) {
    keep(KEY, large ? "large" : "normal");
    apply(large);
}

/** Puts the setting into force. */
export function enlarge() {
    apply(recall(KEY) === "large");
}

/** @param {boolean} large */
function apply(large) {
    if (large) document.documentElement.dataset.size = "large";
    else delete document.documentElement.dataset.size;
}
