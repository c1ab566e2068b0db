/**
 * The ids that the page lists for each view, by the page's own code, on what a server has sent: reads
 * { pack, index, search, places, queries } as JSON, writes [{ ids, problems }]. Run by tests/test_one_truth.py.
 */

import { readFileSync } from "node:fs";
import { catalogueOf } from "../../static/js/core/selection.js";
import { putPlaces, selectPlaced } from "../../static/js/core/proximity.js";
import { vocabularyOf } from "../../static/js/core/state.js";
import { checkView } from "../../static/js/core/checked_view.js";
import { parse } from "../../static/js/core/url.js";

const { pack, index, search, places, queries } = JSON.parse(readFileSync(0, "utf8"));
const catalogue = catalogueOf(pack, index.features);
putPlaces(catalogue, places.places);
const vocabulary = vocabularyOf(pack);

const answers = queries.map((/** @type {string} */ query) => {
    const read = parse(query, vocabulary);
    const { view, problems } = checkView(read.view, catalogue);
    const { items } = selectPlaced(catalogue, view, search);
    return { ids: items.map((item) => item.id), problems: [...read.problems, ...problems] };
});
process.stdout.write(JSON.stringify(answers));
