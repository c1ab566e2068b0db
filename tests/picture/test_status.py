"""Status by fill and form, certainty by halo, and what follows one course drawn once."""

from collections import Counter
from dataclasses import replace

import pytest

from app.domain.models import STATUSES
from app.picture.items import simple
from app.picture.map.bundles import segments_of
from app.picture.map.line_looks import paints
from app.picture.map.paths import shared_lines
from app.picture.page.compose import compose
from app.picture.page.legend import legend_rows
from app.picture.page.legend_forms import legend_content
from app.picture.page.legend_keys import status_swatch
from app.picture.scene.scene import Group, Path
from app.picture.scene.shapes import style_of, symbol
from app.picture.scene.viewport import Rect
from app.picture.writers.svg import attributes
from tests.colours.colour_vision import contrast
from tests.picture.conftest import MakeTask
from tests.picture.test_compose import paths, words


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
        paints = [path.paint for path in style_of(context, item).body(0, 0, 27)]
        look = tuple((paint.fill, paint.stroke) for paint in paints)
        looks.setdefault(item.status, set()).add(look)
    assert len(looks) >= 4
    all_looks = [look for kinds in looks.values() for look in kinds]
    assert len(set(all_looks)) == len(all_looks)
    assert all(len(kinds) == 1 for kinds in looks.values())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_key_of_a_status_is_told_from_the_paper(
    picture_request: MakeTask, theme: str
) -> None:
    made = picture_request(f"layer=transport&theme={theme}")
    context = made.context(Rect(0, 0, 1200, 900))
    paper = context.colours["paper"]
    for status in STATUSES:
        of = replace(made.items[0], status=status, colour=context.colours["ink-2"])
        shape, *line = status_swatch(context, 0, 0, line=True, of=of)
        for key in (shape, Group("line", line)):
            seen = [path.paint.stroke or path.paint.fill for path in paths(key)]
            assert max(contrast(colour, paper) for colour in seen) >= 3, status


def test_a_line_of_dots_has_round_dots_in_every_format(picture_request: MakeTask) -> None:
    """A dot is a very short dash: with flat ends it is a sliver."""
    made = picture_request("layer=transport")
    context = made.context(Rect(0, 0, 1200, 900))
    of = replace(made.items[0], status="programme", line="")
    *_, (dots, _) = paints(context, [of])
    assert dots.dash[0] < dots.width
    assert 'stroke-linecap="round"' in attributes(dots)
    assert 'stroke-linecap="round"' not in attributes(replace(dots, butt=True))


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


def test_colours_that_say_the_status_are_keyed(picture_request: MakeTask) -> None:
    """Each status has its own colour in the legend, layers and categories have none."""
    made = picture_request("layer=energy&colour=status&lang=en")
    context = made.context(Rect(0, 0, 1200, 900))
    rows = {row.name: row for row in legend_rows(context, legend_content(made, context, []))}
    grey = context.colours["ink-2"]
    for status in {item.status for item in made.items if item.certainty != "none"}:
        key = Group("", list(rows[STATUSES[status][1]].draw(0, 0, 300)))
        assert context.colours[f"status-{status}"] in {path.paint.stroke for path in paths(key)} | {
            path.paint.fill for path in paths(key)
        }, status
    for name in ("Energy", "Substations"):
        key = Group("", list(rows[name].draw(0, 0, 300)))
        assert grey in {path.paint.fill for path in paths(key)}, name


def test_a_legend_with_room_keys_the_categories_of_its_only_layer(
    picture_request: MakeTask,
) -> None:
    """Also where its items are too many for a list beside it, or have a long one."""
    found = words(compose(picture_request("layer=transport&lang=en")))
    assert {"Ports and fairways", "City roads and bridges", "Railways", "Expressways"} <= {*found}
    found = words(compose(picture_request("layer=transport")))
    assert {"港口与航道", "铁路", "高速公路", "绥中港区疏港公路", "绥中通用机场"} <= {*found}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_several_colours_share_is_thin_and_grey(picture_request: MakeTask, theme: str) -> None:
    """It says least of all lines, so it does not outshine them; still it is seen on land."""
    made = picture_request(f"focus=park-dongdaihe&near=10&theme={theme}")
    context = made.context(Rect(0, 0, 900, 700))
    lone = paints(context, [made.items[0]])[-1][0].width
    mixed = [
        paints(context, members)
        for members, _ in shared_lines(context, made.plain)
        if len({item.colour for item in members}) > 1
    ]
    assert mixed
    for strokes in mixed:
        core = strokes[-1][0]
        assert core.width < lone
        assert contrast(core.stroke, context.colours["home-land"]) >= 3
