/** A long list that comes a page at a time. Pure. */

/** Items of a page. */
const PAGE = 100;

/**
 * As many items as there are, each there when its page has come; `load` fetches the pages of a stretch.
 * @template T
 * @param {number} count
 * @param {(offset: number, limit: number) => Promise<T[]>} fetchPage
 * @returns {{ items: T[], load(from: number, to: number): Promise<unknown> | null }}
 */
export function pagesOf(count, fetchPage) {
    /** @type {T[]} */
    const items = new Array(count);
    /** @type {Map<number, Promise<void> | null>} null: it has come */
    const pages = new Map();
    const page = (/** @type {number} */ number) => {
        if (!pages.has(number)) {
            const asked = fetchPage(number * PAGE, PAGE).then((found) => {
                found.forEach((one, i) => { items[number * PAGE + i] = one; });
                pages.set(number, null);
            });
            pages.set(number, asked);
            asked.catch(() => pages.delete(number));
        }
        return pages.get(number) ?? null;
    };
    return {
        items,
        load(from, to) {
            const waiting = [];
            for (let at = Math.floor(from / PAGE); at * PAGE < Math.min(to, count); at += 1) waiting.push(page(at));
            const coming = waiting.filter((one) => one !== null);
            return coming.length > 0 ? Promise.all(coming) : null;
        },
    };
}
