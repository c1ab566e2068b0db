/** Markup that is safe by default: every value is escaped unless it is markup itself. */

const ESCAPES = /** @type {Record<string, string>} */ ({
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\"": "&quot;",
    "'": "&#39;",
});

/**
 * Whether a reader may be sent to an address: the web or a mailbox, never `javascript:`.
 * @param {string} text
 */
export function isWebAddress(text) {
    return /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@)\S*$/i.test(text);
}

/** A piece of markup that html`` has made, and so may stand in another one unescaped. */
export class Markup {
    /** @param {string} text */
    constructor(text) {
        this.text = text;
    }

    toString() {
        return this.text;
    }
}

/** @param {string} text */
export function escape(text) {
    return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

/**
 * Lists are joined; null, undefined and false vanish, so that `condition && html`…`` works.
 * @param {unknown} value
 * @returns {string}
 */
function written(value) {
    if (value instanceof Markup) return value.text;
    if (Array.isArray(value)) return value.map(written).join("");
    if (value === null || value === undefined || value === false) return "";
    return escape(String(value));
}

/**
 * @param {TemplateStringsArray} strings
 * @param {unknown[]} values
 */
export function html(strings, ...values) {
    const parts = strings.map((text, i) => {
        if (i === values.length) return text;
        // A state is said either way: aria-pressed="" would be no state at all.
        return text + (typeof values[i] === "boolean" && text.endsWith("=\"") ? String(values[i]) : written(values[i]));
    });
    return new Markup(parts.join(""));
}

/**
 * Replaces what `root` shows. The element that had the focus keeps it: it is found again by its
 * `data-key`, so that a keyboard user who presses a chip stays on that chip; where it is gone, the part's
 * `data-refuge` gets it, and not the top of the page.
 * @param {Element} root
 * @param {Markup} markup
 */
export function render(root, markup) {
    const active = document.activeElement;
    const key = active && root.contains(active) ? active.getAttribute("data-key") : null;
    root.innerHTML = markup.text;
    if (key === null) return;
    const again = root.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? root.querySelector("[data-refuge]");
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/**
 * The element of this class that must be there; a missing one is a mistake in index.html.
 * @template {Element} T
 * @param {string} selector
 * @param {{ new (): T }} kind
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function find(selector, kind, within = document) {
    const element = within.querySelector(selector);
    if (!(element instanceof kind)) throw new Error(`no ${kind.name} at ${selector}`);
    return element;
}

/**
 * The nearest element with this data attribute around an event's target, and its value.
 * @param {Event} event
 * @param {string} name such as "layer" for data-layer
 */
export function pressedElement(event, name) {
    const target = event.target instanceof Element ? event.target.closest(`[data-${name}]`) : null;
    return target ? target.getAttribute(`data-${name}`) : null;
}
