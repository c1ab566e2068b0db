/** The host page of the embedding example: a button per county, and a log of what the map says. */

const root = new URL("../", document.baseURI);
const embed = /** @type {HTMLIFrameElement} */ (document.querySelector("#frame"));
const log = /** @type {HTMLElement} */ (document.querySelector("#log"));
const buttons = /** @type {HTMLElement} */ (document.querySelector("#buttons"));

window.addEventListener("message", (event) => {
    if (event.origin !== root.origin || event.source !== embed.contentWindow) return;
    const line = document.createElement("li");
    line.textContent = JSON.stringify(event.data);
    log.prepend(line);
});

/** @param {string} label @param {string} view */
function addButton(label, view) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
        embed.contentWindow?.postMessage({ type: "planmap:set", view }, root.origin);
    });
    buttons.append(button);
}

const pack = await (await fetch(new URL("pack.json", root))).json();
for (const county of pack.counties) addButton(county.name, `county=${county.code}`);
addButton(pack.title, "");
