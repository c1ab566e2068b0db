/** The way to an item: each map gets the datum it takes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inDatum, mapLinks } from "../../../static/js/ui/card/go_there.js";

/** Tian'anmen, as published in each datum to some metres. */
const HERE = /** @type {[number, number]} */ ([116.391, 39.9075]);

test("a position is copied in the datum it is named by", () => {
    assert.deepEqual(inDatum(HERE, "wgs84"), HERE);
    const [gcj, bd] = [inDatum(HERE, "gcj02"), inDatum(HERE, "bd09")];
    assert.ok(Math.abs(gcj[0] - 116.39724) < 2e-4 && Math.abs(gcj[1] - 39.9089) < 2e-4, String(gcj));
    assert.ok(Math.abs(bd[0] - 116.4036) < 3e-4 && Math.abs(bd[1] - 39.9152) < 3e-4, String(bd));
});

test("every map's address has its own datum, and says which", () => {
    const links = Object.fromEntries(mapLinks(HERE, "东镇; 厂").map(({ id, href }) => [id, decodeURIComponent(href)]));
    const [gcj, bd] = [inDatum(HERE, "gcj02"), inDatum(HERE, "bd09")];
    assert.ok(links.amap?.includes(`position=${gcj[0]},${gcj[1]}`) && links.amap.includes("coordinate=gaode"));
    assert.ok(links.baidu?.includes(`location=${bd[1]},${bd[0]}`) && links.baidu.includes("coord_type=bd09ll"));
    assert.ok(links.tencent?.includes(`coord:${gcj[1]},${gcj[0]};title:东镇  厂&`));
    assert.ok(links.system?.startsWith(`geo:${HERE[1]},${HERE[0]}?q=`));
});
