/** Shapes shared by the page's modules; read by the type checker only, never served to a reader. */

export type Lang = string;
export type Scope = "county" | "city" | "outside";
export type Precision = "site" | "village" | "township" | "county" | "schematic" | "none";

export interface Titled { id: string; title: string; title_en: string }
/** `line`: how its lines are drawn, "rail" or "motorway". */
export interface Category extends Titled { line?: string; symbol?: string }
export interface Described extends Titled { description: string; description_en: string }
/** Whom to ask, and where that is published. */
export interface Contact { contact?: string; contact_en?: string; telephone?: string; website?: string; contact_source?: string }
export interface County extends Contact { code: string; name: string; name_en: string; short: string; short_en: string; spelt?: string[] }
export interface Family extends Titled { colour: string; colour_dark?: string; shape: string }
export interface Field extends Titled { type: string; unit?: string }
export interface Layer extends Described {
    family: string;
    colour: string;
    colour_dark?: string;
    symbol: string;
    spelt?: string[];
    /** Other names it is searched by. */
    also?: string[];
    categories: Category[];
    fields: Field[];
    /** Whether its items say how far ports and stations are. */
    access?: boolean;
}
export interface PlanRef { chapter: string; section: string; box: string }
export interface Format { ext: string; kind?: string; title: string; title_en: string; options?: string[] }
export interface BaseMap extends Titled {
    url: string;
    attribution: string;
    attribution_en: string;
    datum?: "wgs84" | "gcj02";
    max_zoom?: number;
    subdomains?: string;
    /** Labels that lie above the tiles: a second template. */
    overlay?: string;
    /** What it looks like: `map` or `imagery`. */
    look?: string;
}

/** Views in an order, ready to be shown. */
export interface Tour {
    id: string;
    title: string;
    title_en: string;
    stops: { view: string; title: string; title_en: string }[];
}

export interface Pack {
    id: string;
    title: string;
    title_en: string;
    plan: string;
    plan_en: string;
    plan_short: string;
    plan_short_en: string;
    period: string;
    place: string;
    place_en: string;
    languages: string[];
    /** What each language calls itself. */
    language_names?: Record<string, string>;
    /** Language → whose words the page speaks in it: its own, else English. */
    /** What the parts of references are called in a language, where that is not as the plan writes them. */
    references?: Record<string, { join: string; parts: Record<string, string> }>;
    /** Language beside the first and English → words of list fields in it. */
    term_words?: Record<string, Record<string, string>>;
    frame: [number, number, number, number];
    attribution: string;
    attribution_en: string;
    approval_number: string;
    feedback: string;
    version: string;
    /** Traditional characters that a search may bring, and the simplified ones, one for one. */
    traditional?: [string, string];
    counties: County[];
    families: Family[];
    /** Views that have a title of their own. */
    figures?: Tour["stops"];
    layers: Layer[];
    /** What a status is called: whose word it is, of which year. */
    status_title: string;
    status_title_en: string;
    statuses: Titled[];
    precisions: Described[];
    bases: Titled[];
    /** What is to be checked of items. */
    doubts: Titled[];
    methods: Titled[];
    /** `page`: what the page of a box is called; `text`: where the operator's copy of the text has it. */
    outline: (PlanRef & { title: string, title_en: string, page?: string, text?: string })[];
    base: string[];
    /** Of a pack that is not sent whole: the layers that hold items. */
    large?: string[];
    /** English for words used in list fields. */
    terms?: Record<string, string>;
    /** Kinds of places that distances are measured to and that are known. */
    destinations?: string[];
    /** Headings over words of list fields, and what else readers call them. */
    industries?: { name: string; words: string[]; also: string[] }[];
    faces?: Format[];
    base_maps?: BaseMap[];
    /** Files of base/detail/. */
    detail?: string[];
    contact?: string;
    contact_en?: string;
    sources?: (Titled & { url?: string; vintage?: string })[];
    /** Names of parameters that messengers and trackers add to links. */
    foreign_parameters?: string[];
    /** What a map begins with: the query string of a view, and what it is called. */
    start?: { view: string, title: string, title_en: string };
}

/** A place of the gazetteer. */
/** A kind of place that distances are measured to: what readers call it, and which places are of it. */
export interface Destination { names: string[]; places: string[] }
export interface Place {
    id: null;
    name: string;
    name_en: string;
    kind: string;
    county: string;
    position: GeoJSON.Position;
    uncertainty_m: number;
    basis: string;
    /** Its other names. */
    aliases?: string[];
    /** Its other names and how they are typed on a Latin keyboard. */
    spelt: string[];
}

export interface Exit { lng: number; lat: number; bearing: number; to: string; to_en: string }

/** Kind of place → the nearest, as the crow flies, and along the roads where they lead there; null where none is known. */
export type Access = Record<string, { name: string; name_en: string; km: number; doubt_km: number; road_km?: number } | null>;

