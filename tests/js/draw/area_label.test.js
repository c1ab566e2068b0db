/** Names of areas: within them, else beside them with a short leader, never on another. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { areaOf, brokenLines, holds, placeLabel, touches } from "../../../static/js/draw/area_label.js";

const square = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ size) =>
    areaOf([[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]]);
const room = { x: 0, y: 0, w: 400, h: 400 };
const form = (/** @type {number} */ w, /** @type {number} */ h) => ({ w, h });

test("a name stands about its anchor where the area has room for its whole box", () => {
    const placed = placeLabel(square(100, 100, 100), [], [150, 150], [form(60, 20)], [], room);
    assert.deepEqual([placed?.box, placed?.leader], [{ x: 120, y: 140, w: 60, h: 20 }, null]);
});

test("a name steps aside within its area for what stands there", () => {
    const own = square(100, 100, 100);
    const obstacle = { x: 120, y: 130, w: 60, h: 40 };
    const placed = placeLabel(own, [], [150, 150], [form(60, 20)], [obstacle], room);
    assert.ok(placed && holds(own, placed.box) && (placed.box.y >= 170 || placed.box.y + 20 <= 130));
});

test("a short name within goes before a long one beside", () => {
    const own = square(100, 100, 50);
    const [long, short] = [form(80, 20), form(40, 20)];
    assert.equal(placeLabel(own, [], [125, 125], [long, short], [], room)?.form, short);
});

test("a name too large for its area touches it by a leader of at most twenty pixels, and no other area", () => {
    const [own, other] = [square(100, 100, 30), square(130, 60, 120)];
    const placed = placeLabel(own, [other], [115, 115], [form(80, 20)], [], room);
    assert.ok(placed?.leader && !touches(own, placed.box) && !touches(other, placed.box));
    const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [placed.leader.from, placed.leader.to];
    const length = Math.hypot(x2 - x1, y2 - y1);
    assert.ok(length >= 4 && length <= 20, `${length}`);
    assert.ok([x1 >= placed.box.x - 1e-9, x1 <= placed.box.x + 80 + 1e-9, y1 >= placed.box.y - 1e-9, y1 <= placed.box.y + 20 + 1e-9].every(Boolean));
    assert.ok(x2 >= 100 && x2 <= 130 && y2 >= 100 && y2 <= 130);
});

test("where nothing has room there is no name", () => {
    const own = square(100, 100, 30);
    assert.equal(placeLabel(own, [square(0, 0, 99), areaOf([[[0, 0], [400, 0], [400, 400], [0, 400], [0, 0]]])], [115, 115], [form(80, 20)], [], room), null);
    assert.equal(placeLabel(own, [], [115, 115], [form(20, 10)], [room], room), null);
    assert.equal(placeLabel(own, [], [115, 115], [form(20, 10)], [], { x: 300, y: 300, w: 50, h: 50 }), null);
});

test("of two areas that overlap each has its name where it is alone", () => {
    const [own, other] = [square(100, 100, 100), square(100, 100, 60)];
    const placed = placeLabel(own, [other], [130, 130], [form(30, 20)], [], room);
    assert.ok(placed && holds(own, placed.box) && !touches(other, placed.box));
});

test("a name keeps off a border that runs through its box, and off a bay", () => {
    const bay = areaOf([[[0, 0], [100, 0], [100, 45], [40, 45], [40, 55], [100, 55], [100, 100], [0, 100], [0, 0]]]);
    assert.equal(holds(bay, { x: 30, y: 40, w: 40, h: 20 }), false);
    assert.equal(holds(bay, { x: 45, y: 46, w: 40, h: 8 }), false);
    assert.equal(holds(bay, { x: 45, y: 10, w: 40, h: 20 }), true);
    assert.equal(holds(bay, { x: 4, y: 4, w: 40, h: 20 }), true);
});

test("no name is led to an islet; one that is all there is counts", () => {
    const [land, islet] = [square(100, 100, 60).rings, square(300, 300, 3).rings];
    assert.equal(areaOf([...land, ...islet]).rings.length, 1);
    assert.equal(areaOf(islet).rings.length, 1);
});

test("a name beside its area lies on no islet of another", () => {
    const own = square(100, 100, 30);
    const first = placeLabel(own, [], [115, 115], [form(80, 20)], [], room);
    assert.ok(first?.leader);
    const islet = square(first.box.x + 38, first.box.y + 8, 4).rings;
    const second = placeLabel(own, [areaOf([...square(300, 300, 60).rings, ...islet])], [115, 115], [form(80, 20)], [], room);
    assert.ok(second?.leader);
    assert.notDeepEqual(second.box, first.box);
    assert.ok(islet.flat().every(([x = 0, y = 0]) => x < second.box.x || x > second.box.x + 80 || y < second.box.y || y > second.box.y + 20));
});

