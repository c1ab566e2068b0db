import type { Catalogue, Pack } from "../types.d.ts";
import type { State } from "../state.js";

/** What a part of the page stands on. */
export interface Page { pack: Pack; catalogue: Catalogue; state: State }
