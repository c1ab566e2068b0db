/**
 * Suggestions under the search: counties, layers, items by name, pinyin, initials, plan term or place
 * (combobox, WAI-ARIA 1.2).
 */

import { boxPath } from "../../io/addresses.js";
import { address, fetchDestinations, fetchList, fetchPlaces, fetchSearchTexts } from "../../io/api.js";
import { folded } from "../../core/folding.js";
import { html, pressedElement, render } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import { boxesCalled, isBoxNumber } from "../../core/search/boxes.js";
import { isSaidWhole, meaningsOf } from "../../core/search/meanings.js";
import { putPlaces } from "../../core/proximity.js";
import { tokensOf } from "../../core/selection.js";
import { familySymbol, symbol } from "../../draw/symbols.js";
import { emptyView, unfiltered } from "../../core/url.js";
import { icon } from "../icons.js";
import { ownLang, termOf } from "../phrases.js";
import { chosenOf } from "../view_words.js";
import { askedOffers, boxWords, countedOffers } from "./nearest.js";

/** @typedef {import("../page.d.ts").Page} Page */
/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {import("./nearest.js").Offer} Offer */
/** @typedef {{ choice: string, words: string, kind: string, mark: import("../../io/html.js").Markup | null }} Suggestion */
/** @typedef {[Record<string, string>, import("../../core/types.d.ts").Place[], Record<string, import("../../core/types.d.ts").Destination>]} Known */

const MOST_ITEMS = 6;
const MOST_OTHERS = 3;
/** How far around a place things are listed at first. */
const PLACE_KM = "10";

/** @param {HTMLElement} root the listbox @param {HTMLElement} header where the search field stands @param {Page} page */
export function createSuggest(root, header, page) {
    let active = -1;
    /** The reader has put the suggestions away. */
    let dismissed = false;
    /** @type {Suggestion[]} */
    let offered = [];
    /** Everything searched, once it has come. @type {Known | null} */
    let known = null;
    const asked = createAsked(page, () => document.activeElement === field() && !dismissed && offer(offered[active]?.choice));
    const field = () => header.querySelector("input");

    const draw = () => drawList(root, field(), offered, active);
    const close = () => {
        [dismissed, offered, active] = [true, [], -1];
        draw();
    };
    const take = (/** @type {string} */ choice) => {
        choose(page, choice);
        const input = field();
        if (!input) return;
        // What was typed has been answered; said as typing is, so that a search still waiting gives way.
        input.value = page.state.view.q;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        close();
    };

    /** @param {string} [kept] the choice that the arrow keys have come to, where it is to stay */
    const offer = (kept) => {
        dismissed = false;
        offered = suggestions(page, field()?.value.trim() ?? "", known, asked);
        active = offered.findIndex((one) => one.choice === kept);
        draw();
    };
    void fetchKnown(page).then((found) => {
        known = found;
        if (known && document.activeElement === field() && !dismissed) offer(offered[active]?.choice);
    });
    if (field()?.value) offer();
    listen(root, header, {
        offer, take, close, offered: () => offered.length,
        picked: () => (offered[active] ?? offered.find((one) => active < 0 && saidOutright(page, one.choice, field()?.value ?? "")))?.choice,
        move(step) {
            active = (active + step + offered.length) % offered.length;
            draw();
        },
    });
}

/**
 * Typing offers; arrows move, Enter takes, Escape and leaving close; so does a press on one.
 * @param {HTMLElement} root @param {HTMLElement} header
 * @param {{ offer(): void, take(choice: string): void, close(): void, offered(): number, picked(): string | undefined, move(step: number): void }} list
 */
function listen(root, header, list) {
    header.addEventListener("input", (event) => {
        if (event.target === header.querySelector("input")) list.offer();
    });
    header.addEventListener("keydown", (event) => {
        if (list.offered() === 0) return;
        const [step, picked] = [stepOf(event.key), list.picked()];
        if (step) {
            event.preventDefault();
            list.move(step);
        } else if (event.key === "Enter" && picked) list.take(picked);
        else if (["Enter", "Escape", "Tab"].includes(event.key)) list.close();
    });
    header.addEventListener("focusout", () => setTimeout(list.close, 150));
    root.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        const choice = pressedElement(event, "suggestion");
        if (choice) list.take(choice);
    });
}

/** @param {HTMLElement} root @param {HTMLInputElement | null} input @param {Suggestion[]} offered @param {number} active */
function drawList(root, input, offered, active) {
    root.hidden = offered.length === 0;
    render(root, html`${offered.map((one, i) => html`<li role="option" id="suggestion-${i}"
        aria-selected="${i === active}" data-suggestion="${one.choice}">${one.mark}
        <span>${one.words}</span><small>${one.kind}</small></li>`)}`);
    if (!input) return;
    input.setAttribute("aria-expanded", String(!root.hidden));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `suggestion-${active}`);
    const box = input.getBoundingClientRect();
    Object.assign(root.style, { left: `${box.left}px`, top: `${box.bottom + 6}px`, width: `${box.width}px` });
}

