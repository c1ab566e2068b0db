"""Change one cell of a pack's rows, as an official would in a spreadsheet."""

import csv
from pathlib import Path

from app.pack.tables.csv_tables import write_table


def change(pack: Path, layer: str, row_id: str, /, **cells: str) -> None:
    """Set cells of one row of `items/<layer>.csv`."""
    path = pack / "geodata" / "items" / f"{layer}.csv"
    rows = read(path)
    next(row for row in rows if row["id"] == row_id).update(cells)
    write(path, rows)


def repeat(pack: Path, layer: str, row_id: str, /, **cells: str) -> None:
    """Add a copy of a row at the end, with some cells changed."""
    path = pack / "geodata" / "items" / f"{layer}.csv"
    rows = read(path)
    rows.append({**next(row for row in rows if row["id"] == row_id), **cells})
    write(path, rows)


def remove(pack: Path, layer: str, row_id: str) -> None:
    path = pack / "geodata" / "items" / f"{layer}.csv"
    write(path, [row for row in read(path) if row["id"] != row_id])


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text(write_table(tuple(rows[0]), rows), encoding="utf-8")
