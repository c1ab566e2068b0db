"""The drawings of symbols as the page's own module writes them: a comment, then JSON."""

import json
from typing import Any

MARK = "export default "


def drawings_in(module: str) -> dict[str, Any]:
    """`shapes`, `glyphs` and `diagram` by name.

    >>> drawings_in('/* why */ export default {"shapes": {}, "glyphs": {"leaf": {}}};')["glyphs"]
    {'leaf': {}}
    """
    drawings: dict[str, Any] = json.loads(module.partition(MARK)[2].rstrip().rstrip(";"))
    return drawings
