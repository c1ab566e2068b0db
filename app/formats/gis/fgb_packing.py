"""The order of a FlatGeobuf's features: what a box meets lies together, so that few bytes are read.

A file is magic bytes, a header with its length, an R-tree as an array of nodes (the root first,
the leaves last, each a box and an offset), and the features, each with its length. GDAL orders
features along a Hilbert curve, where a line across the city stands between points that it has
nothing to do with; readers fetch some kilobytes around each feature that they want.
"""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NODE_SIZE = 16
"""How many children a node has, as GDAL writes it."""
HEADER_AT = 12
NODE = np.dtype(
    [("west", "<f8"), ("south", "<f8"), ("east", "<f8"), ("north", "<f8"), ("offset", "<u8")]
)
"""A box, and where its content begins: a feature's byte, or the place of the first child."""
Nodes = NDArray[np.void]
LENGTH = struct.Struct("<I")
WIDE_SHARE = 10
"""One feature of so many is wide: the ones that most boxes meet."""


def packed(body: bytes, heavy: Sequence[bool]) -> bytes:
    """The same file, the widest features first, then the heavy ones, then the others.

    `heavy` says of each feature, in the order of the file, whether it is large and seldom met:
    between what most boxes meet and what few do, so that no reader takes the gap along.
    """
    count = len(heavy)
    if count <= NODE_SIZE:
        return body
    index_at = HEADER_AT + LENGTH.unpack_from(body, HEADER_AT - LENGTH.size)[0]
    leaves_at, features_at = (
        index_at + NODE.itemsize * n for n in (tree_size(count) - count, tree_size(count))
    )
    leaves = np.frombuffer(body, NODE, count, leaves_at)
    starts = leaves["offset"].astype(np.int64)
    order = reading_order(leaves, np.array(heavy))
    features = memoryview(body)[features_at:]
    contents = [content(features, start) for start in starts[order].tolist()]
    ordered = leaves[order]
    ordered["offset"][0] = 0
    ordered["offset"][1:] = np.cumsum([len(one) for one in contents[:-1]])
    return b"".join((body[:index_at], tree_over(ordered).tobytes(), *contents))


def content(features: memoryview, at: int) -> memoryview:
    """A feature with its length before it."""
    return features[at : at + LENGTH.size + LENGTH.unpack_from(features, at)[0]]


def reading_order(leaves: Nodes, heavy: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Wide ones by width, then heavy ones as they come, then the others from west to east."""
    widths = leaves["east"] - leaves["west"] + leaves["north"] - leaves["south"]
    widest = np.argsort(-widths, kind="stable")[: len(leaves) // WIDE_SHARE]
    wide = widest[(widths[widest] != 0) & ~heavy[widest]]
    is_other = ~heavy
    is_other[wide] = False
    others = np.flatnonzero(is_other)
    others = others[np.argsort(leaves["west"][others], kind="stable")]
    return np.concatenate([wide, np.flatnonzero(heavy), others])


def tree_size(count: int) -> int:
    """How many nodes a tree over so many leaves has."""
    return count if count == 1 else count + tree_size(-(-count // NODE_SIZE))


def tree_over(leaves: Nodes) -> Nodes:
    """The whole tree as the file has it: the root first, the leaves last."""
    levels = [leaves]
    below = tree_size(len(leaves)) - len(leaves)
    while len(levels[0]) > 1:
        starts = np.arange(0, len(levels[0]), NODE_SIZE)
        level = np.empty(len(starts), NODE)
        for edge, reduce in (("west", np.minimum), ("south", np.minimum),
                             ("east", np.maximum), ("north", np.maximum)):  # fmt: skip
            level[edge] = reduce.reduceat(levels[0][edge], starts)
        level["offset"] = below + starts
        below -= len(level)
        levels.insert(0, level)
    return np.concatenate(levels)
