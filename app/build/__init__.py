"""From a pack to the files that are built from it, and whether both agree."""
