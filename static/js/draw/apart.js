/** Discs pushed off each other, each as little as that needs; app/picture/diagram/structure_diagram.py does the same. */

const ROUNDS = 60;
/** Radians between directions that never repeat. */
const GOLDEN = 2.399963;

/** @template {{ x: number, y: number, radius: number }} T @param {T[]} discs @returns {T[]} */
export function pushedApart(discs) {
    const moved = discs.map((one) => ({ ...one }));
    for (let round = 0, still = false; round < ROUNDS && !still; round += 1) {
        still = true;
        moved.forEach((a, i) => {
            for (const b of moved.slice(i + 1)) if (push(a, b, i)) still = false;
        });
    }
    return moved;
}

/** Whether two lay on each other: then each has moved half of that. @param {{ x: number, y: number, radius: number }} a @param {{ x: number, y: number, radius: number }} b @param {number} turn */
function push(a, b, turn) {
    const room = a.radius + b.radius + 2;
    let [dx, dy] = [b.x - a.x, b.y - a.y];
    let gap = Math.hypot(dx, dy);
    if (gap >= room - 0.01) return false;
    const shift = (room - gap) / 2;
    if (gap < 0.01) [dx, dy, gap] = [Math.cos(turn * GOLDEN), Math.sin(turn * GOLDEN), 1];
    a.x -= (dx / gap) * shift;
    a.y -= (dy / gap) * shift;
    b.x += (dx / gap) * shift;
    b.y += (dy / gap) * shift;
    return true;
}
