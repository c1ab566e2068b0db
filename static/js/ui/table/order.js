/** In which order the rows of a table stand. */

import { tag } from "../../core/i18n.js";

/** What a cell is sorted by; what says nothing comes last. @param {unknown} value */
export function sortKey(value) {
    if (typeof value === "number") return value;
    return [value ?? []].flat().join() || Infinity;
}

/**
 * What says nothing comes last either way; equals keep their order.
 * @template T
 * @param {T[]} items
 * @param {{ value(item: T): string | number } | undefined} column
 * @param {boolean} upward
 */
export function inOrder(items, column, upward) {
    if (!column) return items;
    const compare = new Intl.Collator(tag(), { numeric: true }).compare;
    const silent = items.filter((item) => column.value(item) === Infinity);
    const order = items.filter((item) => !silent.includes(item)).sort((a, b) => {
        const [x, y] = [column.value(a), column.value(b)];
        return typeof x === "number" && typeof y === "number" ? x - y : compare(String(x), String(y));
    });
    return [...(upward ? order : order.reverse()), ...silent];
}
