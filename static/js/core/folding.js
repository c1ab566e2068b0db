/**
 * Text as a search compares it: full-width letters and digits, traditional characters, invisible ones and the
 * marks between words make no difference. app/domain/text/folding.py is the twin; tests/shared/folding_cases.json holds both to
 * the same cases.
 */

const MARKS = /[、，。；：·“”‘’《》]/g;
// Written as codes: an editor shows none of them. The same as INVISIBLE in app/domain/text/cleaning.py.
const INVISIBLE = new RegExp("[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f"
    + "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]", "g");

/** Traditional character → simplified, of those that can be typed for what this pack holds. @type {Map<string, string>} */
let simplified = new Map();
let known = /(?!)/g;

/** What the pack says of traditional characters. @param {readonly [string, string] | undefined} pairs */
export function learnTraditional(pairs) {
    const [from, to] = pairs ?? ["", ""];
    const written = [...to];
    simplified = new Map([...from].map((one, i) => [one, written[i] ?? one]));
    known = from ? new RegExp(`[${from}]`, "g") : /(?!)/g;
}

/** A text without the characters that nobody sees. @param {string} text */
export function withoutInvisible(text) {
    return text.replace(INVISIBLE, "");
}

/**
 * How a word may be meant, the likeliest first: as it stands, half-width, simplified.
 * @param {string} word
 * @param {readonly [string, string]} [pairs] traditional characters and the simplified ones, one for one
 * @returns {[string, string, string]}
 */
export function readings(word, [from, to] = ["", ""]) {
    const [typed, meant] = [[...from], [...to]];
    const narrow = word.normalize("NFKC");
    return [word, narrow, [...narrow].map((one) => meant[typed.indexOf(one)] ?? one).join("")];
}

/** @param {string} text */
export function folded(text) {
    return withoutInvisible(text.replace(MARKS, "")).normalize("NFKC").toLowerCase()
        .replace(known, (one) => simplified.get(one) ?? one);
}
