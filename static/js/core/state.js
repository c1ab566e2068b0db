/** The view in force. The address bar is its truth: a change writes it, back and forward read it. */

import { stopsIn } from "./tour.js";
import { consistent, emptyView, parse, serialise, turnedTo } from "./url.js";

/** @typedef {import("./types.d.ts").View} View */
/** @typedef {import("./types.d.ts").Vocabulary} Vocabulary */
/** @typedef {import("./types.d.ts").Problem} Problem */

/** Stands for any item's id while an address is made; no id is so written. */
const SOME_ID = "any";

export class State extends EventTarget {
    /**
     * @param {Vocabulary} vocabulary
     * @param {string} [kept] what stays in the address beside the view: the options of a frame
     */
    constructor(vocabulary, kept = "") {
        super();
        this.vocabulary = vocabulary;
        this.kept = kept;
        /** @type {Problem[]} */
        this.problems = [];
        /** Whether the problems are those of a view that was asked for and not taken. */
        this.refused = false;
        /** @type {View} */
        this.view = emptyView();
        /** What the map shows now, whatever box the view names. @type {View["bbox"]} */
        this.extent = null;
        /** A tour that a link brought stays in the address. */
        this.hash = "";
        /** What the data understands of a view. @type {(view: View) => { view: View, problems: Problem[] }} */
        this.resolve = (view) => ({ view, problems: [] });
        this.#read();
        window.addEventListener("popstate", () => {
            const before = this.view;
            this.#read();
            this.#notify("change", { before });
        });
    }

    /**
     * @param {Partial<View>} patch
     * @param {"push" | "replace"} [how] "replace" for what is not a step of its own: panning, typing
     */
    change(patch, how = "push") {
        const before = this.view;
        const after = consistent({ ...before, ...patch });
        const address = this.address(after);
        if (address === this.address(before)) return;
        this.view = after;
        if (how === "push") history.pushState(null, "", address + this.hash);
        else history.replaceState(null, "", address + this.hash);
        this.#notify("change", { before });
    }

    /**
     * Adds the value to a facet, or takes it away.
     * @param {import("./types.d.ts").Facet} facet
     * @param {string} value
     */
    toggle(facet, value) {
        const chosen = this.view[facet];
        const next = chosen.includes(value)
            ? chosen.filter((one) => one !== value)
            : [...chosen, value];
        const chosenNow = this.vocabulary[facet].filter((one) => next.includes(one));
        // Another county is another place: the map goes there.
        const place = facet === "county" ? { bbox: null } : {};
        this.change({ [facet]: chosenNow, ...place });
    }

    /** The page's address for a view, relative to nothing: it can be copied. @param {View} [view] */
    address(view = this.view) {
        const here = new URL(location.href);
        const query = [serialise(view, this.vocabulary), this.kept].filter(Boolean).join("&");
        return here.pathname + (query ? `?${query}` : "");
    }

    /** Addresses of the view turned to an item, for many items at once. @returns {(id: string) => string} */
    itemAddresses() {
        const turned = { ...this.view, ...turnedTo(this.view, SOME_ID) };
        const [before = "", after = ""] = this.address(turned).split(`focus=${SOME_ID}`);
        return (id) => `${before}focus=${id}${after}`;
    }

    /** The data has come, or more of it: what it does not know is taken out of the view and named. @param {State["resolve"]} resolve */
    setResolver(resolve) {
        this.resolve = resolve;
        this.#take(this.view, this.problems);
    }

    /** A query string, read against all that is known; the view in force stays. @param {string} query */
    read(query) {
        const { view, problems } = parse(query, this.vocabulary);
        const found = this.resolve(view);
        return { view: found.view, problems: [...problems, ...found.problems] };
    }

    /** Shows the view once more, as if it had changed. */
    refresh() {
        this.#notify("change", { before: this.view });
    }

    /** What the pointer or the keyboard is on, in the list or on the map. @param {string | null} id */
    hover(id) {
        this.#notify("hover", { id });
    }

    /** The map has come to show this box. @param {NonNullable<View["bbox"]>} extent */
    setExtent(extent) {
        this.extent = extent;
        this.#notify("seen", { extent });
    }

    /** The reader has made the tour his own. */
    forgetTour() {
        if (!this.hash) return;
        this.hash = "";
        history.replaceState(null, "", this.address());
    }

    #read() {
        if (stopsIn(location.hash)) this.hash = location.hash;
        const { view, problems } = parse(location.search, this.vocabulary);
        this.#take(view, problems);
    }

    /** @param {View} view @param {Problem[]} problems */
    #take(view, problems) {
        const found = this.resolve(view);
        this.view = found.view;
        this.problems = [...problems, ...found.problems];
    }

    /** @param {string} name @param {object} detail */
    #notify(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}

/**
 * Every word the view may use, from the pack.
 * @param {import("./types.d.ts").Pack} pack
 * @returns {Vocabulary}
 */
export function vocabularyOf(pack) {
    const ids = (/** @type {{ id: string }[]} */ list) => list.map((one) => one.id);
    const categories = pack.layers.flatMap((layer) => ids(layer.categories));
    return {
        layer: ids(pack.layers),
        county: [...pack.counties.map((county) => county.code), "city", "outside"],
        names: namesOf(pack),
        category: [...new Set(categories)],
        status: ids(pack.statuses),
        precision: ids(pack.precisions),
        term: Object.keys(pack.terms ?? {}),
        doubt: ids(pack.doubts),
        site: pack.destinations ?? [],
        base: ["paper", ...ids(pack.base_maps ?? [])],
        lang: pack.languages,
        foreign: pack.foreign_parameters ?? [],
        traditional: pack.traditional,
    };
}

/**
 * What readers call the words of a list; app/view/view.py gathers the same.
 * @param {import("./types.d.ts").Pack} pack
 * @returns {Vocabulary["names"]}
 */
function namesOf(pack) {
    return {
        layer: titlesOf(pack.layers, /^title(_|$)/),
        // A county of the city's name is the narrower choice, a name goes before a short one.
        county: { [pack.place]: "city", ...titlesOf(pack.counties, /^short(_|$)/), ...titlesOf(pack.counties, /^name(_|$)/) },
        category: titlesOf(pack.layers.flatMap((layer) => layer.categories), /^title(_|$)/),
        status: titlesOf(pack.statuses, /^title(_|$)/),
        precision: titlesOf(pack.precisions, /^title(_|$)/),
        doubt: titlesOf(pack.doubts, /^title(_|$)/),
    };
}

/** Title → id, in every language. @param {object[]} records @param {RegExp} key @returns {Record<string, string>} */
function titlesOf(records, key) {
    return Object.fromEntries(records.flatMap((record) => {
        const one = /** @type {Record<string, string>} */ (record);
        return Object.keys(one).filter((name) => key.test(name)).map((name) => [one[name], one.id ?? one.code]);
    }));
}
