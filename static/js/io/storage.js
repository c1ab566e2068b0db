/**
 * What this browser keeps for its reader. In a sandboxed frame, or where site data is blocked, touching the
 * storage throws: then it is kept until the page is left, and everything else works.
 */

/** @type {Map<string, string | null>} */
const memory = new Map();

/** @param {string} key @returns {string | null} */
export function recall(key) {
    try {
        return memory.get(key) ?? localStorage.getItem(key);
    } catch {
        return memory.get(key) ?? null;
    }
}

/** @param {string} key @param {string | null} value null forgets it */
export function keep(key, value) {
    try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
        memory.delete(key);
    } catch {
        memory.set(key, value);
    }
}
