/**
 * What this browser keeps for its reader. In a sandboxed frame, or where site data is blocked, touching the
 * storage throws: then it is kept until the page is left, and everything else works.
 */

/** @type {Map<string, string | null>} */
const here = new Map();

/** @param {string} key @returns {string | null} */
export function recall(key) {
    try {
        return here.get(key) ?? localStorage.getItem(key);
    } catch {
        return here.get(key) ?? null;
    }
}

/** @param {string} key @param {string | null} value null forgets it */
export function keep(key, value) {
    try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
        here.delete(key);
    } catch {
        here.set(key, value);
    }
}
