/** The panel of the editor of notes: what can be put, what to do with what is in hand. */

import { noteOf } from "../../draw/notes.js";
import { html } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import { LONGEST_NOTE, MOST_NOTES } from "../../core/view_values.js";

/** @typedef {import("./note_editor.js").Selected} Selected */
/** @typedef {import("./note_editor.js").Placing} Placing */

/** @param {import("../../core/types.d.ts").View} view @param {Selected} selected @param {import("../../core/types.d.ts").Item | undefined} item @param {Placing} placing @param {{ undo: boolean, tail: boolean }} steps */
export function panelMarkup(view, selected, item, placing, { undo, tail }) {
    const full = view.notes.length >= MOST_NOTES;
    const marked = selected !== null && !("item" in selected);
    const button = (/** @type {string} */ name, /** @type {boolean} */ off = false, /** @type {boolean | null} */ pressed = null) =>
        html`<button type="button" class="chip" data-note="${name}" data-key="note:${name}" ${off ? html`disabled` : ""}
            ${pressed === null ? "" : html`aria-pressed="${pressed}"`}>${t(`notes.${name}`)}</button>`;
    return html`<div class="note-row">
            ${button("text", full, placing === "text")}${button("arrow", full, placing === "arrow")}
            ${button("undo", !undo)}${button("done")}</div>
        <p role="status">${full && !selected ? t("notes.full", { n: MOST_NOTES }) : hint(placing, tail, marked, Boolean(item))}</p>
        ${marked && html`<form class="note-row">
            ${"note" in selected && html`<input name="words" maxlength="${LONGEST_NOTE}" aria-label="${t("notes.edit")}" data-key="note:words"
                value="${noteOf(view.notes[selected.note] ?? "").text}" placeholder="${t("notes.edit")}" autocomplete="off">`}
            ${button("delete")}</form>`}
        ${item && !marked && html`<div class="note-row"><strong>${pick(item, "name")}</strong>${button("hide")}${button("name")}</div>`}`;
}

/** What the reader can do next. @param {Placing} placing @param {boolean} tail @param {boolean} selected @param {boolean} item */
function hint(placing, tail, selected, item) {
    if (placing === "text") return t("notes.hint.text");
    if (placing === "arrow") return t(tail ? "notes.hint.head" : "notes.hint.tail");
    if (selected) return t("notes.hint.selected");
    return item ? "" : t("notes.hint");
}
