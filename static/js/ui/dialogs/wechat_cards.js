/** Cards of WeChat: what those get to whom a reader sends the view on. Loaded inside WeChat alone, where the operator has its keys. */

import { formatPath } from "../../io/addresses.js";
import { address } from "../../io/api.js";
import { pick, t } from "../../core/i18n.js";
import { serialise } from "../../core/url.js";
import { viewTitle } from "../view_words.js";

/** @typedef {import("../../core/types.d.ts").Selection} Selection */
/** @typedef {import("../../core/types.d.ts").View} View */
/** @typedef {{ title: string, desc: string, link: string, imgUrl: string }} Card */
/** @typedef {{ config(asked: object): void, ready(run: () => void): void, updateAppMessageShareData(card: Card): void, updateTimelineShareData(card: Card): void }} Sdk */

const CALLS = ["updateAppMessageShareData", "updateTimelineShareData"];
/** Milliseconds in which the reader's next step replaces the card. */
const PAUSE = 200;

/** What WeChat takes for the page: on Apple's systems the address it was entered by, elsewhere the one it has now. */
function signedAddress() {
    const entered = /iP(hone|ad|od)/.test(navigator.userAgent) && performance.getEntriesByType("navigation")[0]?.name;
    return (entered || location.href).split("#")[0] ?? "";
}

/** The SDK, once it takes cards; null where WeChat or the signature cannot be reached: its cards then show what the head of the page says. @param {string} source */
async function openSdk(source) {
    const url = signedAddress();
    const [answer, loaded] = await Promise.all([fetch(address(`wechat/signature?${new URLSearchParams({ url })}`)), load(source)]);
    /** @type {Sdk | undefined} */
    const sdk = Reflect.get(window, "wx");
    if (!loaded || !sdk || !answer.ok) return null;
    sdk.config({ debug: false, ...await answer.json(), jsApiList: CALLS });
    await new Promise((resolve) => sdk.ready(() => resolve(null)));
    return sdk;
}

/** @param {string} source @returns {Promise<boolean>} */
function load(source) {
    return new Promise((resolve) => {
        const script = Object.assign(document.createElement("script"), { src: source, onload: () => resolve(true), onerror: () => resolve(false) });
        document.head.append(script);
    });
}

/** @param {import("../page.d.ts").Page} page @param {string} source of the SDK */
export function createWeChatCards({ pack, catalogue, state }, source) {
    const opening = openSdk(source).catch(() => null);
    let count = 0;
    let pause = 0;
    const tell = async () => {
        const sdk = await opening;
        const query = serialise(state.view, state.vocabulary);
        const picture = formatPath("png", query);
        const card = {
            title: viewTitle({ pack, catalogue }, state.view),
            desc: `${t("count", { n: count })} · ${pick(pack, "plan")}`,
            link: location.href,
            imgUrl: picture ? address(`${picture}${query ? "&" : "?"}size=square`) : "",
        };
        sdk?.updateAppMessageShareData(card);
        sdk?.updateTimelineShareData(card);
    };
    const later = () => {
        clearTimeout(pause);
        pause = window.setTimeout(tell, PAUSE);
    };
    // The map is moved: the link is another, the items are not.
    state.addEventListener("change", later);
    return {
        /** @param {Selection} selection */
        update({ items }) {
            count = items.length;
            later();
        },
    };
}
