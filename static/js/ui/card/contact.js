/** Whom to ask: the item's own office, else its counties', else the operator's; said once that there is none. */

import { html, isWebAddress } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";

/** @typedef {import("../../core/types.d.ts").Contact} Contact */
/** @typedef {import("../../core/types.d.ts").Pack} Pack */
/** @typedef {import("../../core/types.d.ts").Detail} Detail */

/** Those known, each under whose name. @param {Pack} pack @param {Detail} detail @returns {{ name: string, contact: Contact }[]} */
export function contactsOf(pack, detail) {
    if (isKnown(detail)) return [{ name: "", contact: detail }];
    const counties = pack.counties.filter((one) => detail.counties.includes(one.code) && isKnown(one));
    if (counties.length > 0) return counties.map((one) => ({ name: pick(one, "name"), contact: one }));
    return pick(pack, "contact") ? [{ name: "", contact: { contact: pick(pack, "contact") } }] : [];
}

/** @param {Contact} one */
const isKnown = (one) => Boolean(one.contact || one.telephone || one.website);

/** @param {{ name: string, contact: Contact }} one */
export function contactLine({ name, contact }) {
    const { telephone, website, contact_source: source } = contact;
    return html`<p class="contact-line">${name && html`<span>${name}</span> `}${pick(contact, "contact")}
        ${telephone && html`<a href="tel:${telephone.replace(/[^0-9+]/g, "")}">${telephone}</a>`}
        ${isWebAddress(website ?? "") && html`<a href="${website}" rel="noreferrer">${website}</a>`}
        ${source && html`<small>${t("contact.source", { source })}</small>`}</p>`;
}

/** In one line of text. @param {{ name: string, contact: Contact }} one */
export function contactText({ name, contact }) {
    return [name, pick(contact, "contact"), contact.telephone, contact.website].filter(Boolean).join(" ");
}

/** @param {Pack} pack @param {Detail} detail */
export function contactSection(pack, detail) {
    const known = contactsOf(pack, detail);
    if (known.length === 0 && !detail.access) return null;
    return html`<section class="contact"><h3>${t("card.contact")}</h3>
        ${known.length > 0 ? known.map(contactLine) : html`<p class="hint">${t("contact.none")}</p>`}</section>`;
}
