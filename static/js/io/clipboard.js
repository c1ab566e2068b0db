/** Copies a text. On plain http a browser has no clipboard to write to; there a selection is copied, as by hand. @param {string} text */
export async function copyText(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "copied-text";
    // Within the open dialog, for nothing outside it can be selected.
    const room = document.querySelector("dialog[open]") ?? document.body;
    const active = document.activeElement;
    room.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    if (active instanceof HTMLElement) active.focus({ preventScroll: true });
}