export interface Item {
    id: string;
    layer: string;
    category: string;
    name: string;
    name_en: string;
    counties: string[];
    scope: Scope;
    status: string;
    precision: Precision;
    basis: string | null;
    uncertainty_m: number | null;
    method: string;
    geometry: GeoJSON.Geometry | null;
    /** Where it can be, where that is less than its circle: not at sea, not in another county. */
    area?: GeoJSON.Geometry;
    exits?: Exit[];
    /** The words of its list fields: industries, products, stops. */
    terms?: string[];
    /** What is to be checked of it. */
    doubts?: string[];
    access?: Access;
    /** How the plan's own drawing shows it; see diagram.js. */
    diagram?: string;
    /** Where that drawing has its line, with what carries the name along it, or its spots. */
    drawing?: {
        line?: GeoJSON.Position[];
        guide?: { points: GeoJSON.Position[]; offset: number; share: number };
        spots?: GeoJSON.Position[];
        /** The soft outline of a zone. */
        area?: GeoJSON.Position[];
        /** In its badges, where those of its kind are told apart by one. */
        number?: number;
        /** Whose hue it has. */
        role: number;
    };
}

/** One whole item as /api/collections/{layer}/items/{id} gives it. */
export interface Detail extends Item, Contact {
    plan_term?: string;
    /** Where it comes from, when that is not the plan. */
    origin?: string;
    origin_en?: string;
    summary: string;
    summary_en: string;
    county_basis: string;
    facts: string[];
    facts_en: string[];
    plan: PlanRef | null;
    plan_more: PlanRef[];
    located_by: { method: string; places: string[]; along: string[] };
    location: string;
    location_en: string;
    place_note: string;
    place_note_en: string;
    related: string[];
    note: string;
    note_en: string;
    source: string[];
    [field: string]: unknown;
}

/** What the reader has chosen. Empty lists and nulls mean "all" or "default". */
export interface View {
    layer: string[];
    county: string[];
    category: string[];
    status: string[];
    precision: string[];
    term: string[];
    /** What is to be checked. */
    doubt: string[];
    /** Conditions of place: `port:20`. */
    site: string[];
    /** Items that a presenter leaves out. */
    hidden: string[];
    /** A presenter's texts and arrows: `lng,lat:text`, `lng,lat,lng,lat:text`. */
    notes: string[];
    /** Names that stand elsewhere: `id:lng,lat`. */
    names: string[];
    q: string;
    focus: string | null;
    /** A name of the gazetteer, or lng,lat: what is near is near to it. */
    place: string | null;
    bbox: [number, number, number, number] | null;
    lang: Lang | null;
    title: string;
    base: string | null;
    theme: string | null;
    colour: string | null;
    /** Known to the page only; never sent to another face. */
    choropleth: string | null;
    compare: string[];
    near: string | null;
    inview: string | null;
    /** Draw every item, though nothing is chosen. */
    all: string | null;
    table: string | null;
    present: string | null;
}

export type Facet = "layer" | "county" | "category" | "status" | "precision" | "term" | "doubt";

export interface Problem { name: string; value: string }

export interface Vocabulary {
    layer: string[];
    county: string[];
    /** What the words of a list are called, in each language of the pack → the word. */
    names: Partial<Record<Facet, Record<string, string>>>;
    category: string[];
    status: string[];
    precision: string[];
    term: string[];
    doubt: string[];
    /** Kinds of places that an item can be so far from. */
    site?: string[];
    base: string[];
    lang: string[];
    /** Names that others add to links; `*` at the end stands for any rest. */
    foreign?: string[];
    /** Traditional characters that a word may be written with, and the simplified ones, one for one. */
    traditional?: [string, string];
}

/** A square of the map: where its middle is, and how many items of each layer lie in it. */
export interface Cell { lng: number; lat: number; layers: Record<string, number> }

/** What a view shows of the catalogue. */
export interface Selection {
    items: Item[];
    ids: Set<string>;
    counts: Record<Facet, Map<string, number>>;
    /** Items per "layer:category", given every other facet. */
    categories: Map<string, number>;
    /** What a map shows of it, where that is not all. */
    drawn?: Selection;
    /** What is drawn is but a beginning: more is drawn when it is asked for. */
    begins?: boolean;
    /** Of a large pack: fetches the items of a stretch; null where they have come. */
    load?(from: number, to: number): Promise<unknown> | null;
    /** The same items by a column of the table, `-` before it downwards. */
    sorted?(sort: string): Pick<Selection, "items" | "load">;
    /** Items of each layer, in the order of the list. */
    layers?: Map<string, number>;
    /** Of a large pack: items per "layer:status". */
    statuses?: Map<string, number>;
    /** Squares that stand for what is too much to be drawn. */
    cells?: Cell[];
}

export interface Catalogue {
    items: Item[];
    byId: Map<string, Item>;
    layers: Map<string, Layer>;
    families: Map<string, Family>;
    /** Layers that hold at least one item, in order. */
    used: Layer[];
    /** The gazetteer by name, once a view has asked for a place of it. */
    places: Map<string, Place>;
    /** Of a large pack, names that have been asked for: it is asked for each by itself. */
    askedPlaces?: Set<string>;
    /** Codes; counties are compared as items are. */
    counties: Set<string>;
    /** As of the pack. */
    traditional?: [string, string];
}
