"""A process that draws faces: asked on its standard input, it answers on its standard output.

Drawing holds the interpreter for long; in a process of its own it keeps no other request waiting,
and it can be stopped at any moment.
"""

import os
import pickle
import struct
import sys
import traceback
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from app.faces import BY_EXT, Selection
from app.plan.errors import PackChanged
from app.plan.pack import Pack

PACKS_MOST = 4
"""Packs, or versions of one, held at the same time."""
LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, message: Any) -> None:
    """Write a message with its length before it."""
    data = pickle.dumps(message)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read a message. Raises EOFError when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


@lru_cache(PACKS_MOST)
def kept_pack(root: Path, version: str) -> Pack:
    """The pack of a folder, read once and whole. Raises PackChanged if it is no longer that."""
    pack = Pack(root, version)
    pack.read_whole()
    return pack


def draw(ext: str, selection: Selection) -> bytes:
    """The bytes of a face."""
    return BY_EXT[ext].render(
        replace(selection, pack=kept_pack(selection.pack.root, selection.pack.version))
    )


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Draw until nobody asks any more. An answer is (bytes, "") or (b"", what went wrong): a text,
    or PackChanged where the pack on disk is no longer the one that is to be drawn.

    The first message says that everything is loaded.
    """
    send(answers, (b"", "ready"))
    while True:
        try:
            ext, selection = receive(asked)
        except EOFError:
            return
        try:
            answer: tuple[bytes, str | PackChanged] = draw(ext, selection), ""
        except PackChanged as error:
            answer = b"", error
        except Exception:
            answer = b"", traceback.format_exc()
        send(answers, answer)


def main() -> None:
    """Keep standard output for answers: whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
