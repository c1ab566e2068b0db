/** What is selected as a table that sorts: for a county, what it has, what is only known by county. */

import { formatPath } from "../../io/addresses.js";
import { address, fetchItems } from "../../io/api.js";
import { find, html, pressedElement, render } from "../../io/html.js";
import { awayText, distance, number, pick, t } from "../../core/i18n.js";
import { distanceFrom, centreOf } from "../../core/proximity.js";
import { certaintyOf, symbol } from "../../draw/symbols.js";
import { inviewTurned, serialise, turnedTo, VIEW_NAMES } from "../../core/url.js";
import { DESTINATIONS, distanceTo } from "../card/access.js";
import { createDirections, matrix } from "./county_head.js";
import { inOrder, sortKey } from "./order.js";
import { icon } from "../icons.js";
import { LONG, printedNote } from "../rows/length.js";
import { styled } from "../../io/styles.js";
import { viewTitle } from "../view_words.js";
import { countiesText, valueWords } from "../phrases.js";

/** @typedef {import("../../core/types.d.ts").Item} Item */
/** @typedef {import("../../core/types.d.ts").Detail} Detail */
/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {{ id: string, title: string, value(item: Item): string | number, shown?(item: Item): unknown }} Column */

/** The best of these that the service offers is "the table to take away". */
const SHEETS = ["xlsx", "csv"];
/** Columns that the service can sort a large pack by (app/web/routes/large.py). */
const SORTS = ["name", "layer", "category", "status", "precision", "radius"];
/** What has no place of its own is said so beside its name. */
const MARKED = ["none", "wide"];

/**
 * @param {HTMLElement} root
 * @param {Page} page
 */
export function createTable(root, page) {
    const { state } = page;
    const order = { sorted: "", upward: true, byStatus: false };
    let shown = false;
    /** @type {Selection | null} */
    let selection = null;
    const details = layerDetails(() => draw());
    const long = createLong(root);
    const draw = () => {
        if (!selection) return;
        const { scrollTop = 0 } = root.querySelector(".scroll") ?? {};
        const columns = columnsOf(page, selection.load ? null : details(selection));
        const rows = rowsOf(selection, columns.find(({ id }) => id === order.sorted), order.upward);
        const head = html`${directions()}${matrix(page, selection, order.byStatus)}`;
        render(root, markup(page, selection, columns, head, order.sorted, order.upward, rows.items));
        void long.show(columns, rows);
        root.querySelector(".scroll")?.scrollTo(0, scrollTop);
    };
    const directions = createDirections(page, () => draw());
    root.addEventListener("click", (event) => {
        leads(event, state, long.print);
        if (turned(event, order)) draw();
    });
    root.addEventListener("pointerover", (event) => state.hover(pressedElement(event, "id")));
    return {
        /** @param {Selection} next */
        update(next) {
            selection = next;
            draw();
            const opened = !shown && !root.hidden;
            shown = !root.hidden;
            // On a small screen the button that asked for the table has gone from sight.
            if (opened && !find("#panel", HTMLElement).checkVisibility({ visibilityProperty: true })) find("h2", HTMLElement, root).focus();
        },
    };
}

/** Whether a press sorts the table or unfolds what it counts. @param {Event} event @param {{ sorted: string, upward: boolean, byStatus: boolean }} order */
function turned(event, order) {
    const column = pressedElement(event, "sort");
    const folds = pressedElement(event, "matrix") !== null;
    if (folds) order.byStatus = !order.byStatus;
    if (column) Object.assign(order, { sorted: column, upward: column === order.sorted ? !order.upward : true });
    return folds || Boolean(column);
}

/** The items in the order of a column; those of a large pack the service sorts. @param {Selection} selection @param {Column | undefined} column @param {boolean} upward @returns {Pick<Selection, "items" | "load">} */
function rowsOf({ items, load, sorted }, column, upward) {
    if (column && sorted) return sorted(`${upward ? "" : "-"}${column.id}`);
    return { load, items: load ? items : inOrder(items, column, upward) };
}

/** A table of so many rows that they come as they come into sight. @param {HTMLElement} root */
function createLong(root) {
    /** @type {ReturnType<typeof import("../rows/long_rows.js").createLongRows> | null} */
    let part = null;
    return {
        /** @param {Column[]} columns @param {Pick<Selection, "items" | "load">} rows */
        async show(columns, { items, load }) {
            const box = root.querySelector("tbody[data-long]");
            if (!(box instanceof HTMLElement)) return part?.show([]);
            const row = (/** @type {number} */ at) => { const item = items[at]; return item ? rowOf(columns, item) : null; };
            part ??= (await Promise.all([import("../rows/long_rows.js"), styled("rows")]))[0].createLongRows(root, () => {});
            if (root.contains(box)) part.show([{ box, count: items.length, row, load: (from, to) => load?.(from, to) ?? null }]);
        },
        /** What is to be printed comes first. */
        async print() {
            if (root.querySelector("tbody[data-long]")) await part?.print();
            else window.print();
        },
    };
}

