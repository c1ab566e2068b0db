/**
 * The ids that the page lists for each view, by the page's own code, on what a server has sent: reads
 * { pack, index, search, places, queries } as JSON, writes [{ ids, drawn, problems }]. Run by tests/test_one_truth.py.
 */

import { readFileSync } from "node:fs";
import { catalogueOf } from "../../static/js/core/selection.js";
import { createOverview } from "../../static/js/core/overview.js";
import { putPlaces, selectPlaced } from "../../static/js/core/proximity.js";
import { vocabularyOf } from "../../static/js/core/state.js";
import { checkView } from "../../static/js/core/checked_view.js";
import { parse } from "../../static/js/core/url.js";

const { pack, index, search, places, queries } = JSON.parse(readFileSync(0, "utf8"));
const catalogue = catalogueOf(pack, index.features);
putPlaces(catalogue, places.places);
const vocabulary = vocabularyOf(pack);
const overview = createOverview(pack, catalogue);

const answers = queries.map((/** @type {string} */ query) => {
    const read = parse(query, vocabulary);
    const { view, problems } = checkView(read.view, catalogue);
    const selection = overview.of(selectPlaced(catalogue, view, search), view);
    const drawn = (selection.drawn ?? selection).items.map((item) => item.id);
    return { ids: selection.items.map((item) => item.id), drawn, problems: [...read.problems, ...problems] };
});
process.stdout.write(JSON.stringify(answers));
