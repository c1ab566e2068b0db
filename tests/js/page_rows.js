/**
 * The rows that the list writes of items, by the page's own code, on what a server has sent: reads
 * { pack, index, words, ids } as JSON, writes [html] in the language of `words`. Run by tests/web/pages/test_first_view.py.
 */

import { readFileSync } from "node:fs";
import { setLanguage } from "../../static/js/core/i18n.js";
import { catalogueOf } from "../../static/js/core/selection.js";
import { emptyView } from "../../static/js/core/url.js";
import { row } from "../../static/js/ui/panel/list.js";

const { pack, index, words, lang, ids } = JSON.parse(readFileSync(0, "utf8"));
setLanguage(lang, words, pack.languages[0]);
const catalogue = catalogueOf(pack, index.features);
const page = /** @type {any} */ ({ pack, catalogue, state: { view: emptyView() } });
process.stdout.write(JSON.stringify(ids.map((/** @type {string} */ id) => String(row(page, /** @type {any} */ (catalogue.byId.get(id)), "")))));
