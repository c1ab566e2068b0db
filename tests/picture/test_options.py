"""What may be asked of a picture, and what is refused with a reason."""

import pytest

from app.domain.errors import BadValue
from app.selection.picture_options import (
    ITEMS_MOST,
    PAPERS,
    PIXELS_MOST,
    limit_items,
    page_of,
    read_options,
)


def page(default: str = "16:9", **values: str) -> tuple[int, int]:
    made = page_of(read_options(values), default)
    return made.pixel_width, made.pixel_height


def test_sizes_are_ratios_papers_or_pixels() -> None:
    assert page() == (1920, 1080)
    assert page(size="4:3") == (1600, 1200)
    assert page(size="3840x2160") == (3840, 2160)
    assert page(size="a4", dpi="300") == (2480, 3508)
    assert page(default="a3-landscape", dpi="100") == (1654, 1169)


def test_a_larger_screen_shows_the_same_larger_but_a_larger_paper_shows_more() -> None:
    small, large = (page_of(read_options({"size": s}), "") for s in ("1920x1080", "3840x2160"))
    assert (small.width, small.height) == (large.width, large.height)
    a4, a3 = (page_of(read_options({"size": s}), "") for s in ("a4", "a3"))
    assert a3.height > 1.4 * a4.height
    assert a4.mm_width / a4.width == pytest.approx(a3.mm_width / a3.width)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("size", "huge", "1920x1080"),
        ("size", "1920", "16:9"),
        ("size", "1920x1080x2", "a4"),
        ("size", "１９２０x1080", "16:9"),
        ("size", "100x100", "480"),
        ("size", "6000x6000", str(PIXELS_MOST)),
        ("size", "3000x500", "four times"),
        ("dpi", "1", "72"),
        ("dpi", "-5", "600"),
        ("dpi", "many", "72"),
        ("qr", "yes", "1"),
        ("split", "status", "county"),
    ],
)
def test_a_wrong_option_is_named_with_its_value_and_what_is_allowed(
    name: str, value: str, allowed: str
) -> None:
    with pytest.raises(BadValue, match=f"{name}=") as caught:
        read_options({name: value})
    assert allowed in caught.value.expected
    assert caught.value.value == value


def test_a_paper_at_too_many_dots_is_refused() -> None:
    with pytest.raises(BadValue, match="dpi"):
        read_options({"size": "a3", "dpi": "600"})


def test_every_paper_is_fine_at_its_usual_density() -> None:
    for paper in PAPERS:
        width, height = page(size=paper)
        assert width * height < PIXELS_MOST


def test_too_many_items_are_refused_with_the_number() -> None:
    limit_items(ITEMS_MOST)
    with pytest.raises(BadValue, match=str(ITEMS_MOST + 1)):
        limit_items(ITEMS_MOST + 1)
