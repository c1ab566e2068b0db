import type { Catalogue, Pack } from "../core/types.d.ts";
import type { State } from "../core/state.js";

/** What a part of the page stands on. */
export interface Page { pack: Pack; catalogue: Catalogue; state: State }
