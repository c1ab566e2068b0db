"""Filters made to cost as much as they can; made by code, since a client makes them so too."""

from collections.abc import Iterable

SPATIAL = ("INTERSECTS", "EQUALS", "DISJOINT", "TOUCHES", "WITHIN", "OVERLAPS", "CROSSES",
           "CONTAINS")  # fmt: skip


def any_of(parts: Iterable[str]) -> str:
    return " OR ".join(parts)


def lattice(across: int, along: int) -> str:
    """Lines that all cross each other."""
    lines = [f"({119 + i * 0.002:.3f} 40,{119 + i * 0.002:.3f} 41)" for i in range(across)]
    lines += [f"(119 {40 + i * 0.002:.3f},121 {40 + i * 0.002:.3f})" for i in range(along)]
    return f"MULTILINESTRING({','.join(lines)})"


def zigzag(count: int, upright: bool) -> str:
    """A line to and fro, that many times."""
    steps = [(i // 2 * 0.001, 0 if i % 4 in {0, 3} else 3) for i in range(count)]
    at = [(119 + a, 39 + b) if upright else (119 + b, 39 + a) for a, b in steps]
    return f"LINESTRING({','.join(f'{lng:.3f} {lat:.3f}' for lng, lat in at)})"


def heap(count: int) -> str:
    """Polygons that lie on each other."""
    west = [119 + i * 0.01 for i in range(count)]
    rings = [f"(({w:.2f} 40,120.5 40,120.5 41,{w:.2f} 41,{w:.2f} 40))" for w in west]
    return f"GEOMETRYCOLLECTION({','.join(f'POLYGON{ring}' for ring in rings)})"


def far_sum(count: int) -> str:
    """How far from some places, all together."""
    return "+".join(f"distance_km(geometry,POINT(120.{i:02} 40))" for i in range(count)) + ">1"


REFUSED = {
    "lattice": f"S_CROSSES(geometry,{lattice(400, 250)})",
    "heap": f"S_WITHIN(geometry,{heap(140)})",
    "zigzags": f"S_CROSSES({zigzag(1400, False)},{zigzag(1400, True)})",
    "many places": any_of(f"S_OVERLAPS(geometry,POINT(120.{i:03} 40))" for i in range(300)),
    "many distances": any_of(far_sum(1).replace("120.00", f"120.{i:03}") for i in range(300)),
    "many marks": "summary_en LIKE '" + "%_a" * 5000 + "'",
    "a long word in a longer one": f"'{'a' * 20000}' LIKE '%{'a' * 15000}b%'",
    "many sums in a list": "uncertainty_m IN (" + ",".join(
        f"uncertainty_m+{i}" for i in range(3100)) + ")",
    "many lists": any_of(f"A_OVERLAPS(counties,('{i}'))" for i in range(1700)),
    "many accents": any_of(
        f"ACCENTI(CASEI(summary_en)) LIKE '%{i}{'_' * 40}%'" for i in range(60)),
}  # fmt: skip
"""Above what a filter may cost."""

ANSWERED = {
    "the same forty times": any_of(["S_OVERLAPS(geometry,geometry)"] * 40),
    "the same 1,700 times": any_of(["S_WITHIN(geometry,geometry)"] * 1700),
    "each relation": any_of(f"S_{one}(geometry,geometry)" for one in SPATIAL),
    "a sum of distances": far_sum(20),
    "a list of 10,000": "uncertainty_m IN (" + ",".join(map(str, range(10_000))) + ")",
    "one word 29,000 times": "uncertainty_m IN (" + ",".join(["1"] * 29_000) + ")",
    "a point 4,000 times": f"S_INTERSECTS(geometry,MULTIPOINT({','.join(['(120 40)'] * 4000)}))",
    "not not": "NOT " * 28 + "status='planned'",
    "folded": "CASEI(ACCENTI(" * 9 + "summary_en" + "))" * 9 + "='x'",
    "powers": "^".join(["uncertainty_m"] * 20) + ">1",
    "true": any_of(["TRUE"] * 7000),
}
"""Long, and no more work than they may be."""
