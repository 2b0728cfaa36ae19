"""Every text that people read exists in Dutch."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_dutch_catalogue_is_complete():
    checked = subprocess.run(
        [sys.executable, "tools/texts.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
