/** What only an embedded map understands: its options, and the talk with the page around it. */

/** Query names of /embed beside the view's own. */
export const EMBED_OPTIONS = /** @type {const} */ (["controls", "legend", "list", "link", "origin", "version"]);

/** scheme://host[:port] and nothing behind it; the service refuses anything else (app/web/routes/pages.py). */
const ORIGIN = /^https?:\/\/(?:[\p{L}\p{N}_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/iu;

const SWITCHES = /** @type {const} */ ({ controls: true, legend: true, list: false, link: true });

/** @typedef {{ controls: boolean, legend: boolean, list: boolean, link: boolean, origin: string, version: string }} FrameOptions */

/** @typedef {{ query: string, keepsView: boolean }} Asked `keepsView`: no view is named, so the present one stays */

/**
 * Reads the options of a frame: switches are 1 or 0.
 * @param {string} query
 * @returns {FrameOptions}
 */
export function embedOptions(query) {
    const given = new URLSearchParams(query);
    const on = (/** @type {keyof typeof SWITCHES} */ name) => {
        const value = given.get(name);
        return value === "1" || (value !== "0" && SWITCHES[name]);
    };
    return {
        controls: on("controls"), legend: on("legend"), list: on("list"), link: on("link"),
        origin: given.get("origin") ?? "", version: given.get("version") ?? "",
    };
}

/**
 * What the switches were given that is neither on nor off.
 * @param {string} query
 * @returns {import("../core/types.d.ts").Problem[]}
 */
export function optionProblems(query) {
    return [...new URLSearchParams(query)]
        .filter(([name, value]) => Object.hasOwn(SWITCHES, name) && !["", "0", "1"].includes(value))
        .map(([name, value]) => ({ name, value }));
}

/**
 * The options as they were written, to stay in the frame's address when the view changes.
 * @param {string} query
 */
export function keptOptions(query) {
    const given = new URLSearchParams(query);
    return EMBED_OPTIONS.filter((name) => given.has(name))
        .map((name) => `${name}=${encodeURIComponent(given.get(name) ?? "")}`).join("&");
}

/**
 * The one origin the frame talks to: the one it was told, else the page that holds it.
 * @param {FrameOptions} options
 * @param {string} referrer
 */
export function hostOrigin(options, referrer) {
    if (options.origin) return ORIGIN.test(options.origin) ? new URL(options.origin).origin : "";
    return referrer && URL.canParse(referrer) ? new URL(referrer).origin : "";
}

/**
 * The view that a message asks for, with what the message says beside it: its language, and whether there is a
 * legend, all as a query. Null for a message that asks for nothing this frame knows.
 * @param {unknown} data
 * @returns {Asked | null}
 */
export function requestedView(data) {
    if (typeof data !== "object" || data === null || !("type" in data) || data.type !== "planmap:set") return null;
    const { view, lang, legend } = /** @type {Record<string, unknown>} */ (data);
    const more = [["lang", lang], ["legend", typeof legend === "boolean" ? Number(legend) : legend]]
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    // What is no text is read as a name that nobody knows, and refused as such.
    const query = typeof view === "string" ? view.replace(/^\?/, "") : `view=${encodeURIComponent(JSON.stringify(view))}`;
    const keepsView = view === undefined;
    return { query: [keepsView ? "" : query, ...more].filter(Boolean).join("&"), keepsView };
}

/**
 * Talks with the host page, and with nobody else. Messages in: `planmap:set {view, lang, legend}`. Messages out:
 * `planmap:ready {version}`, then `planmap:view {view, count}`, `planmap:select {id, name}` (`id` null when the
 * selection is taken back), `planmap:error {view, problems}`. What comes before anybody listens is kept.
 * @param {string} host the host's origin; "" keeps silent
 * @param {Window} [here]
 */
export function createHostChannel(host, here = window) {
    /** @type {Asked[]} */
    const waiting = [];
    /** @type {((asked: Asked) => void) | null} */
    let take = null;
    here.addEventListener("message", (event) => {
        if (host === "" || event.origin !== host || event.source !== here.parent) return;
        const asked = requestedView(event.data);
        if (asked === null) return;
        if (take) take(asked);
        else waiting.push(asked);
    });
    return {
        /** @param {string} type @param {object} what */
        say(type, what) {
            if (host !== "" && here.parent !== here) here.parent.postMessage({ type: `planmap:${type}`, ...what }, host);
        },
        /** From now on, what is asked for; first what has waited. @param {(asked: Asked) => void} then */
        listen(then) {
            take = then;
            for (const asked of waiting.splice(0)) then(asked);
        },
    };
}
