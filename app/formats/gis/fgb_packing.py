"""The order of a FlatGeobuf's features: what a box meets lies together, so that few bytes are read.

A file is magic bytes, a header with its length, an R-tree as an array of nodes (the root first,
the leaves last, each a box and an offset), and the features, each with its length. GDAL orders
features along a Hilbert curve, where a line across the city stands between points that it has
nothing to do with; readers fetch some kilobytes around each feature that they want.
"""

import struct
from collections.abc import Sequence
from typing import NamedTuple

NODE_SIZE = 16
"""How many children a node has, as GDAL writes it."""
HEADER_AT = 12
NODE = struct.Struct("<4dQ")
LENGTH = struct.Struct("<I")
WIDE_SHARE = 10
"""One feature of so many is wide: the ones that most boxes meet."""


class Node(NamedTuple):
    """A box, and where its content begins: a feature's byte, or the place of the first child."""

    west: float
    south: float
    east: float
    north: float
    offset: int

    @property
    def width(self) -> float:
        return self.east - self.west + self.north - self.south


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
        index_at + NODE.size * n for n in (tree_size(count) - count, tree_size(count))
    )
    leaves = [Node(*fields) for fields in NODE.iter_unpack(body[leaves_at:features_at])]
    contents = [content(body, features_at + leaf.offset) for leaf in leaves]
    ordered: list[Node] = []
    parts: list[bytes] = []
    offset = 0
    for at in reading_order(leaves, heavy):
        ordered.append(leaves[at]._replace(offset=offset))
        parts.append(contents[at])
        offset += len(contents[at])
    index = b"".join(NODE.pack(*node) for node in tree_over(ordered))
    return body[:index_at] + index + b"".join(parts)


def content(body: bytes, at: int) -> bytes:
    """A feature with its length before it."""
    return body[at : at + LENGTH.size + LENGTH.unpack_from(body, at)[0]]


def reading_order(leaves: Sequence[Node], heavy: Sequence[bool]) -> list[int]:
    """Wide ones by width, then heavy ones as they come, then the others from west to east."""
    by_width = sorted(range(len(leaves)), key=lambda at: -leaves[at].width)
    most = len(leaves) // WIDE_SHARE
    wide = [at for at in by_width[:most] if leaves[at].width and not heavy[at]]
    first = set(wide)
    rest = [at for at in range(len(leaves)) if at not in first]
    others = sorted((at for at in rest if not heavy[at]), key=lambda at: leaves[at].west)
    return wide + [at for at in rest if heavy[at]] + others


def tree_size(count: int) -> int:
    """How many nodes a tree over so many leaves has."""
    return count if count == 1 else count + tree_size(-(-count // NODE_SIZE))


def tree_over(leaves: list[Node]) -> list[Node]:
    """The whole tree as the file has it: the root first, the leaves last."""
    tree = leaves
    level, below = leaves, tree_size(len(leaves)) - len(leaves)
    while len(level) > 1:
        starts = range(0, len(level), NODE_SIZE)
        level = [around(level[at : at + NODE_SIZE], below + at) for at in starts]
        below -= len(level)
        tree = level + tree
    return tree


def around(children: Sequence[Node], first: int) -> Node:
    west, south, east, north, _ = zip(*children, strict=True)
    return Node(min(west), min(south), max(east), max(north), first)
