/** The small map of a comparison: names of counties stand beside the numbers, not beneath them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { compareMap } from "../../../static/js/ui/card/compare_map.js";

const LETTERS = 11;
const COUNTIES = /** @type {any[]} */ ([
    { code: "1", name_zh: "龙港区", name_en: "Longgang", at: [120.9, 40.7] },
    { code: "2", name_zh: "兴城市", name_en: "Xingcheng", at: [120.7, 40.6] },
]);
const OUTLINES = /** @type {any} */ ({
    features: COUNTIES.map(({ code, at: [x, y] }) => ({
        properties: { code, label: [x, y] },
        geometry: { type: "Polygon", coordinates: [[[x - 0.2, y - 0.1], [x + 0.2, y - 0.1], [x, y + 0.2], [x - 0.2, y - 0.1]]] },
    })),
});

/** @param {string} markup @param {RegExp} one */
const numbers = (markup, one) => [...markup.matchAll(one)].map((found) => found.slice(1));

for (const [dx, dy] of [[0, 0], [0.02, 0], [-0.04, 0.01], [0, 0.02], [0.01, -0.02]]) {
    test(`no number lies on a name: ${dx}, ${dy} degrees beside it`, () => {
        const details = COUNTIES.map(({ at }) => ({ method: "point", geometry: { type: "Point", coordinates: [at[0] + dx, at[1] + dy] } }));
        const markup = String(compareMap(OUTLINES, COUNTIES, /** @type {any} */ (details), []));
        const discs = numbers(markup, /<circle cx="([\d.]+)" cy="([\d.]+)" r="(\d+)"/g).map((all) => all.map(Number));
        const names = numbers(markup, /<text class="is-county" x="([\d.]+)" y="([\d.]+)">([^<]+)</g);
        assert.equal(discs.length, COUNTIES.length);
        assert.equal(names.length, COUNTIES.length);
        for (const [x = "", base = "", name = ""] of names) {
            for (const [cx = 0, cy = 0, r = 0] of discs) {
                const across = Math.abs(cx - Number(x)) - [...name].length * LETTERS / 3;
                const down = Math.abs(cy - (Number(base) - 4)) - LETTERS / 2;
                assert.ok(Math.max(across, down) >= r - 1, `${name} at ${x}, ${base} beneath ${cx}, ${cy}`);
            }
        }
    });
}
