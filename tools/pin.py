"""pip-compile, taking the hashes that the registry states instead of fetching every file.

Of a package like numpy there are sixty files, one a platform; to hash them all takes minutes.
"""

from pip._internal.models.link import Link
from piptools.repositories import PyPIRepository
from piptools.scripts.compile import cli

fetched_hash = PyPIRepository._get_file_hash


def stated_hash(self: PyPIRepository, link: Link) -> str:
    stated = link._hashes.get("sha256")
    return f"sha256:{stated}" if stated else str(fetched_hash(self, link))


PyPIRepository._get_file_hash = stated_hash
cli()
