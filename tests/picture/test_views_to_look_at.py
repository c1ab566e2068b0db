"""The views of `make pictures`: enough of them, each once, all understood."""

from urllib.parse import parse_qsl, urlsplit

from app.catalog.catalog import Catalog
from app.pack.pack import Pack
from app.view.view import Vocabulary, read_view
from tools.pictures.views import FIGURES, shots

PICTURE_OPTIONS = ("size",)


def test_there_are_sixty_and_none_has_another_ones_name() -> None:
    names = [shot.name for shot in shots()]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


def test_each_is_understood(pack: Pack) -> None:
    words = Vocabulary.of(Catalog(pack))
    for shot in shots():
        pairs = parse_qsl(urlsplit(shot.address).query)
        view = [(name, text) for name, text in pairs if name not in PICTURE_OPTIONS]
        assert read_view(view, words)[1] == [], shot.name


def test_the_five_figures_are_those_of_the_tour(pack: Pack) -> None:
    figures = next(tour for tour in pack.info.tours if tour.id == "figures")
    assert sorted(stop.view for stop in figures.stops) == sorted(FIGURES.values())
