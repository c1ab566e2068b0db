"""Docs that cannot rot: the names they use are the names in the code."""

import re

import pytest
from typer.testing import CliRunner

from app.cli import app as cli
from app.domain.models import STATUSES
from app.formats import FORMATS
from app.locate import METHODS
from app.pack.tables.items import COLUMNS
from app.settings import ROOT
from app.view.view import VIEW_PARAMETERS

README = (ROOT / "README.md").read_text(encoding="utf-8")
DICTIONARY = (ROOT / "geodata" / "README.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "CONTRIBUTING.md", "README.md", "docs/deploy.md", "docs/glossary.md", "docs/guide.md",
    "geodata/README.md",
)  # fmt: skip
FOLDERS = "app|bench|docs|geodata|static|tests|tools|words"
COMMANDS = [command.name or command.callback.__name__ for command in cli.registered_commands]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", [*COLUMNS, *METHODS, *STATUSES])
def test_the_data_dictionary_names_it(name: str) -> None:
    assert f"`{name}`" in DICTIONARY


@pytest.mark.parametrize("name", VIEW_PARAMETERS)
def test_the_readme_names_every_parameter_of_a_view(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda file_format: file_format.ext)
def test_the_readme_names_every_format(file_format: object) -> None:
    assert f".{file_format.ext}" in README  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.split("Options")[0].strip().splitlines()) >= 2


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_named_in_the_docs_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for path in re.findall(rf"`((?:{FOLDERS})/[\w./-]*\w/?)`", text):
        assert (ROOT / path).exists(), path
