/**
 * Where things stand on a site of static files: `planmap publish` puts this in the place of
 * addresses.js. There is a file for the whole, for each county and for each layer, and no other:
 * a file that holds more than was asked for would be wrong, so a finer view gets none.
 */

/** @typedef {{ layer: string, id: string }} Named */

/** What a view may say without choosing other items. */
const IGNORED_NAMES = ["focus", "bbox", "title", "base", "theme", "colour"];
/** Of a view that chooses nothing they show what the pack begins with; there are none of all its items. */
const PICTURES = ["png", "svg", "pdf", "pptx"];
const FOLDERS = ["county", "layer"];

/** @param {Named} item */
export const itemPath = (item) => `api/collections/${item.layer}/items/${item.id}.json`;

/** A place of the gazetteer with what its sources say; null where nobody serves it. @param {string} _name @param {string} _lang @returns {string | null} */
export const placePath = (_name, _lang) => null;

/** All items of a layer. @param {string} layer */
export const itemsPath = (layer) => `api/collections/${layer}/items.json`;

/**
 * A view in another form; null where there is none.
 * @param {string} ext
 * @param {string} query the view
 * @returns {string | null}
 */
export function formatPath(ext, query) {
    const chosen = [...new URLSearchParams(query)].filter(([name]) => !IGNORED_NAMES.includes(name) && (name !== "all" || PICTURES.includes(ext)));
    const lang = chosen.find(([name]) => name === "lang")?.[1];
    const [first, ...more] = chosen.filter(([name]) => name !== "lang");
    const folder = lang ? `${lang}/` : "";
    if (!first) return `${folder}view.${ext}`;
    const [name, value] = first;
    if (more.length > 0 || !FOLDERS.includes(name) || value.includes(",")) return null;
    return `${folder}${name}/${value}/view.${ext}`;
}

/**
 * A tour as slides; null where nobody makes them.
 * @param {string} _ext @param {string[]} _stops @param {string} _lang
 * @returns {string | null}
 */
export const deckPath = (_ext, _stops, _lang) => null;

/** The view's address as a QR code; null where nobody draws one. @param {string} _query @returns {string | null} */
export const qrPath = (_query) => null;

/** A comparison as a file; null where nobody makes one. @param {string} _ext @param {string[]} _ids @param {string} _lang @returns {string | null} */
export const comparisonPath = (_ext, _ids, _lang) => null;

/** Whether pictures can be had in other sizes than the usual. */
export const PICTURE_CHOICES = false;

/** The page about the data. @param {string} lang empty for the first language */
export const dataPath = (lang) => `${lang ? `${lang}/` : ""}data/`;

/** The page of all that a box of the plan names. @param {string} page @param {string} lang empty for the first language */
export const boxPath = (page, lang) => `${lang ? `${lang}/` : ""}data/boxes/${page}/`;

/** A county's list for checking; null where nobody makes it. @param {string} _county @param {string} _lang @returns {string | null} */
export const checkingPath = (_county, _lang) => null;
