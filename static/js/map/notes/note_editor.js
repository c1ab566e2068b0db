/**
 * Putting notes on the map: texts, arrows, names moved, items hidden; by click, drag or keyboard. All of it stands in
 * the address, so that a link, an embed, a picture and a slide show the same. Loaded on use.
 */

import { movedNameOf, movedNameText, noteOf, noteText, replacedAt } from "../../draw/notes.js";
import { pointsOf, positionsOf } from "../../draw/geometry.js";
import { find, pressedElement, render } from "../../io/html.js";
import { t } from "../../core/i18n.js";
import { MOST_NOTES } from "../../core/view_values.js";
import { styled } from "../../io/styles.js";
import L from "../leaflet.js";
import { HANDLES, handlesOf } from "./note_handles.js";
import { panelMarkup } from "./note_panel.js";

/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {Pick<View, "notes" | "names" | "hidden">} Marks */
/** @typedef {{ note: number } | { name: string } | { item: string } | null} Selected */
/** @typedef {"text" | "arrow" | null} Placing */

/** What is open on a map. @type {WeakMap<L.Map, NoteEditor>} */
const open = new WeakMap();

/** Opens the editor, or closes it. @param {L.Map} map @param {import("../map.js").Page} page */
export async function turnEditor(map, page) {
    const editor = open.get(map);
    if (editor) return editor.close();
    await Promise.all([styled("demand"), styled("map_more")]);
    if (!open.has(map)) open.set(map, new NoteEditor(map, page));
}

/** How far from an item its name is put at first, in pixels. */
const BESIDE_PX = L.point(46, -46);

class NoteEditor {
    /** @type {Marks[]} what was before, the newest last */
    #before = [];
    /** @type {Selected} */
    selected = null;
    /** @type {Placing} */
    placing = null;
    /** @type {L.LatLng | null} where the arrow that is being drawn begins */
    #tail = null;

    /** @param {L.Map} map @param {import("../map.js").Page} page */
    constructor(map, page) {
        this.map = map;
        this.page = page;
        (map.getPane(HANDLES) ?? map.createPane(HANDLES)).style.zIndex = "650";
        this.handles = L.layerGroup().addTo(map);
        this.panel = L.DomUtil.create("div", "note-panel", find("#main", HTMLElement));
        this.panel.setAttribute("role", "group");
        this.panel.setAttribute("aria-label", t("notes"));
        this.panel.addEventListener("click", (event) => this.#press(event));
        this.panel.addEventListener("change", (event) => this.#write(event));
        this.panel.addEventListener("submit", (event) => event.preventDefault());
        this.changed = () => this.show();
        this.pressed = (/** @type {L.LeafletMouseEvent} */ { latlng }) => this.#put(latlng);
        this.keyed = (/** @type {KeyboardEvent} */ event) => this.#key(event);
        page.state.addEventListener("change", this.changed);
        map.on("click", this.pressed);
        map.on("zoomend", this.changed);
        // An item that is pressed is taken in hand: the map does not go to it, and no county is chosen.
        this.taken = (/** @type {MouseEvent} */ event) => this.#take(event);
        map.getContainer().addEventListener("click", this.taken, { capture: true });
        document.addEventListener("keydown", this.keyed);
        document.body.classList.add("is-annotating");
        if (page.state.view.focus) page.state.change({ focus: null }, "replace");
        this.#buttons("true");
        this.show();
        this.panel.querySelector("button")?.focus();
    }

    close() {
        this.arm(null);
        this.handles.remove();
        this.panel.remove();
        this.page.state.removeEventListener("change", this.changed);
        this.map.off("click", this.pressed);
        this.map.off("zoomend", this.changed);
        this.map.getContainer().removeEventListener("click", this.taken, { capture: true });
        document.removeEventListener("keydown", this.keyed);
        document.body.classList.remove("is-annotating");
        open.delete(this.map);
        if (this.page.state.view.focus) this.page.state.change({ focus: null }, "replace");
        this.#buttons("false")?.focus();
    }

    /** @param {string} pressed */
    #buttons(pressed) {
        const button = this.map.getContainer().querySelector(".map-tool.annotate");
        button?.setAttribute("aria-pressed", pressed);
        return button instanceof HTMLElement ? button : null;
    }

    get view() {
        return this.page.state.view;
    }

    show() {
        render(this.panel, panelMarkup(this.view, this.selected, this.item, this.placing, { undo: this.#before.length > 0, tail: this.#tail !== null }));
        const focusedMark = document.activeElement?.getAttribute("data-mark");
        handlesOf(this, this.view, this.page.catalogue);
        if (focusedMark) document.querySelector(`[data-mark="${CSS.escape(focusedMark)}"]`)?.dispatchEvent(new Event("refocus"));
    }

    /** What the next press on the map does. @param {Placing} placing */
    arm(placing) {
        this.placing = placing;
        this.#tail = null;
        this.map.getContainer().classList.toggle("is-measuring", placing !== null);
    }

    /** @param {Selected} selected */
    select(selected) {
        this.selected = selected;
        this.show();
    }

    /** A step that can be undone. @param {Partial<Marks>} patch */
    change(patch) {
        const { notes, names, hidden } = this.view;
        this.#before.push({ notes, names, hidden });
        this.page.state.change(patch);
    }

    /** Puts another note in the place of one; none takes it away. @param {number} at @param {import("../../draw/notes.js").Note | null} note */
    changeNote(at, note) {
        if (!note) this.selected = null;
        this.change({ notes: replacedAt(this.view.notes, at, note && noteText(note)) });
    }

    /** @param {string} id @param {GeoJSON.Position | null} position where its name stands; null for where it did */
    changeName(id, position) {
        const others = this.view.names.filter((one) => movedNameOf(one).id !== id);
        this.selected = position && { name: id };
        this.change({ names: position ? [...others, movedNameText({ id, position })] : others });
    }

    /** @param {MouseEvent} event */
    #take(event) {
        const id = this.placing ? null : pressedItem(event);
        if (id === null) return;
        event.stopPropagation();
        this.select(id ? { item: id } : null);
    }

    /** The item in hand: pressed on the map, or chosen in the list. */
    get item() {
        const id = this.selected && "item" in this.selected ? this.selected.item : this.view.focus;
        return id ? this.page.catalogue.byId.get(id) : undefined;
    }

    /** @param {L.LatLng} latlng */
    #put(latlng) {
        const { lng, lat } = latlng.wrap();
        if (!this.placing || this.view.notes.length >= MOST_NOTES) return;
        if (this.placing === "arrow" && !this.#tail) {
            this.#tail = latlng;
            return this.show();
        }
        const positions = this.#tail ? [[this.#tail.lng, this.#tail.lat], [lng, lat]] : [[lng, lat]];
        const note = { positions, text: this.placing === "text" ? t("notes.words") : "" };
        this.arm(null);
        this.selected = { note: this.view.notes.length };
        this.change({ notes: [...this.view.notes, noteText(note)] });
        const input = this.panel.querySelector("input");
        input?.focus();
        input?.select();
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (event.key === "Escape") {
            if (this.placing || this.selected) {
                this.arm(null);
                this.select(null);
            } else this.close();
        }
        if (event.key === "Enter" && event.target === this.map.getContainer()) this.#put(this.map.getCenter());
    }

    /** The words of the note in hand. @param {Event} event */
    #write({ target }) {
        if (!(target instanceof HTMLInputElement) || !this.selected || !("note" in this.selected)) return;
        const at = this.selected.note;
        const note = noteOf(this.view.notes[at] ?? "");
        const text = target.value.trim();
        if (text || note.positions.length > 1) this.changeNote(at, { ...note, text });
        else this.show();
    }

    /** @param {MouseEvent} event */
    #press(event) {
        const name = pressedElement(event, "note");
        const act = name && Object.hasOwn(ACTS, name) ? ACTS[name] : null;
        if (!act) return;
        act(this, this.item);
    }

