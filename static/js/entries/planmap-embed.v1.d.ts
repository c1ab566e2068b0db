/** What `<planmap-embed>` promises to the page that holds it. */

/** What is left out stays as it is. */
export interface PlanmapRequest {
    /** A view as in the address of the map: `county=…&layer=…`; "" is the whole plan. */
    view?: string;
    lang?: string;
    legend?: boolean | "0" | "1";
}

/** Event name → its `detail`. */
export interface PlanmapEvents {
    "planmap-ready": { version: string };
    "planmap-view": { view: string; count: number };
    /** `id` is null when the selection is taken back. */
    "planmap-select": { id: string | null; name: string };
    /** What of a view was not understood. */
    "planmap-error": { view: string; problems: { name: string; value?: string }[] };
}

/**
 * Attributes: `view`, `lang`, `legend` (0 or 1), `theme`, `controls`, `list`, `link` (0 or 1), `version`, `title`, and
 * `service`, the root of the service where this script is a copy.
 */
export class PlanmapEmbed extends HTMLElement {
    readonly ready: Promise<PlanmapEvents["planmap-ready"]>;
    readonly service: string;
    view: string;
    set(request: PlanmapRequest): void;
    addEventListener<K extends keyof PlanmapEvents>(
        type: K, listener: (this: PlanmapEmbed, event: CustomEvent<PlanmapEvents[K]>) => void,
        options?: boolean | AddEventListenerOptions,
    ): void;
    addEventListener<K extends keyof HTMLElementEventMap>(
        type: K, listener: (this: PlanmapEmbed, event: HTMLElementEventMap[K]) => void,
        options?: boolean | AddEventListenerOptions,
    ): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
    interface HTMLElementTagNameMap { "planmap-embed": PlanmapEmbed }
}
