/**
 * Leaflet, typed. Its minified build (42 kB) is a script that leaves itself on the global object; its
 * own module build is not minified and weighs 109 kB.
 */

import "leaflet";

/** @type {typeof import("leaflet")} */
const L = /** @type {any} */ (globalThis).L;

export default L;
