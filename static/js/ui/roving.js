/** Of a group of many presses one is a stop of the Tab key; arrows go on to the others. */

const GROUPS = ".tools, .doors, .numbers, .searches, .chips, #filters, .list-head";
const STOPS = "a[href], button, summary";
/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** @param {Element} group @returns {HTMLElement[]} */
function stopsOf(group) {
    const all = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(STOPS)]);
    return all.filter((one) => one.closest(GROUPS) === group && one.checkVisibility());
}

/** The stop that had the focus last, else the first. @param {Element} group @param {Set<string>} keys */
function settle(group, keys) {
    const stops = stopsOf(group);
    const now = stops.find((one) => one === document.activeElement) ?? stops.find((one) => keys.has(keyOf(one))) ?? stops[0];
    for (const one of stops) if (one.tabIndex !== (one === now ? 0 : -1)) one.tabIndex = one === now ? 0 : -1;
}

/** What an element is called when it is drawn anew. @param {HTMLElement} one */
const keyOf = (one) => one.dataset.key ?? one.getAttribute("href") ?? "";

/** @param {HTMLElement} root everything within is drawn anew as it likes */
export function createRoving(root) {
    /** @type {Set<string>} */
    const last = new Set();
    const all = () => {
        for (const group of [root, ...root.querySelectorAll(GROUPS)]) if (group.matches(GROUPS)) settle(group, last);
    };
    root.addEventListener("focusin", (event) => {
        const stop = event.target instanceof HTMLElement ? event.target : null;
        const group = stop?.closest(GROUPS);
        if (!stop || !group) return;
        for (const one of stopsOf(group)) last.delete(keyOf(one));
        last.add(keyOf(stop));
        settle(group, last);
    });
    root.addEventListener("keydown", (event) => {
        const target = event.target instanceof HTMLElement ? event.target : null;
        const group = target?.closest(GROUPS);
        const step = STEPS[event.key];
        if (!target || !group || !step || !target.matches(STOPS)) return;
        const stops = stopsOf(group);
        event.preventDefault();
        stops[(stops.indexOf(target) + step + stops.length) % stops.length]?.focus();
    });
    new MutationObserver(all).observe(root, { childList: true, subtree: true });
    all();
}
