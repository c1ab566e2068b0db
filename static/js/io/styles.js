/** Style sheets that are loaded with the parts that need them. */

import { address } from "./api.js";

/** Light or dark, and what colours say. @param {import("../core/types.d.ts").View} view */
export function applyLook({ theme, colour }) {
    for (const [name, value] of Object.entries({ theme, colour })) {
        if (value) document.documentElement.dataset[name] = value;
        else delete document.documentElement.dataset[name];
    }
    if (colour) void styled("status");
}

/** @type {Map<string, Promise<unknown>>} */
const known = new Map();

/**
 * Loads css/<name>.css once; sheets for small screens and for paper keep the last word.
 * @param {string} name
 * @returns {Promise<unknown>} when it is in force
 */
export function styled(name) {
    const asked = known.get(name) ?? new Promise((done) => {
        const link = document.createElement("link");
        Object.assign(link, { rel: "stylesheet", href: address(`static/css/${name}.css`), onload: done, onerror: done });
        const last = document.querySelector('link[href$="phone.css"]');
        if (last) last.before(link);
        else document.head.append(link);
    });
    known.set(name, asked);
    return asked;
}

/** A part of the page and the styles it stands in. @template T @param {Promise<T>} part @param {string} [name] @returns {Promise<T>} */
export async function withStyles(part, name = "demand") {
    await styled(name);
    return part;
}
