"""What files are made by, as a digest: it changes when what is made might."""

import hashlib
from pathlib import Path

import app

CODE = Path(app.__file__).parent


def code_digest(static: Path) -> str:
    """Of our code, and of the front end, which an offline page is made of."""
    files = [*CODE.rglob("*.py"), *CODE.rglob("*.html"), *static.rglob("*")]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.name.encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()
