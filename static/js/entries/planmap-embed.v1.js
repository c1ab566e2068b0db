/**
 * `<planmap-embed view="county=…">`: the map in somebody else's page as an element. One file that needs no other, so
 * that a host may keep a copy; what it promises is in planmap-embed.v1.d.ts and stays so under this name.
 */

/** @typedef {import("./planmap-embed.v1.d.ts").PlanmapRequest} PlanmapRequest */
/** @typedef {import("./planmap-embed.v1.d.ts").PlanmapEvents} PlanmapEvents */

/** Where the service is: this file lies three folders below its root. */
const HOME = new URL("../../../", import.meta.url).href;
/** What a message says; everything else is said in the frame's address. */
const SAID = ["view", "lang", "legend"];
const OPTIONS = ["theme", "controls", "list", "link", "version"];
const PREFIX = "planmap:";

const style = new CSSStyleSheet();
style.replaceSync(":host { display: block; height: 600px } :host([hidden]) { display: none } iframe { display: block; width: 100%; height: 100%; border: 0 }");

/** A promise and what fulfils it. */
function opening() {
    /** @type {(value: PlanmapEvents["planmap-ready"]) => void} */
    let resolve = () => {};
    /** @type {Promise<PlanmapEvents["planmap-ready"]>} */
    const promise = new Promise((done) => { resolve = done; });
    return { promise, resolve };
}

export class PlanmapEmbed extends HTMLElement {
    static observedAttributes = [...SAID, ...OPTIONS, "service", "title"];

    /** Removed with the element from the page. @type {AbortController | null} */
    #talk = null;
    #frame = document.createElement("iframe");
    /** Fulfilled when the map is there; another one after the frame has been loaded anew. */
    #opening = opening();
    #isReady = false;
    /** What the map shows, as it has said itself. @type {string | null} */
    #shown = null;
    /** What was asked for and not sent: not ready yet. @type {PlanmapRequest | null} */
    #waiting = null;
    /** What was asked of a map that nobody could see: it is asked again when it can be seen. @type {PlanmapRequest | null} */
    #unseen = null;
    #seen = false;

    constructor() {
        super();
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [style];
        root.append(this.#frame);
        this.#frame.allow = "fullscreen; geolocation";
    }

    /** Resolves with the data version when the map can be talked to. */
    get ready() {
        return this.#opening.promise;
    }

    /** Root of the service; of the copy of this file's origin unless said. */
    get service() {
        const asked = this.getAttribute("service");
        return asked ? new URL(asked.endsWith("/") ? asked : `${asked}/`, document.baseURI).href : HOME;
    }

    /** The view that is shown now, or that was asked for. */
    get view() {
        return this.#shown ?? this.getAttribute("view") ?? "";
    }

    set view(query) {
        this.setAttribute("view", query);
    }

    connectedCallback() {
        this.#talk = new AbortController();
        const { signal } = this.#talk;
        window.addEventListener("message", (event) => this.#hear(event), { signal });
        const sight = new IntersectionObserver((entries) => this.#look(entries.some((one) => one.isIntersecting)));
        sight.observe(this);
        signal.addEventListener("abort", () => sight.disconnect());
        this.#load();
    }

    disconnectedCallback() {
        this.#talk?.abort();
        this.#talk = null;
        this.#close();
    }

    /** @param {string} name @param {string | null} before @param {string | null} now */
    attributeChangedCallback(name, before, now) {
        if (before === now || !this.#talk) return;
        if (name === "title") this.#frame.title = this.#title();
        else if (SAID.includes(name)) this.set({ [name]: now ?? (name === "view" ? "" : undefined) });
        else this.#load();
    }

    /**
     * Asks for a view, a language, a legend; what is left out stays. Sent when the map is ready; of several before
     * that the last counts.
     * @param {PlanmapRequest} request
     */
    set(request) {
        if (!this.#isReady) {
            this.#waiting = { ...this.#waiting, ...request };
            return;
        }
        if (!this.#seen) this.#unseen = { ...this.#unseen, ...request };
        this.#send(request);
    }

    /** @param {PlanmapRequest} request */
    #send(request) {
        this.#frame.contentWindow?.postMessage({ type: `${PREFIX}set`, ...request }, new URL(this.service).origin);
    }

    #load() {
        this.#close();
        const address = new URL("embed", this.service);
        address.search = this.view.replace(/^\?/, "");
        for (const name of [...OPTIONS, "lang", "legend"]) {
            const value = this.getAttribute(name);
            const said = SAID.includes(name) && address.searchParams.has(name);
            if (value !== null && !said) address.searchParams.set(name, value);
        }
        // A page opened from a file has no origin that could be talked to.
        if (/^https?:/.test(location.origin)) address.searchParams.set("origin", location.origin);
        this.#frame.title = this.#title();
        this.#frame.src = address.href;
    }

    /** A frame that has left the page or loads another address hears nothing. */
    #close() {
        if (this.#isReady) this.#opening = opening();
        this.#isReady = false;
    }

    #title() {
        return this.title || (this.getAttribute("lang") === "en" ? "Map" : "地图");
    }

    /** @param {MessageEvent} event */
    #hear(event) {
        const { data, source, origin } = event;
        if (source !== this.#frame.contentWindow || origin !== new URL(this.service).origin) return;
        if (typeof data?.type !== "string" || !data.type.startsWith(PREFIX)) return;
        const { type, ...detail } = data;
        const name = type.slice(PREFIX.length);
        if (name === "view") this.#shown = detail.view;
        if (name === "ready") this.#open(detail);
        this.dispatchEvent(new CustomEvent(`planmap-${name}`, { detail, bubbles: true, composed: true }));
    }

    /** @param {PlanmapEvents["planmap-ready"]} detail */
    #open(detail) {
        this.#isReady = true;
        this.#opening.resolve(detail);
        const waiting = this.#waiting;
        this.#waiting = null;
        if (waiting) this.set(waiting);
    }

    /** @param {boolean} seen */
    #look(seen) {
        this.#seen = seen;
        const again = this.#unseen;
        if (!seen || !again || !this.#isReady) return;
        this.#unseen = null;
        this.#send(again);
    }
}

if (!customElements.get("planmap-embed")) customElements.define("planmap-embed", PlanmapEmbed);
