/** What an empty result offers instead: what else the search may mean, fewer conditions, the closest names. */

import { boxPath } from "../../io/addresses.js";
import { address, fetchDestinations, fetchPlaces, fetchSearchTexts } from "../../io/api.js";
import { folded } from "../../core/folding.js";
import { html, render } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import { boxesCalled } from "../../core/search/boxes.js";
import { meaningsOf } from "../../core/search/meanings.js";
import { closestNames } from "../../core/search/closest.js";
import { putPlaces, selectPlaced } from "../../core/proximity.js";
import { FACETS, tokensOf } from "../../core/selection.js";
import { choicesOf, emptyView, unfiltered } from "../../core/url.js";
import { chosenOf } from "../view_words.js";
import { citationOf, ownLang } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {{ words: string, view: Partial<View>, count: number }} Offer */

const MOST_NAMES = 5;
const MOST_DROPPED = 4;
/** What readers type who look for whom to ask. */
const CONTACT = /^(联系(电话|方式|人)?|电话|(tele)?phone( number)?|contacts?)$/;

/** @param {HTMLElement} root @param {Page} page @param {View} view of which nothing is left */
export async function showNearest(root, page, view) {
    const texts = page.pack.large ? {} : await fetchSearchTexts();
    const offers = await (page.pack.large ? askedOffers(page, view.q, looserViews(view)) : knownOffers(page, view, texts));
    // The reader may have moved on while all this came.
    if (!root.isConnected || page.state.view.q !== view.q) return;
    const nobody = CONTACT.test(folded(view.q).trim());
    // A name that is spelt like "telephone" is no answer to whom to ask.
    const names = view.q && !nobody ? closestNames(folded(view.q).trim(), page.catalogue.items, texts).slice(0, MOST_NAMES) : [];
    const boxes = boxesCalled(page.pack, view.q).slice(0, MOST_NAMES);
    render(root, html`${nobody && html`<p>${t("contact.none")}</p>`}
        ${offers.length + names.length + boxes.length > 0 && html`<p>${t("nearest")}</p>`}
        <ul class="nearest">${boxes.map((one) => html`<li><a href="${address(boxPath(one.page ?? "", ownLang(page.pack)))}">${boxWords(one)}</a></li>`)}
        ${offers.map((one) => offered(page, one.view, one.words, t("count", { n: one.count })))}
        ${names.map((one) => offered(page, { q: "", focus: one.id }, pick(one, "name"), pick(page.catalogue.layers.get(one.layer), "title")))}</ul>`);
}

/** Its number and its title. @param {Page["pack"]["outline"][0]} one */
export const boxWords = (one) => `${citationOf({ chapter: "", section: "", box: one.box })} ${pick(one, "title")}`;

/** @param {Page} page @param {Partial<View>} patch @param {string} words @param {string} small */
function offered({ state }, patch, words, small) {
    const view = { ...emptyView(), lang: state.view.lang, ...patch };
    return html`<li><a href="${state.address(view)}">${words}</a> <small>${small}</small></li>`;
}

/** @param {Page} page @param {View} view @param {Record<string, string>} texts */
async function knownOffers(page, view, texts) {
    const [places, destinations] = await Promise.all([fetchPlaces(), fetchDestinations()]);
    putPlaces(page.catalogue, places);
    return countedOffers(page, texts)([...meaningsOf(view.q, page.catalogue, places, destinations), ...looserViews(view)]);
}

/** Of the views, those that show something, each in words. @param {Page} page @param {Record<string, string>} texts @returns {(views: Partial<View>[]) => Offer[]} */
export function countedOffers(page, texts) {
    return (views) => views.map((patch) => (
        { view: patch, words: wordsOf(page, patch), count: selectPlaced(page.catalogue, { ...emptyView(), ...patch }, texts).items.length }
    )).filter(isOffered);
}

/** What a search of a large pack may mean, and other views, as the service counts them. @param {Page} page @param {string} typed @param {Partial<View>[]} others @returns {Promise<Offer[]>} */
export async function askedOffers(page, typed, others) {
    const [{ meaningsAsked }, { matchedBy }] = await Promise.all([import("../../core/large/meant.js"), import("../../core/large/asked.js")]);
    const views = [...await meaningsAsked(typed, page.catalogue), ...others];
    const offers = await Promise.all(views.map(async (patch) => (
        { view: patch, words: wordsOf(page, patch), count: await matchedBy({ ...emptyView(), ...patch }, page.state) }
    )));
    return offers.filter(isOffered);
}

/** @param {Offer} one */
const isOffered = (one) => one.count > 0 && Boolean(one.words);

/** What a view chooses. @param {Page} page @param {Partial<View>} patch */
function wordsOf(page, patch) {
    const view = { ...emptyView(), ...patch };
    const words = [
        ...chosenOf(page, view).map((one) => one.words),
        ...(view.focus && view.near ? [t("near.of", { name: pick(page.catalogue.byId.get(view.focus), "name"), km: Number(view.near) })] : []),
    ];
    return [...new Set(words)].join(" · ");
}

/** The search without the other conditions, without one of them, and with one of its words. @param {View} view @returns {Partial<View>[]} */
function looserViews(view) {
    const asked = choicesOf(view);
    const { q, place, near, inview } = asked;
    const centre = near && !place ? { focus: view.focus } : {};
    const patches = [
        ...[...FACETS, "site"].filter((name) => view[/** @type {"site"} */ (name)].length > 0).map((name) => ({ ...asked, ...centre, [name]: [] })),
        ...(near || place ? [{ ...asked, near: null, place: null }] : []),
        ...(inview ? [{ ...asked, inview: null }] : []),
    ].slice(0, MOST_DROPPED);
    const words = tokensOf(q.replaceAll("的", " "));
    const apart = words.length > 1 ? words.map((word) => ({ ...unfiltered(), q: word })) : [];
    const alone = q && patches.length > 1 ? [{ ...unfiltered(), q }] : [];
    return [...alone, ...patches.map((one) => ({ ...one, bbox: one.inview ? view.bbox : null })), ...apart.slice(0, MOST_DROPPED)];
}