/** Whether Enter alone takes it: no text holds a place, a nearness or the number of a box. @param {Page} page @param {string} choice @param {string} typed */
function saidOutright({ pack }, choice, typed) {
    return choice.startsWith("box:") ? isBoxNumber(pack, choice.slice("box:".length), typed) : choice.startsWith("view:") && isSaidWhole(typed);
}

/** @param {string} key */
function stepOf(key) {
    return key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
}

/** @param {Page} page @param {string} choice "item:id", "county:code", "layer:id", "both:code:id", "term:word", "place:name" or "box:page" */
function choose({ pack, state }, choice) {
    if (choice.startsWith("view:")) return state.change(JSON.parse(choice.slice("view:".length)));
    const [kind, id = "", layer = ""] = choice.split(":");
    if (kind === "item") state.change({ q: "", focus: id, bbox: null });
    if (kind === "county") state.change({ q: "", county: [id], bbox: null });
    if (kind === "layer") state.change({ q: "", layer: [id], category: [], term: [] });
    if (kind === "both") state.change({ q: "", county: [id], layer: [layer], category: [], term: [], bbox: null });
    if (kind === "term") state.change({ q: "", term: [id] });
    if (kind === "box") location.assign(address(boxPath(id, ownLang(pack))));
    if (kind === "place") state.change({ ...unfiltered(), place: id, near: PLACE_KM, focus: null, bbox: null });
}

/**
 * What is typed, where it may mean more than its words: a position, things near something. Of a large pack only a
 * position is known before the service has answered.
 * @param {Page} page @param {string} typed @param {Known | null} known @param {Offer[] | null} asked
 * @returns {Suggestion[]}
 */
function meant(page, typed, known, asked) {
    const offer = (/** @type {Partial<View>} */ view, /** @type {string} */ words, /** @type {string} */ kind) => (
        { choice: `view:${JSON.stringify({ ...unfiltered(), focus: null, bbox: null, ...view })}`, words, kind, mark: icon("pin") });
    const counted = (/** @type {Offer[]} */ offers) => offers.map((one) => offer(one.view, one.words, t("count", { n: one.count })));
    if (asked) return counted(asked);
    if (!known) {
        const found = page.pack.large ? meaningsOf(typed, page.catalogue, [], {}) : [];
        return found.map((view) => offer(view, chosenOf(page, { ...emptyView(), ...view }).map((one) => one.words).join(" · "), t("near.first")));
    }
    const [texts, places, destinations] = known;
    return counted(countedOffers(page, texts)(meaningsOf(typed, page.catalogue, places, destinations)));
}

/** This part is loaded when the reader turns to the search: the texts are wanted now. A large pack is asked instead. @param {Page} page @returns {Promise<Known | null>} */
async function fetchKnown({ pack, catalogue }) {
    if (pack.large) return null;
    const known = await Promise.all([fetchSearchTexts(), fetchPlaces(), fetchDestinations()]);
    putPlaces(catalogue, known[1]);
    return known;
}

/** @typedef {{ items: import("../../core/types.d.ts").Item[], offers: Offer[] | null }} Asked */
/** @type {Asked} */
const UNASKED = { items: [], offers: null };

/** For how long no key is pressed before a large pack is asked. */
const REST_MS = 150;

/** Items of a large pack that hold what is typed, and what it may mean: what has come; more is asked for. @param {Page} page @param {() => void} came */
function createAsked(page, came) {
    const { pack, catalogue } = page;
    /** @type {Asked & { typed: string }} */
    let found = { typed: "", items: [], offers: null };
    let resting = 0;
    return (/** @type {string} */ typed) => {
        if (!pack.large) return null;
        clearTimeout(resting);
        if (typed && typed !== found.typed) resting = window.setTimeout(async () => {
            const [{ features }, offers] = await Promise.all([
                fetchList(`q=${encodeURIComponent(typed)}&limit=${MOST_ITEMS}`), askedOffers(page, typed, []).catch(() => null),
            ]);
            for (const one of features) catalogue.byId.set(one.id, one);
            found = { typed, items: features, offers };
            came();
        }, REST_MS);
        return typed === found.typed ? found : UNASKED;
    };
}

