"""The Content-Security-Policy of a page: inline scripts and styles by their hash, everything else
from this service.

Never 'unsafe-inline' nor 'unsafe-eval': whatever slips into a page from data or an address is
text, and does not run.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

ANYONE = "*"
"""As the setting `frame_ancestors`: everybody may frame the map."""

INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.S | re.I)
DATA_BLOCK = re.compile(r"""type=["']?application/(?:ld\+)?json""")
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
HEAD = re.compile(r"<head>\s*(?:<meta charset=[^>]*>)?", re.I)

NOTHING = "default-src 'none'"
"""For an answer that is no page: a picture or a document that loads and runs nothing."""


def page_policy(
    page: str = "",
    *,
    images: Iterable[str] = (),
    scripts: Iterable[str] = (),
    more: Mapping[str, str] | None = None,
) -> str:
    """The policy of a page of ours; `images`: hosts of pictures, `scripts`: addresses of others'
    scripts, `more`: further directives.

    Tile services answer with pictures, from the hosts an operator offers and no others.
    """
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *hashes(page, "script"), *scripts]),
        "style-src": " ".join(["'self'", *hashes(page, "style")]),
        "img-src": " ".join(["'self'", "data:", *images]),
        "connect-src": "'self'",
        "font-src": "'self'",
        "base-uri": "'self'",
        "form-action": "'self'",
        **(more or {}),
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def lone_policy(page: str) -> str:
    """The policy of a page that carries everything it needs: nothing is fetched from anywhere."""
    return "; ".join([
        NOTHING,
        " ".join(["script-src", *hashes(page, "script")]),
        " ".join(["style-src", *hashes(page, "style")]),
        "img-src data:", "base-uri 'none'", "form-action 'none'",
    ])  # fmt: skip


def framed(policy: str, ancestors: str) -> str:
    """The policy with who may show the page in a frame.

    `*` would shut out pages opened from a file and app shells, which have no network scheme: where
    anyone may frame it, nothing is said.
    """
    return policy if ancestors.strip() == ANYONE else f"{policy}; frame-ancestors {ancestors}"


def hashes(page: str, element: str) -> list[str]:
    """The hash of every script or style that stands in the page itself."""
    found = {
        f"'sha256-{digest(text)}'"
        for name, attributes, text in INLINE.findall(page)
        if name.lower() == element
        and " src=" not in attributes
        and not DATA_BLOCK.search(attributes)
    }
    return sorted(found)


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def with_policy(page: str, policy: str) -> str:
    """The page with its policy inside, before anything that the policy judges."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return HEAD.sub(lambda found: f"{found.group()}\n{meta}", page, count=1)


def policy_in(page: bytes) -> str:
    """The policy that stands in a page."""
    meta = META.search(page[:20_000].decode("utf-8", "replace"))
    return meta[1] if meta else NOTHING