/**
 * What the items of a layer say in its own fields, by id; fetched when the layer is looked at alone.
 * @param {() => void} fetched
 */
function layerDetails(fetched) {
    /** @type {Map<string, Map<string, Detail>>} */
    const known = new Map();
    return (/** @type {Selection} */ { items }) => {
        const [layer, ...more] = new Set(items.map((item) => item.layer));
        if (!layer || more.length > 0) return null;
        if (!known.has(layer)) {
            known.set(layer, new Map());
            void fetchItems(layer).then((found) => {
                known.set(layer, new Map(found.map((one) => [one.id, one])));
                fetched();
            });
        }
        return { layer, found: /** @type {Map<string, Detail>} */ (known.get(layer)) };
    };
}

/** What a press changes beyond the table itself. @param {Event} event @param {import("../../core/state.js").State} state @param {() => Promise<void>} print */
function leads(event, state, print) {
    if (pressedElement(event, "print") !== null) void print();
    if (pressedElement(event, "close") !== null) {
        state.change({ table: null });
        find('[data-key="table"]', HTMLElement).focus();
    }
    if (pressedElement(event, "inview") !== null) {
        state.change(inviewTurned(state.view, state.extent));
    }
    const [layer, status] = pressedElement(event, "cell")?.split(":") ?? [];
    if (layer && status) state.change({ layer: [layer], status: [status], category: [] });
    const id = pressedElement(event, "id");
    if (id) {
        event.preventDefault();
        state.change(turnedTo(state.view, id));
    }
}

/** @typedef {{ layer: string, found: Map<string, Detail> }} Own */

/** @param {Page} page @param {Own | null} own what the only layer shown says in its own fields @returns {Column[]} */
function columnsOf(page, own) {
    const { pack, catalogue } = page;
    const layerOf = (/** @type {Item} */ item) => catalogue.layers.get(item.layer);
    const order = (/** @type {{ id: string }[]} */ list, /** @type {string} */ id) => list.findIndex((one) => one.id === id);
    const titled = (/** @type {import("../../core/types.d.ts").Titled[]} */ list, /** @type {string} */ id) =>
        pick(list.find((one) => one.id === id), "title");
    return [
        { id: "name", title: t("table.name"), value: (item) => pick(item, "name"), shown: (item) => nameCell(catalogue, item) },
        ...(own ? [] : [{
            id: "layer", title: t("table.layer"), value: (/** @type {Item} */ item) => order(pack.layers, item.layer),
            shown: (/** @type {Item} */ item) => pick(layerOf(item), "title"),
        }]),
        { id: "category", title: t("table.category"), value: (item) => titled(layerOf(item)?.categories ?? [], item.category) },
        { id: "county", title: t("counties"), value: (item) => countiesText(pack, item) },
        { id: "status", title: pick(pack, "status_title"), value: (item) => order(pack.statuses, item.status), shown: (item) => titled(pack.statuses, item.status) },
        { id: "precision", title: t("facet.precision"), value: (item) => order(pack.precisions, item.precision), shown: (item) => titled(pack.precisions, item.precision) },
        ...(own ? ownColumns(page, own) : []),
        ...awayColumn(page),
        { id: "radius", title: t("table.radius"), value: (item) => radiusOf(item), shown: (item) => (radiusOf(item) === Infinity ? "—" : distance(radiusOf(item))) },
    ];
}

/** How far each is from what the view is near to. @param {Page} page @returns {Column[]} */
function awayColumn({ catalogue, state }) {
    const centre = state.view.near ? centreOf(catalogue, state.view) : null;
    if (!centre) return [];
    return [{
        id: "away", title: t("table.away"), value: (item) => distanceFrom(centre, item)?.metres ?? Infinity,
        shown: (item) => {
            const away = distanceFrom(centre, item);
            return away ? awayText(away.metres, away.doubt) : "—";
        },
    }];
}

/** The layer's own fields, and how far the nearest port and station are, where it says so. @param {Page} page @param {Own} own @returns {Column[]} */
function ownColumns({ pack, catalogue }, { layer, found }) {
    const fields = (catalogue.layers.get(layer)?.fields ?? []).filter((field) => field.id !== "diagram" && [...found.values()].some((one) => sortKey(one[field.id]) !== Infinity));
    const kinds = DESTINATIONS.slice(0, 2).filter(() => [...found.values()].some((one) => one.access));
    return [
        ...fields.map((field) => ({
            id: field.id, title: pick(field, "title"),
            value: (/** @type {Item} */ item) => sortKey(found.get(item.id)?.[field.id]),
            shown: (/** @type {Item} */ item) => valueWords(pack, field, found.get(item.id)?.[field.id]),
        })),
        ...kinds.map((kind) => ({
            id: kind, title: t(`access.${kind}`),
            value: (/** @type {Item} */ item) => found.get(item.id)?.access?.[kind]?.km ?? Infinity,
            shown: (/** @type {Item} */ item) => nearest(found.get(item.id), kind),
        })),
    ];
}

