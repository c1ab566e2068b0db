/** What only an embedded map understands: its options, and the talk with the page around it. */

/** Query names of /embed beside the view's own. */
export const FRAME_NAMES = /** @type {const} */ (["controls", "legend", "list", "link", "origin", "version"]);

/** scheme://host[:port] and nothing behind it; the service refuses anything else (app/web/routes/pages.py). */
const ORIGIN = /^https?:\/\/(?:[\p{L}\p{N}_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/iu;

const SWITCHES = /** @type {const} */ ({ controls: true, legend: true, list: false, link: true });

/** @typedef {{ controls: boolean, legend: boolean, list: boolean, link: boolean, origin: string, version: string }} FrameOptions */

/**
 * Reads the options of a frame: switches are 1 or 0.
 * @param {string} query
 * @returns {FrameOptions}
 */
export function frameOptions(query) {
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
 * The options as they were written, to stay in the frame's address when the view changes.
 * @param {string} query
 */
export function keptOptions(query) {
    const given = new URLSearchParams(query);
    return FRAME_NAMES.filter((name) => given.has(name))
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
 * Talks with the host page, and with nobody else. Messages in: `planmap:set {view}`. Messages out:
 * `planmap:ready {version}`, `planmap:view {view, count}`, `planmap:select {id, name}`.
 * @param {string} host the host's origin; "" keeps silent
 * @param {(view: string) => void} setView
 */
export function createTalk(host, setView) {
    window.addEventListener("message", (event) => {
        const ours = host !== "" && event.origin === host && event.source === window.parent;
        if (!ours || typeof event.data !== "object" || event.data === null) return;
        if (event.data.type === "planmap:set" && typeof event.data.view === "string") setView(event.data.view);
    });
    return {
        /** @param {string} type @param {object} what */
        say(type, what) {
            if (host !== "" && window.parent !== window) window.parent.postMessage({ type: `planmap:${type}`, ...what }, host);
        },
    };
}