test("a long name breaks between words, a Chinese one anywhere, a short one not at all", () => {
    assert.deepEqual(brokenLines("一核")[0], ["一核"]);
    assert.deepEqual(brokenLines("东部文化研学体验片区")[1], ["东部文化研", "学体验片区"]);
    for (const lines of brokenLines("水产品（鲆鲽鱼类、海参、扇贝）省级现代农业产业园")) {
        assert.ok(lines.every((line) => !/^[、）]|（$/.test(line)), lines.join("|"));
    }
    assert.deepEqual(brokenLines("Eastern Culture and Study-Tour Zone")[1]?.join(" "), "Eastern Culture and Study-Tour Zone");
    for (const lines of brokenLines("Northern Ecology, Culture and Leisure Zone")) assert.ok(lines.every((line) => !line.startsWith(" ") && line));
});

/** The same numbers each time. */
function chances() {
    let state = 1;
    return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** Positions along the borders of an area, a hundredth of an edge apart. @param {import("../../../static/js/draw/area_label.js").Area} area */
const along = ({ edges }) => edges.flatMap(([[ax = 0, ay = 0], [bx = 0, by = 0]]) =>
    Array.from({ length: 101 }, (_, i) => [ax + ((bx - ax) * i) / 100, ay + ((by - ay) * i) / 100]));

/** How far a position lies from a box. @param {import("../../../static/js/draw/label_placement.js").Box} box @param {number[]} position */
const awayFrom = ({ x, y, w, h }, [px = 0, py = 0]) => Math.hypot(Math.max(x - px, 0, px - x - w), Math.max(y - py, 0, py - y - h));

test("an area touches a box where one of its borders runs through it, and not where it only points at it", () => {
    const chance = chances();
    const box = { x: 40, y: 40, w: 20, h: 20 };
    const seen = { touching: 0, apart: 0 };
    for (let i = 0; i < 400; i += 1) {
        const [a, b] = [0, 1].map(() => [chance() * 100, chance() * 100]);
        const sliver = areaOf([[a ?? [], b ?? [], b ?? [], a ?? []]]);
        const least = Math.min(...along(sliver).map((position) => awayFrom(box, position)));
        if (least > 0 && least < 1) continue; // too near to be told by a hundred positions
        assert.equal(touches(sliver, box), least === 0, `${a} ${b}`);
        seen[least === 0 ? "touching" : "apart"] += 1;
    }
    assert.ok(seen.touching > 50 && seen.apart > 50);
});

/** How far two positions lie apart. @param {number[]} a @param {number[]} b */
const between = ([ax = 0, ay = 0], [bx = 0, by = 0]) => Math.hypot(ax - bx, ay - by);

/** A small area whose borders run in all ways. @param {number} count of its corners @param {number} size @param {() => number} chance */
function tilted(count, size, chance) {
    const corners = Array.from({ length: count }, (_, n) => ((n + chance() / 4) * 2 * Math.PI) / count)
        .map((angle) => [200 + size * Math.cos(angle), 200 + size * Math.sin(angle)]);
    return areaOf([[...corners, corners[0] ?? []]]);
}

test("a leader is the shortest line from a name to its area, whatever way the border runs", () => {
    const chance = chances();
    let fromCorner = 0;
    for (let i = 0; i < 60; i += 1) {
        // A slender triangle leads from a corner of its own, a diamond too small for the name from the name's.
        const own = i % 2 ? tilted(3, 12, chance) : tilted(4, 40, chance);
        const placed = placeLabel(own, [], [200, 200], [form(42 + 4 * chance(), 44)], [], room);
        assert.ok(placed?.leader);
        const { box, leader: { from, to } } = placed;
        const least = Math.min(...along(own).map((position) => awayFrom(box, position)));
        assert.ok(Math.abs(between(from, to) - least) < 0.2, `${from} ${to} ${least}`);
        assert.ok(awayFrom(box, from) < 1e-6);
        assert.ok(Math.min(...along(own).map((position) => between(position, to))) < 0.5);
        const corners = [box.x, box.x + box.w].flatMap((x) => [box.y, box.y + box.h].map((y) => [x, y]));
        if (corners.some((corner) => between(corner, from) === 0)) fromCorner += 1;
    }
    assert.ok(fromCorner > 10, `${fromCorner}`);
});

test("a name is never broken into more than three lines", () => {
    assert.deepEqual(brokenLines("葫".repeat(40)).map((lines) => lines.length), [1, 2, 3]);
});
