"""Write geodata/plan_fingerprint.txt: python tools/plan_fingerprint.py PLAN.txt"""

import sys
from pathlib import Path

from app.rules.wording.fingerprint import winnowed, write_fingerprint
from app.settings import ROOT


def main() -> None:
    """The file given on the command line, as UTF-8."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    known = winnowed(Path(sys.argv[1]).read_text(encoding="utf-8"))
    target = ROOT / "geodata" / "plan_fingerprint.txt"
    target.write_text(write_fingerprint(known), encoding="ascii")
    sys.stdout.write(f"{len(known)} fingerprints in {target.name}\n")


if __name__ == "__main__":
    main()
