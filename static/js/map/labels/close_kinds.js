/** How names of the close map are written; see labels.js. */

export const CLOSE_KINDS = {
    township: { size: 12, priority: 7 },
    stream: { size: 11, priority: 7.2 },
    lake: { size: 11, priority: 7.1 },
    mountain: { size: 11, priority: 6.9, mark: true },
    station: { size: 11, priority: 7.3, mark: true },
    port: { size: 11, priority: 7.2, mark: true },
    interchange: { size: 10, priority: 8, mark: true },
    fort: { size: 11, priority: 8, mark: true },
    sight: { size: 11, priority: 9, mark: true },
    village: { size: 11, priority: 8.5, mark: true },
    "road-number": { size: 10, priority: 7.4, pad: 10 },
};