    undo() {
        const before = this.#before.pop();
        this.selected = null;
        if (before) this.page.state.change(before, "replace");
    }
}

/**
 * The item whose symbol or line was pressed, empty where it was a county; null for what is left to the map, as a
 * cluster, from whose list one is chosen.
 * @param {MouseEvent} event
 */
function pressedItem(event) {
    const target = event.target instanceof Element ? event.target : null;
    const symbol = target?.closest("[data-ids]")?.getAttribute("data-ids");
    if (symbol) return symbol.includes(" ") ? null : symbol;
    const line = pressedElement(event, "spot")?.replace(/\.\d+$/, "");
    return line ?? (target?.closest(".veil") ? "" : null);
}

/** What each button of the panel does. @type {Record<string, (editor: NoteEditor, item?: import("../../core/types.d.ts").Item) => void>} */
const ACTS = {
    text: (editor) => armed(editor, "text"),
    arrow: (editor) => armed(editor, "arrow"),
    undo: (editor) => editor.undo(),
    done: (editor) => editor.close(),
    delete: (editor) => {
        const { selected } = editor;
        if (selected && "note" in selected) editor.changeNote(selected.note, null);
        else if (selected && "name" in selected) editor.changeName(selected.name, null);
    },
    hide: (editor, item) => {
        if (!item) return;
        editor.selected = null;
        editor.page.state.change({ focus: null }, "replace");
        editor.change({ hidden: [...editor.view.hidden, item.id] });
    },
    name: (editor, item) => {
        if (!item) return;
        editor.changeName(item.id, besideOf(editor.map, item));
        editor.page.state.change({ focus: null }, "replace");
    },
};

/** @param {NoteEditor} editor @param {"text" | "arrow"} what */
function armed(editor, what) {
    editor.arm(editor.placing === what ? null : what);
    editor.select(null);
    if (editor.placing) editor.map.getContainer().focus({ preventScroll: true });
}

/** Beside an item, or in the middle of the map. @param {L.Map} map @param {import("../../core/types.d.ts").Item} item @returns {GeoJSON.Position} */
function besideOf(map, item) {
    const [lng, lat] = pointsOf(item.geometry)[0] ?? (item.method === "counties" ? [] : middleOf(positionsOf(item.geometry)));
    const at = lng === undefined ? map.getCenter() : L.latLng(lat ?? 0, lng);
    const beside = map.layerPointToLatLng(map.latLngToLayerPoint(at).add(BESIDE_PX));
    return [beside.lng, beside.lat];
}

/** @param {GeoJSON.Position[]} positions */
const middleOf = (positions) => positions[Math.floor(positions.length / 2)] ?? [];

/** @typedef {NoteEditor} Editor */
