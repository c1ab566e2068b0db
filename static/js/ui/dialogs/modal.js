/** Opens a dialog over the page; the way back of the browser closes it first and changes nothing beneath. @param {HTMLDialogElement} dialog */
export function openModal(dialog) {
    const back = (/** @type {Event} */ event) => {
        // The page beneath reads the address only when it is its own again.
        event.stopImmediatePropagation();
        dialog.close();
        history.forward();
    };
    window.addEventListener("popstate", back, { capture: true, once: true });
    dialog.addEventListener("close", () => window.removeEventListener("popstate", back, { capture: true }));
    dialog.showModal();
}
