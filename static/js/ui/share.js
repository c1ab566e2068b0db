/** The share dialog: the link, the frame to embed, every download of the same view. */

import { facePath, qrPath } from "../addresses.js";
import { address } from "../api.js";
import { find, html, pressed, render } from "../html.js";
import { pick, t } from "../i18n.js";
import { serialise, VIEW_NAMES } from "../url.js";
import { icon } from "./icons.js";
import { viewTitle } from "./view-title.js";

/** @typedef {import("./page.d.ts").Page} Shared */

/** @param {Shared} page */
export function openShare(page) {
    const dialog = document.createElement("dialog");
    dialog.className = "share";
    dialog.setAttribute("aria-labelledby", "share-title");
    find("#dialogs", HTMLElement).append(dialog);
    render(dialog, markup(page));
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog || pressed(event, "close") !== null) dialog.close();
        const copy = pressed(event, "copy");
        if (copy && event.target instanceof HTMLElement) void copied(dialog, event.target, copy);
    });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
}

/** @param {Shared} page */
function markup({ pack, catalogue, state }) {
    const query = serialise(state.view, state.vocabulary, VIEW_NAMES);
    const link = location.origin + state.address();
    const framed = serialise(state.view, state.vocabulary, [...VIEW_NAMES, "choropleth"]);
    const title = viewTitle({ pack, catalogue }, state.view);
    const frame = `<iframe src="${address(`embed?${framed}`)}" title="${title}" width="100%" height="600" loading="lazy"></iframe>`;
    return html`<form method="dialog" class="share-body">
        <h2 id="share-title">${t("share.title")}</h2>
        <button type="button" class="close" data-close aria-label="${t("close")}">${icon("close")}</button>
        ${field("share.link", "share-link", link)}
        ${field("share.embed", "share-embed", frame)}
        ${qr(query)}
        ${pack.faces?.length && downloads(pack.faces, query)}
    </form>`;
}

/** @param {string} query */
function qr(query) {
    const path = qrPath(query);
    return path && html`<div class="qr-row"><img class="qr" src="${address(path)}" width="148" height="148"
        alt="${t("share.qr")}"><p class="hint">${t("share.qr.why")}</p></div>`;
}

/** @param {import("../types.d.ts").Face[]} faces @param {string} query */
function downloads(faces, query) {
    const links = faces.map((face) => ({ face, path: facePath(face.ext, query) }));
    const offered = links.filter(({ path }) => path !== null);
    return html`<h3>${t("share.download")}</h3>
        <p class="hint">${t(offered.length ? "share.download.why" : "share.download.none")}</p>
        <ul class="faces">${offered.map(({ face, path }) => html`<li>
            <a class="tool" href="${address(path ?? "")}" download>
            ${pick(face, "title")} <small>.${face.ext}</small></a></li>`)}</ul>`;
}

/** @param {string} label @param {string} id @param {string} value */
function field(label, id, value) {
    return html`<label for="${id}">${t(label)}</label>
        <div class="copy-field"><input id="${id}" readonly value="${value}">
        <button type="button" class="tool strong" data-copy="${id}">${t("copy")}</button></div>`;
}

/** @param {HTMLElement} dialog @param {HTMLElement} button @param {string} id */
async function copied(dialog, button, id) {
    const input = find(`#${id}`, HTMLInputElement, dialog);
    input.select();
    await navigator.clipboard.writeText(input.value);
    button.textContent = t("copied");
}
