"""A workbook that LibreOffice Calc has saved anew comes back as it went."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.editing.workbook import export_workbook, import_workbook
from app.pack.pack import Pack
from tests.installed import need


@pytest.mark.parametrize("name", ["tiny", "plan"])
def test_what_calc_saved_anew_is_no_change(
    name: str, tiny: Path, pack: Pack, tmp_path: Path
) -> None:
    need(shutil.which("localc"), "libreoffice-calc is missing: `make system` installs it")
    chosen = {"tiny": Pack(tiny), "plan": pack}[name]
    export_workbook(chosen, tmp_path / "book.xlsx")
    saved = tmp_path / "saved"
    subprocess.run(
        ["localc", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", saved, tmp_path / "book.xlsx"],
        check=True, capture_output=True,
    )  # fmt: skip
    taken = import_workbook(chosen, saved / "book.xlsx")
    assert (taken.changes, taken.problems, taken.outdated) == ((), (), False)
