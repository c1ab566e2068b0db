/**
 * Where things stand on a service, relative to the page. A site published as static files carries
 * addresses.published.js under this name: same functions, other places.
 */

/** @typedef {{ layer: string, id: string }} Named */

/** @param {Named} item */
export const itemPath = (item) => `api/collections/${item.layer}/items/${item.id}`;

/** A place of the gazetteer with what its sources say; null where nobody serves it. @param {string} name @param {string} lang empty for the first language @returns {string | null} */
export const placePath = (name, lang) => `api/collections/places/items/${encodeURIComponent(name)}${lang ? `?lang=${lang}` : ""}`;

/** All items of a layer. @param {string} layer */
export const itemsPath = (layer) => `api/collections/${layer}/items?limit=1000`;

/**
 * A view in another form; null where there is none.
 * @param {string} ext
 * @param {string} query the view
 * @returns {string | null}
 */
export const formatPath = (ext, query) => `view.${ext}${query ? `?${query}` : ""}`;

/**
 * A tour as slides; null where nobody makes them.
 * @param {string} ext
 * @param {string[]} stops query strings
 * @param {string} lang
 * @returns {string | null}
 */
export const deckPath = (ext, stops, lang) =>
    `deck.${ext}?${new URLSearchParams([["lang", lang], ...stops.map((query) => ["view", query])])}`;

/** The view's address as a QR code; null where nobody draws one. @param {string} query @returns {string | null} */
export const qrPath = (query) => `qr.svg${query ? `?${query}` : ""}`;

/** A comparison as a file; null where nobody makes one. @param {string} ext @param {string[]} ids @param {string} lang @returns {string | null} */
export const comparisonPath = (ext, ids, lang) => `comparison.${ext}?compare=${ids.join()}${lang ? `&lang=${lang}` : ""}`;

/** Whether pictures can be had in other sizes than the usual. */
export const PICTURE_CHOICES = true;

/** The page about the data. @param {string} lang empty for the first language */
export const dataPath = (lang) => `data${lang ? `?lang=${lang}` : ""}`;

/** The page of all that a box of the plan names. @param {string} page @param {string} lang empty for the first language */
export const boxPath = (page, lang) => `data/boxes/${page}${lang ? `?lang=${lang}` : ""}`;

/** A county's list for checking; null where nobody makes it. @param {string} county @param {string} lang empty for the first language @returns {string | null} */
export const checkingPath = (county, lang) => `data/checking/${county}${lang ? `?lang=${lang}` : ""}`;
