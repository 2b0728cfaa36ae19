"""Killed at any moment: after the next start everything is there, once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

RESEARCH_RECORDS = 422
COMMAND = [sys.executable, "-c", "from kb.app import main; main()"]


def _kb(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*COMMAND, *arguments], env=_environment(data_dir), capture_output=True, text=True, check=False
    )


def _killed(data_dir: Path, *arguments: str, after: float) -> None:
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env=_environment(data_dir),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _environment(data_dir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    return {**kept, "KB_DATA_DIR": str(data_dir)}


def _published(data_dir: Path) -> int:
    with closing(sqlite3.connect(data_dir / "kb.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT count(*) FROM published").fetchone()[0]


@pytest.mark.parametrize("after", [0.8, 1.5, 2.5, 4.0])
def test_a_seed_killed_at_any_moment_loads_everything_once_the_next_time(tmp_path, after):
    _killed(tmp_path, "seed", after=after)
    if (tmp_path / "kb.sqlite").exists() and _has_tables(tmp_path):
        assert _published(tmp_path) in (0, RESEARCH_RECORDS)
    done = _kb(tmp_path, "seed")
    assert done.returncode == 0, done.stderr
    assert _published(tmp_path) == RESEARCH_RECORDS


def test_a_rebuild_killed_at_any_moment_leaves_an_index_that_answers(tmp_path):
    assert _kb(tmp_path, "seed").returncode == 0
    assert _kb(tmp_path, "index", "rebuild").returncode == 0
    for after in (0.6, 1.0, 1.4, 1.8):
        _killed(tmp_path, "index", "rebuild", after=after)
        checked = _kb(tmp_path, "index", "check")
        assert checked.returncode == 0, checked.stdout
    found = _kb(tmp_path, "search", "zij-instroom", "--json")
    assert '"totaal": 0' not in found.stdout


def _has_tables(data_dir: Path) -> bool:
    with closing(sqlite3.connect(data_dir / "kb.sqlite")) as connection:
        row = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'published'").fetchone()
    return bool(row[0])
