/** The share dialog: the link, the frame to embed, every download of the same view. */

import { formatPath, PICTURE_CHOICES, qrPath } from "../../io/addresses.js";
import { address } from "../../io/api.js";
import { copyText } from "../../io/clipboard.js";
import { find, html, pressedElement, render } from "../../io/html.js";
import { pick, t } from "../../core/i18n.js";
import { serialise, VIEW_NAMES } from "../../core/url.js";
import { comparedIn, comparisonFiles, LEAST } from "../card/compared.js";
import { icon } from "../icons.js";
import { viewTitle } from "../view_words.js";
import { listenForSending, sendButtons } from "./system_share.js";
import { openModal } from "./modal.js";

/** @typedef {import("../page.d.ts").Page} Shared */

/** @param {Shared} page */
export function openShare(page) {
    const dialog = document.createElement("dialog");
    dialog.className = "share";
    dialog.setAttribute("aria-labelledby", "share-title");
    find("#dialogs", HTMLElement).append(dialog);
    /** What is wanted of pictures. */
    const wanted = { size: "", qr: "", split: "", compare: PICTURE_CHOICES ? comparedIn(page).ids.join() : "" };
    const shared = {
        title: viewTitle(page, page.state.view), link: location.origin + page.state.address(), query: serialise(page.state.view, page.state.vocabulary),
    };
    render(dialog, markup(page, wanted, shared));
    listenForSending(dialog, shared);
    dialog.addEventListener("change", ({ target }) => {
        if (target instanceof HTMLSelectElement) wanted.size = target.value;
        if (target instanceof HTMLInputElement && target.name === "qr") wanted.qr = target.checked ? "1" : "";
        if (target instanceof HTMLInputElement && target.name === "split") wanted.split = target.checked ? "county" : "";
        const open = dialog.querySelector(".downloads details")?.hasAttribute("open");
        render(find(".downloads", HTMLElement, dialog), downloads(page, wanted, open));
    });
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog || pressedElement(event, "close") !== null) dialog.close();
        const copy = pressedElement(event, "copy");
        if (copy && event.target instanceof HTMLElement) void copied(dialog, event.target, copy);
    });
    dialog.addEventListener("close", () => dialog.remove());
    openModal(dialog);
}

/** @typedef {Record<"size" | "qr" | "split" | "compare", string>} Wanted */

/** The sizes offered by name; any other can be asked for in the address. */
const SIZES = ["", "4:3", "square", "3840x2160", "a4", "a4-landscape", "a3-landscape"];

/** The picture and the slides first, for most come for them. @param {Shared} page @param {Wanted} wanted @param {import("./system_share.js").Shared} shared */
function markup(page, wanted, shared) {
    const { pack, state } = page;
    const framed = serialise(state.view, state.vocabulary, [...VIEW_NAMES, "choropleth"]);
    const frame = `<iframe src="${address(`embed${framed && `?${framed}`}`)}" title="${shared.title}" width="100%" height="600" loading="lazy"></iframe>`;
    return html`<form method="dialog" class="share-body">
        <h2 id="share-title">${t("share.title")}</h2>
        <button type="button" class="close" data-close aria-label="${t("close")}">${icon("close")}</button>
        ${sendButtons(shared)}
        ${field("share.link", "share-link", shared.link)}
        ${comparison(page)}
        ${pack.faces?.length && html`<h3>${t("share.download")}</h3>
            <div class="downloads">${downloads(page, wanted)}</div>${PICTURE_CHOICES && choices()}`}
        ${qr(shared.query)}
        ${field("share.embed", "share-embed", frame)}
    </form>`;
}

/** The files of what is compared, where somebody makes them. @param {Shared} page */
function comparison(page) {
    const { ids } = comparedIn(page);
    return PICTURE_CHOICES && ids.length >= LEAST && html`<h3>${t("compare.title")}</h3>
        <p class="send">${comparisonFiles(ids, page.state.view.lang)}</p>`;
}

/** @param {string} query */
function qr(query) {
    const path = qrPath(query);
    return path && html`<div class="qr-row"><img class="qr" src="${address(path)}" width="148" height="148"
        alt="${t("share.qr")}"><p class="hint">${t("share.qr.why")}</p></div>`;
}

/** How large pictures are to be, and what else is to be on them. */
function choices() {
    return html`<div class="picture-choices" role="group" aria-label="${t("share.pictures")}">
        <label>${t("share.size")} <select name="size">${SIZES.map((size) =>
            html`<option value="${size}">${t(`share.size.${size || "16:9"}`)}</option>`)}</select></label>
        <label><input type="checkbox" name="qr"> ${t("share.with-qr")}</label>
        <label><input type="checkbox" name="split"> ${t("share.split")}</label></div>`;
}

/** What a page shows and not every download: never left out without a word. */
const UNSHOWN = /** @type {const} */ (["compare", "choropleth", "table", "notes"]);
/** What a presenter adds to a map: no data file can hold it. */
const DRAWN_ONLY = ["notes", "names"];

/** The words for it: a published workbook has no sheet of what one reader compares. @param {string} name */
const unshown = (name) => name === "compare" && !PICTURE_CHOICES ? t("share.without.compare.published") : t(`share.without.${name}`);

/** What most take with them, in this order; every other form is folded away. */
const FIRST = ["png", "pptx", "pdf", "xlsx"];

/** @param {Shared} page @param {Wanted} wanted @param {boolean} [open] whether the other forms are unfolded */
function downloads({ pack, state }, wanted, open = false) {
    const [drawn, plain] = [VIEW_NAMES, VIEW_NAMES.filter((name) => !DRAWN_ONLY.includes(name))].map((names) => serialise(state.view, state.vocabulary, names));
    const offered = (pack.faces ?? []).flatMap((format) => {
        const query = (format.kind === "data" ? plain : drawn) ?? "";
        const path = formatPath(format.ext, withOptions(query, format, wanted));
        return path === null ? [] : { format, path };
    });
    const first = FIRST.flatMap((ext) => offered.find(({ format }) => format.ext === ext) ?? []);
    const more = offered.filter((one) => !first.includes(one));
    return html`<p class="hint">${t(offered.length ? "share.download.why" : "share.download.none")}</p>
        ${offered.length && UNSHOWN.filter((name) => state.view[name]?.length).map((name) =>
            html`<p class="hint">${unshown(name)}</p>`)}
        ${links(first)}
        ${more.length > 0 && html`<details ${open || first.length === 0 ? "open" : ""}><summary>${t("share.more")}</summary>${links(more)}</details>`}`;
}

/** @param {{ format: import("../../core/types.d.ts").Format, path: string }[]} offered */
const links = (offered) => html`<ul class="faces">${offered.map(({ format, path }) => html`<li>
    <a class="tool" href="${address(path)}" download>${pick(format, "title")} <small>.${format.ext}</small></a></li>`)}</ul>`;

/** Each form of the view takes the options it knows. @param {string} query @param {import("../../core/types.d.ts").Format} format @param {Wanted} wanted */
function withOptions(query, { options = [] }, wanted) {
    const asked = Object.entries(wanted).filter(([name, value]) => value && options.includes(name));
    return [query, ...asked.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`)].filter(Boolean).join("&");
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
    await copyText(input.value);
    button.textContent = t("copied");
}
