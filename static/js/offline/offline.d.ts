/** Shapes of the offline file; read by the type checker only. */

import type { Item, Pack } from "../core/types.d.ts";

/** What folium drew. */
export interface Drawn {
    map: L.Map;
    control: L.Control.Layers;
    /** Layer id → what its switch turns on and off. */
    layers: Record<string, L.LayerGroup>;
}

/** Label and text of all that is known of an item. */
export type Card = [label: string, text: string][];

export interface OfflineItem extends Item {
    /** Where its popup stands. */
    at?: [number, number] | null;
}

/** What a view is near to. */
export interface Near {
    name: string;
    position: [number, number];
    /** 0 where no neighbours were asked for. */
    km: number;
    /** Whether it needs a mark: an item of the view has its symbol. */
    marked: boolean;
    uncertainty_m: number;
    /** Item → how far it is. */
    metres: Record<string, number>;
}

/** What the file was made with. */
export interface Offline {
    lang: string;
    first: string;
    words: Record<string, string>;
    pack: Pack;
    items: OfflineItem[];
    cards: Record<string, Card>;
    /** Lower-case, for the search. */
    texts: Record<string, string>;
    /** File of the base map → what it holds. */
    base: Record<string, GeoJSON.FeatureCollection>;
    labels: GeoJSON.FeatureCollection;
    ground: GeoJSON.FeatureCollection;
    world: GeoJSON.FeatureCollection;
    /** File → data address. */
    images: Record<string, string>;
    counties: string[];
    bounds: [number, number, number, number];
    focus: string;
    near: Near | null;
    /** What a presenter has put on the map. */
    notes: string[];
    names: string[];
    /** The address of the map this was taken from, without a query; may be empty. */
    online: string;
}