/** @param {Page} page @param {string} raw @param {Known | null} known @param {ReturnType<typeof createAsked>} ask @returns {Suggestion[]} */
function suggestions(page, raw, known, ask) {
    const { pack, catalogue } = page;
    const [texts, places] = known ?? /** @type {Known} */ ([{}, [], {}]);
    const typed = folded(raw);
    if (typed.length === 0) return [];
    const holds = (/** @type {(string | undefined)[]} */ ...names) => names.some((name) => name && folded(name).includes(typed));
    const spelt = (/** @type {{ spelt?: string[] }} */ one) => one.spelt?.some((word) => word.startsWith(typed));
    const counties = pack.counties.filter((one) => holds(one.name, one.name_en) || spelt(one))
        .map((one) => ({ choice: `county:${one.code}`, words: pick(one, "name"), kind: t("counties"), mark: null }));
    const layers = catalogue.used.filter((one) => holds(one.title, one.title_en, ...(one.also ?? [])) || spelt(one)).map((one) => ({
        choice: `layer:${one.id}`, words: pick(one, "title"), kind: t("layers"), mark: symbol(one, catalogue.families.get(one.family)),
    }));
    const tokens = tokensOf(typed);
    const asked = ask(raw);
    const items = (asked?.items ?? catalogue.items)
        .filter((one) => asked || holds(one.name, one.name_en) || (texts[one.id] && tokens.every((token) => texts[one.id]?.includes(token))))
        .sort((a, b) => rank(a, typed, texts[a.id] ?? "") - rank(b, typed, texts[b.id] ?? ""))
        .slice(0, MOST_ITEMS)
        .map((one) => {
            const layer = catalogue.layers.get(one.layer);
            const family = layer && catalogue.families.get(layer.family);
            const mark = layer ? symbol(layer, family, one) : family ? familySymbol(family) : null;
            return { choice: `item:${one.id}`, words: pick(one, "name"), kind: pick(layer, "title"), mark };
        });
    const terms = wordsFor(pack, typed, holds).slice(0, MOST_OTHERS).map((word) => ({ choice: `term:${word}`, words: termOf(pack, word), kind: t("facet.term"), mark: null }));
    const near = places.filter((one) => tokens.every((token) => folded(`${one.name} ${one.name_en} ${one.aliases?.join(" ") ?? ""}`).includes(token)) || spelt(one))
        .sort((a, b) => a.name.length - b.name.length).slice(0, MOST_OTHERS)
        .map((one) => ({
            choice: `place:${one.name}`, words: pick(one, "name"), kind: t("near.within", { km: Number(PLACE_KM) }), mark: icon("pin"),
        }));
    const boxes = boxesCalled(pack, raw).slice(0, MOST_OTHERS).map((one) => (
        { choice: `box:${one.page}`, words: boxWords(one), kind: t("card.plan"), mark: icon("link") }));
    return [...meant(page, raw, known, asked?.offers ?? null), ...counties, ...together(pack, catalogue, typed), ...layers, ...terms, ...items, ...near, ...boxes];
}

/**
 * Industries by their names and by what else readers call them, before the plan's own words.
 * @param {import("../../core/types.d.ts").Pack} pack @param {string} typed @param {(...names: (string | undefined)[]) => boolean} holds
 */
function wordsFor(pack, typed, holds) {
    const called = (pack.industries ?? []).filter((one) => one.also.some((name) => folded(name).startsWith(typed) || typed.startsWith(folded(name))));
    const named = Object.entries(pack.terms ?? {}).filter(([zh, en]) => holds(zh, en)).map(([word]) => word);
    return [...new Set([...called.map((one) => one.name), ...named])];
}

/** A county and a layer said in one breath: 东县水利. @param {import("../../core/types.d.ts").Pack} pack @param {import("../../core/types.d.ts").Catalogue} catalogue @param {string} typed @returns {Suggestion[]} */
function together(pack, catalogue, typed) {
    return pack.counties.flatMap((county) => {
        const said = [county.name, county.name_en, county.short, ...(county.spelt ?? [])].map(folded)
            .filter((name) => name && typed.startsWith(name)).sort((a, b) => b.length - a.length)[0];
        const rest = said ? typed.slice(said.length).trim().replace(/(?<=.)项目$/, "") : "";
        return !rest ? [] : catalogue.used
            .filter((one) => [one.title, one.title_en, ...(one.also ?? []), ...(one.spelt ?? [])].some((name) => folded(name).startsWith(rest)))
            .map((one) => ({
                choice: `both:${county.code}:${one.id}`, words: `${pick(county, "name")} · ${pick(one, "title")}`,
                kind: t("layers"), mark: symbol(one, catalogue.families.get(one.family)),
            }));
    });
}

/**
 * Names that begin with what is typed come first, then names spelt so (a line of the text of its own),
 * names that hold it, and last what only the text holds; short names before long ones.
 * @param {import("../../core/types.d.ts").Item} item @param {string} typed @param {string} text
 */
function rank(item, typed, text) {
    const name = pick(item, "name").toLowerCase();
    const spelt = text.split("\n").findIndex((line) => line.startsWith(typed));
    const order = [name.startsWith(typed), spelt >= 0, name.includes(typed)].indexOf(true);
    return (order < 0 ? 3 : order) * 1000 + name.length;
}
