/** How a page that shows a pack too large to be sent whole gets at its items; what brings them is loaded then. */

/**
 * The layers that hold items are known, the items come as they are looked at; null where a pack is sent whole.
 * @param {import("../../ui/page.d.ts").Page} page
 * @param {{ applies(view: import("../types.d.ts").View): boolean }} overview
 * @param {() => number} width of the map in pixels
 */
export async function largeItems({ pack, catalogue, state }, overview, width) {
    if (!pack.large) return null;
    catalogue.used = pack.layers.filter((layer) => pack.large?.includes(layer.id));
    catalogue.askedPlaces = new Set();
    const { createLargePack } = await import("./large_pack.js");
    const large = createLargePack(pack, catalogue, state, overview, width);
    await large.know(state.view);
    return large;
}
