"""Status by fill and form, certainty by halo, and what follows one course drawn once."""

from collections import Counter

from app.domain.models import STATUSES
from app.picture.items import simple
from app.picture.map.bundles import segments_of
from app.picture.map.paths import shared_lines
from app.picture.page.compose import compose
from app.picture.scene.scene import Path
from app.picture.scene.shapes import body, symbol
from app.picture.scene.viewport import Rect
from tests.picture.conftest import MakeTask
from tests.picture.test_compose import words


def test_the_fill_says_the_status_and_the_halo_how_far_off(picture_request: MakeTask) -> None:
    """Every status is filled in a way of its own; only what is far off has a halo."""
    made = picture_request("layer=transport,energy&county=龙港区,兴城市")
    context = made.context(Rect(0, 0, 1200, 900))
    looks: dict[str, set[tuple[tuple[str, str], ...]]] = {}
    for item in (one for one in made.items if one.points):
        drawn = [
            path for path in symbol(context, item, 0, 0, 27).children if isinstance(path, Path)
        ]
        halo = [path for path in drawn if path.paint.fill_opacity < 1]
        assert bool(halo) == (item.certainty == "circle"), item.name
        paints = [path.paint for path in body(context, item, 0, 0, 27)]
        look = tuple((paint.fill, paint.stroke) for paint in paints)
        looks.setdefault(item.status, set()).add(look)
    assert len(looks) >= 4
    all_looks = [look for kinds in looks.values() for look in kinds]
    assert len(set(all_looks)) == len(all_looks)
    assert all(len(kinds) == 1 for kinds in looks.values())


def test_the_legend_counts_statuses_and_certainties(picture_request: MakeTask) -> None:
    made = picture_request("layer=transport")
    found = words(compose(made))
    counts = Counter(item.status for item in made.items if item.certainty != "none")
    at = found.index("规划所述（2021）")
    said = found[at + 1 : at + 1 + 2 * len(counts)]
    titles = {STATUSES[status][0]: str(n) for status, n in counts.items()}
    assert dict(zip(said[::2], said[1::2], strict=True)) == titles
    assert "误差 ≤ 2 公里" in found
    assert "示意走向或范围" in found


def test_eight_lines_on_one_coast_are_one_with_a_count(picture_request: MakeTask) -> None:
    made = picture_request("focus=park-dongdaihe&near=10")
    rect = Rect(0, 0, 900, 700)
    context = made.context(rect)
    found = shared_lines(context, made.plain)
    segments = [
        segment
        for _, line in found
        for part in simple(line)
        for segment in segments_of(part.coords)
    ]
    assert len(segments) == len(set(segments))
    assert any(len(members) >= 4 for members, _ in found)
    assert "×" in "".join(words(compose(made)))
