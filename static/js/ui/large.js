/** Large type and large targets: the reader's own setting, kept by the browser, not part of the view. */

const KEY = "planmap.size";

export function isLarge() {
    return document.documentElement.dataset.size === "large";
}

/** @param {boolean} large */
export function remember(large) {
    localStorage.setItem(KEY, large ? "large" : "normal");
    enlarge();
}

/** Puts the setting into force. */
export function enlarge() {
    if (localStorage.getItem(KEY) === "large") document.documentElement.dataset.size = "large";
    else delete document.documentElement.dataset.size;
}
