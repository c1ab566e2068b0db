/** What a note is held by while the map is annotated: it is dragged, moved by arrow keys, selected, deleted. */

import { movedNameOf, noteOf, replacedAt } from "../../draw/notes.js";
import { html } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import L from "../leaflet.js";
import { latLngOf } from "./notes_layer.js";

/** @typedef {import("./note_editor.js").Editor} Editor */
/** @typedef {{ key: string, words: string, at: L.LatLng, body: string, selected: boolean, select(): void, move(at: L.LatLng): void, remove(): void }} Handle */

/** The pane they stand in, above the notes. */
export const HANDLES = "note-handles";
/** How far an arrow key moves it, in pixels; with Shift a tenth of that. */
const STEP_PX = 10;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Puts a handle on each note and each moved name. @param {Editor} editor @param {import("../../core/types.d.ts").View} view @param {import("../../core/types.d.ts").Catalogue} catalogue */
export function handlesOf(editor, view, catalogue) {
    editor.handles.clearLayers();
    const found = [
        ...view.notes.flatMap((written, at) => noteHandles(editor, noteOf(written), at)),
        ...view.names.map((written) => nameHandle(editor, movedNameOf(written), catalogue)),
    ];
    for (const one of found) put(editor.map, editor.handles, one);
}

/** @param {Editor} editor @param {import("../../draw/notes.js").Note} note @param {number} at @returns {Handle[]} */
function noteHandles(editor, note, at) {
    const { selected } = editor;
    return note.positions.map((position, end) => {
        const labelled = end === 0 && note.text;
        const words = note.positions.length > 1 ? t(end === 0 ? "notes.tail" : "notes.head", { text: note.text }) : t("notes.note", { text: note.text });
        return {
            key: `note-${at}-${end}`, words, at: latLngOf(position),
            body: String(labelled ? html`<span>${note.text}</span>` : html`<i></i>`),
            selected: selected !== null && "note" in selected && selected.note === at,
            select: () => editor.select({ note: at }),
            move: ({ lng, lat }) => editor.changeNote(at, { ...note, positions: replacedAt(note.positions, end, [lng, lat]) }),
            remove: () => editor.changeNote(at, null),
        };
    });
}

/** @param {Editor} editor @param {import("../../draw/notes.js").MovedName} name @param {import("../../core/types.d.ts").Catalogue} catalogue @returns {Handle} */
function nameHandle(editor, { id, position }, catalogue) {
    const { selected } = editor;
    const title = pick(catalogue.byId.get(id), "name");
    return {
        key: `name-${id}`, words: t("notes.moved", { text: title }), at: latLngOf(position),
        body: String(html`<span>${title}</span>`),
        selected: selected !== null && "name" in selected && selected.name === id,
        select: () => editor.select({ name: id }),
        move: ({ lng, lat }) => editor.changeName(id, [lng, lat]),
        remove: () => editor.changeName(id, null),
    };
}

/** @param {L.Map} map @param {L.LayerGroup} group @param {Handle} handle */
function put(map, group, { key, words, at, body, selected, select, move, remove }) {
    const icon = L.divIcon({ className: `note note-handle${selected ? " is-selected" : ""}`, iconSize: [0, 0], html: body });
    const marker = L.marker(at, { icon, pane: HANDLES, draggable: true, autoPan: true, keyboard: true, zIndexOffset: 2000 }).addTo(group);
    const element = /** @type {HTMLElement} */ (marker.getElement());
    for (const [name, text] of Object.entries({ "role": "button", "aria-label": words, "data-mark": key, "aria-pressed": String(selected) })) element.setAttribute(name, text);
    element.addEventListener("refocus", () => element.focus({ preventScroll: true }));
    marker.on("click", select);
    marker.on("dragend", () => move(marker.getLatLng().wrap()));
    element.addEventListener("keydown", (event) => {
        const way = WAYS[event.key];
        const act = { Delete: remove, Backspace: remove, Enter: select, " ": select }[event.key];
        if (!way && !act) return;
        event.preventDefault();
        event.stopPropagation();
        if (act) return act();
        const step = L.point(way ?? [0, 0]).multiplyBy(event.shiftKey ? 1 : STEP_PX);
        move(map.layerPointToLatLng(map.latLngToLayerPoint(marker.getLatLng()).add(step)));
    });
}
