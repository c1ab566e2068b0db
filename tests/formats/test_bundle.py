"""Modules become one script that means the same."""

import subprocess
from pathlib import Path

import pytest

from app.formats.page.bundle import UnknownForm, bundle
from app.settings import ROOT

MODULES = {
    "deep/a.js": """
import "leaflet";
import first, { b as c, d } from "../b.js";
import * as all from "../b.js";
import { twice } from "./twice.js";

/** @typedef {import("../types.d.ts").Item} Item */

export async function start() {
    return [first, c(), d, all.b(), twice(2), new Kind().name, await Promise.resolve(7)].join();
}

class Kind { name = "kind"; }
export { Kind as Sort };
""",
    "deep/twice.js": 'import { d } from "../b.js";\nexport const twice = (n) => n * 2 + d;\n',
    "b.js": """
/** What is exported is found wherever it stands. */
export default "x";
export function b() { return d; }
export const d = 1;
""",
}


def written(root: Path, modules: dict[str, str]) -> Path:
    for name, text in modules.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_one_script_does_what_its_modules_do(tmp_path: Path) -> None:
    text = bundle(written(tmp_path, MODULES), "deep/a.js", given=("leaflet",))
    script = f"const {{ start, Sort }} = {text};\nstart().then((it) => console.log(it, Sort.name));"
    ran = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "x,1,1,1,5,kind,7 Kind"


def test_the_front_end_is_bundled_alike_each_time() -> None:
    first, second = (
        bundle(ROOT / "static" / "js", "offline/main.js", given=("leaflet",)) for _ in range(2)
    )
    assert first == second
    assert first.count("use strict") == 1
    subprocess.run(
        ["node", "--check", "-"], input=f"const front = {first};", text=True, check=True,
        capture_output=True,
    )  # fmt: skip


@pytest.mark.parametrize("line", [
    'const x = await import("./b.js");', 'export * from "./b.js";', "export let n = 1;",
    'import gcoord from "gcoord";', "console.log(import.meta.url);", "import './b.js';",
    'import { b } from "./main.js";',
])  # fmt: skip
def test_a_form_that_is_not_known_is_refused(tmp_path: Path, line: str) -> None:
    written(tmp_path, {"main.js": f"{line}\n", "b.js": "export const b = 1;\n"})
    with pytest.raises(UnknownForm, match=r"main\.js"):
        bundle(tmp_path, "main.js")
