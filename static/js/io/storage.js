/**
 * What this browser keeps for its reader. In a sandboxed frame, or where site data is blocked, touching the
 * storage throws: then it is kept until the page is left, and everything else works.
 */

/** @type {Map<string, string | null>} */
const memory = new Map();

/** What is kept for the next visit, or until the window is closed. @typedef {"localStorage" | "sessionStorage"} Kept */

/** @param {string} key @param {Kept} [how] @returns {string | null} */
export function recall(key, how = "localStorage") {
    try {
        return memory.get(key) ?? window[how].getItem(key);
    } catch {
        return memory.get(key) ?? null;
    }
}

/** @param {string} key @param {string | null} value null forgets it @param {Kept} [how] */
export function keep(key, value, how = "localStorage") {
    try {
        if (value === null) window[how].removeItem(key);
        else window[how].setItem(key, value);
        memory.delete(key);
    } catch {
        memory.set(key, value);
    }
}
