/** The system's own share sheet, where the browser has one: the link at once, the picture as soon as it is drawn. */

import { formatPath } from "../../io/addresses.js";
import { fetchFile } from "../../io/api.js";
import { html, pressedElement } from "../../io/html.js";
import { t } from "../../core/i18n.js";
import { icon } from "../icons.js";

/** @typedef {{ title: string, link: string, query: string }} Shared what is sent: its title, its address, the view */

const PNG = "image/png";

/** Browsers forbid it to pages of plain http, and some send no files. @param {ShareData} data */
const canSend = (data) => typeof navigator.canShare === "function" && navigator.canShare(data);
const sendsFiles = () => canSend({ files: [new File([""], "view.png", { type: PNG })] });

/** @param {Shared} shared */
export function sendButtons({ link, query }) {
    if (!canSend({ url: link })) return null;
    return html`<p class="send"><button type="button" class="tool strong" data-send="link">${icon("share")}<span>${t("share.send")}</span></button>
        ${sendsFiles() && formatPath("png", query) && html`<button type="button" class="tool" data-send="picture">${t("share.send.picture")}</button>`}
        <span class="hint" role="status"></span></p>`;
}

/** @param {HTMLElement} dialog @param {Shared} shared */
export function listenForSending(dialog, { title, link, query }) {
    /** Kept for a second press: drawing may outlast the time a browser allows from press to share sheet. @type {File | null} */
    let picture = null;
    dialog.addEventListener("click", async (event) => {
        const what = pressedElement(event, "send");
        const said = dialog.querySelector(".send [role=status]");
        if (what === null || !said) return;
        if (what === "link") return void say(said, await sent({ title, url: link }));
        if (!picture) {
            said.textContent = t("share.send.drawing");
            picture = await drawn(query, title).catch(() => null);
        }
        say(said, picture ? await sent({ title, text: `${title} ${link}`, files: [picture] }) : "share.send.failed");
    });
}

/** @param {Element} said @param {string} word */
function say(said, word) {
    said.textContent = word && t(word);
}

/** @param {string} query @param {string} title @returns {Promise<File>} */
async function drawn(query, title) {
    const name = title.replace(/[\\/:*?"<>|]+/g, " ").trim() || "view";
    return new File([await fetchFile(formatPath("png", query) ?? "")], `${name}.png`, { type: PNG });
}

/** A word where it was not sent; one who turns back at the sheet needs none. @param {ShareData} data */
async function sent(data) {
    try {
        await navigator.share(data);
        return "";
    } catch (error) {
        const name = error instanceof DOMException ? error.name : "";
        return { AbortError: "", NotAllowedError: "share.send.again" }[name] ?? "share.send.failed";
    }
}
