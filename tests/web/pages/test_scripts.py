"""Scripts are sent without comments and are the same programs."""

import json
import subprocess
from pathlib import Path

from fastapi.testclient import TestClient

from app.web.pages.scripts import strip_script

ROOT = Path(__file__).parents[3]
SAME = r"""
import ts from "typescript";
let text = "";
for await (const part of process.stdin) text += part;
const options = { removeComments: true, target: "ESNext", module: "ESNext" };
const lines = (code) => ts.transpile(code, options).split("\n");
const bare = (code) => lines(code).map((line) => line.trim()).filter(Boolean).join("\n");
for (const [name, whole, sent] of JSON.parse(text)) {
    if (bare(whole) !== bare(sent)) console.log(name);
}
"""


def test_every_script_sent_is_the_program_in_its_file(tmp_path: Path) -> None:
    files = sorted((ROOT / "static/js").rglob("*.js"))
    whole = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}
    triples = [[name, text, strip_script(text.encode()).decode()] for name, text in whole.items()]
    triples.append(["broken on purpose", "const a = 1; // one", "const a = 2;"])
    script = ROOT / "node_modules" / f".lean-{tmp_path.name}.mjs"
    script.write_text(SAME, encoding="utf-8")
    try:
        found = subprocess.run(
            ["node", script], input=json.dumps(triples), capture_output=True, text=True, check=True
        )
    finally:
        script.unlink()
    assert len(triples) > 50
    assert found.stdout.split("\n") == ["broken on purpose", ""]


def test_statements_keep_their_lines(client: TestClient) -> None:
    file = ROOT / "static/js/entries/main.js"
    sent = client.get("/static/js/entries/main.js").text
    lines = file.read_text(encoding="utf-8").split("\n")
    assert len(sent.split("\n")) == len(lines)
    (number,) = [n for n, line in enumerate(lines) if line.startswith("async function main")]
    assert sent.split("\n")[number] == lines[number]
    assert not any(line.startswith(" ") for line in sent.split("\n"))
    assert "/**" not in sent
    assert len(sent) < file.stat().st_size


def test_other_people_s_scripts_keep_their_notices(client: TestClient) -> None:
    assert "Leaflet" in client.get("/vendor/leaflet/leaflet.js").text[:400]
