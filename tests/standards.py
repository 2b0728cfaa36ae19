"""The official rule files, which are not ours to copy: looked for beside the checkout."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLACES = (ROOT.parent / "shared" / "standards", ROOT.parent.parent / "shared" / "standards")


def official(name: str) -> Path:
    """One of the files; skips the test, and says so, where they are absent."""
    for place in PLACES:
        if (place / name).exists():
            return place / name
    return pytest.skip(f"{name} is absent: put the official rule files in {PLACES[0]}")