/** @param {Detail | undefined} detail @param {string} kind */
function nearest(detail, kind) {
    return detail?.access ? distanceTo(detail, kind) : "";
}

/** Items without a place of their own come last. @param {Item} item */
function radiusOf(item) {
    return ["none", "wide"].includes(certaintyOf(item)) ? Infinity : item.uncertainty_m ?? Infinity;
}

/** @param {import("../../core/types.d.ts").Catalogue} catalogue @param {Item} item */
function nameCell(catalogue, item) {
    const layer = catalogue.layers.get(item.layer);
    return html`<a href="./?focus=${item.id}" data-id="${item.id}" data-key="row:${item.id}">
        ${layer && symbol(layer, catalogue.families.get(layer.family), item)}<span>${pick(item, "name")}</span></a>
        ${MARKED.includes(certaintyOf(item)) && html`<small class="mark is-${certaintyOf(item)}">${t(`truth.${certaintyOf(item)}`)}</small>`}`;
}

/**
 * The roles are said, for in a narrow place the rows are no table to the eye (css/demand.css).
 * @param {Page} page @param {Selection} selection @param {Column[]} columns
 * @param {import("../../io/html.js").Markup} head @param {string} sorted @param {boolean} upward @param {Item[]} rows
 */
function markup(page, selection, columns, head, sorted, upward, rows) {
    const long = Boolean(selection.load) || rows.length > LONG;
    return html`<div class="table-head"><h2 tabindex="-1" data-key="table-title">${titleOf(page)}</h2><p>${t("count", { n: rows.length })}${summary(page, selection)}</p>
            <button type="button" class="tool" data-inview data-key="table-inview"
                aria-pressed="${page.state.view.inview === "1"}">${t("inview")}</button>
            ${sheet(page)}
            <button type="button" class="tool" data-print>${icon("print")}<span>${t("print")}</span></button>
            <button type="button" class="close" data-close aria-label="${t("close")}">${icon("close")}</button></div>
        <div class="scroll" tabindex="0" role="group" aria-label="${t("table")}">${head}${long && printedNote(rows.length)}<table class="listing" role="table" aria-rowcount="${rows.length + 1}">
        <thead role="rowgroup"><tr role="row" aria-rowindex="1">${columns.map((column) => html`<th scope="col" role="columnheader" aria-sort="${sortOf(column.id === sorted, upward)}">
            ${selection.sorted && !SORTS.includes(column.id) ? column.title : html`<button type="button" data-sort="${column.id}" data-key="sort:${column.id}">${column.title}</button>`}</th>`)}</tr></thead>
        ${long ? html`<tbody role="rowgroup" data-long></tbody>` : html`<tbody role="rowgroup">${rows.map((item) => rowOf(columns, item))}</tbody>`}</table></div>`;
}

/** @param {Column[]} columns @param {Item} item */
function rowOf(columns, item) {
    return html`<tr role="row">${columns.map((column) =>
        html`<td role="cell" data-title="${column.title}">${column.shown ? column.shown(item) : column.value(item)}</td>`)}</tr>`;
}

/** @param {boolean} own @param {boolean} upward */
function sortOf(own, upward) {
    if (!own) return "none";
    return upward ? "ascending" : "descending";
}

/** What was chosen, or the whole. @param {Page} page */
function titleOf({ pack, catalogue, state }) {
    const words = viewTitle({ pack, catalogue }, { ...state.view, focus: null });
    return words === pick(pack, "title") ? pick(pack, "place") : words;
}

/** What cannot be found on the map, or only by county. @param {Page} page @param {Selection} selection */
function summary({ pack, state }, { items, counts, load }) {
    const chosen = state.view.precision;
    const of = (/** @type {string} */ id) => (chosen.length > 0 && !chosen.includes(id) ? 0 : counts.precision.get(id) ?? 0);
    const unlocated = load ? of("none") : items.filter((item) => certaintyOf(item) === "none").length;
    const wide = load ? of("county") : items.filter((item) => item.precision === "county").length;
    const words = pick(pack.precisions.find((one) => one.id === "county"), "title");
    return html` · ${words} ${number(wide)} · ${t("truth.none")} ${number(unlocated)}`;
}

/** @param {Page} page */
function sheet({ pack, state }) {
    const format = SHEETS.map((ext) => pack.faces?.find((one) => one.ext === ext)).find(Boolean);
    if (!format) return null;
    const query = serialise(state.view, state.vocabulary, VIEW_NAMES);
    const path = formatPath(format.ext, query);
    return path && html`<a class="tool" href="${address(path)}" download>${pick(format, "title")}</a>`;
}
