"""The commands as a person types them: what they print, what they write, how they end."""

from pathlib import Path

import geopandas
import pytest
from openpyxl import load_workbook
from shapely import box
from typer.testing import CliRunner, Result

from app.cli import app, main
from tests.editing.cell_bytes import files


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def exported(tiny: Path) -> Path:
    path = tiny.parent / "plan.xlsx"
    done = run("export-xlsx", path, "--pack", tiny)
    assert (done.exit_code, done.output) == (0, f"wrote 16 rows to {path}\n")
    return path


def set_status(path: Path, status: str) -> None:
    book = load_workbook(path)
    book["场地"]["F2"].value = status
    book.save(path)


def test_a_change_is_shown_first_and_written_only_when_applied(tiny: Path) -> None:
    path = exported(tiny)
    set_status(path, "building 在建")
    before = files(tiny)
    shown = run("import-xlsx", path, "--pack", tiny)
    assert shown.exit_code == 0
    assert "    status: 'existing' → 'building'\n" in shown.output
    assert "add --apply to write this" in shown.output
    assert files(tiny) == before
    applied = run("import-xlsx", path, "--apply", "--pack", tiny)
    assert applied.exit_code == 0
    assert "wrote geodata/items/sites.csv\nwrote projects.geojson\n" in applied.output
    assert run("build", "--check", "--pack", tiny).exit_code == 0


def test_a_dry_run_says_what_a_plain_run_says(tiny: Path) -> None:
    path = exported(tiny)
    set_status(path, "building 在建")
    before = files(tiny)
    plain = run("import-xlsx", path, "--pack", tiny)
    dry = run("import-xlsx", path, "--dry-run", "--pack", tiny)
    assert (dry.exit_code, dry.output) == (0, plain.output)
    refused = run("import-xlsx", path, "--dry-run", "--apply", "--pack", tiny)
    assert refused.exit_code != 0
    assert files(tiny) == before


def test_a_broken_workbook_ends_with_1_and_writes_nothing(tiny: Path) -> None:
    path = exported(tiny)
    set_status(path, "done")
    before = files(tiny)
    refused = run("import-xlsx", path, "--apply", "--pack", tiny)
    assert refused.exit_code == 1
    assert "场地!F2 'done': status: one of existing" in refused.output
    assert files(tiny) == before


def test_an_older_workbook_is_applied_only_by_force(tiny: Path) -> None:
    older = exported(tiny)
    newer = older.with_name("newer.xlsx")
    newer.write_bytes(older.read_bytes())
    set_status(newer, "building")
    assert run("import-xlsx", newer, "--apply", "--pack", tiny).exit_code == 0
    before = files(tiny)
    refused = run("import-xlsx", older, "--apply", "--pack", tiny)
    assert refused.exit_code == 1
    assert "have changed since this workbook was made" in refused.output
    assert files(tiny) == before
    assert run("import-xlsx", older, "--apply", "--force", "--pack", tiny).exit_code == 0
    assert files(tiny) != before


def test_a_gis_file_is_taken_in_and_reported(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "forests.gpkg"
    shapes = geopandas.GeoDataFrame(
        {"名称": ["东山林场"], "height": [2.5]},
        geometry=[box(10.31, 50.11, 10.32, 50.12)],
        crs=4326,
    )
    shapes.to_crs(32632).to_file(path, engine="pyogrio")
    words = ["import-gis", path, "--layer", "sites", "--uncertainty-m", 50, "--basis", "published",
             "--set", "status=existing", "--set", "category=zone", "--set", "plan_refs=第一章",
             "--declare", "--pack", tiny]  # fmt: skip
    before = files(tiny)
    dry = run(*words, "--dry-run")
    assert dry.exit_code == 0
    assert files(tiny) == before
    done = run(*words)
    assert done.exit_code == 0
    for line in (
        "coordinates: WGS 84 / UTM zone 32N (EPSG:32632) → WGS 84",
        "column 名称 read as name",
        "declared: height (number) from column height",
        "dong-shan-lin-chang 东山林场 (东县)",
        "wrote geodata/drawn/dong-shan-lin-chang.geojson",
    ):
        assert line in done.output
    assert run("check", "--pack", tiny).exit_code == 0


def test_how_well_a_gis_file_is_known_must_be_said(tiny: Path, tmp_path: Path) -> None:
    refused = run("import-gis", tmp_path / "x.gpkg", "--layer", "sites", "--pack", tiny)
    assert refused.exit_code == 2
    assert "--uncertainty-m" in refused.output


def test_a_new_pack_runs_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    done = run("new", folder)
    assert done.exit_code == 0
    assert "wrote geodata/plan.toml\n" in done.output
    for command in (("check",), ("build", "--check")):
        assert run(*command, "--pack", folder).exit_code == 0


def test_an_error_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["planmap", "new", str(tmp_path)])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert capsys.readouterr().err == (
        f"error: {tmp_path}: a folder that is empty or does not exist yet\n"
    )


def test_check_counts_the_items_of_a_pack_with_a_cell_nobody_can_read(tiny: Path) -> None:
    path = tiny / "geodata" / "items" / "sites.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("东县", "南县", 1), encoding="utf-8")
    done = run("check", "--pack", tiny)
    assert done.exit_code == 1
    assert "10 items checked" in done.output


def test_a_workbook_that_cannot_be_written_is_named_as_it_was_given(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "nowhere" / "book.xlsx"
    words = ["planmap", "export-xlsx", str(book), "--pack", str(tiny)]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit, match="2"):
        main()
    assert capsys.readouterr().err == f"error: {book}: No such file or directory\n"
