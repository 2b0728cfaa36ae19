"""`kb doctor`: looks at settings, files, database and index, and says what to do."""

import hashlib
import sys
import tomllib
from pathlib import Path

import click

from kb.cli.running import running
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.paths import asset_dir
from kb.services import health
from kb.settings import Settings


@click.command()
def doctor() -> None:
    """Check the settings, the files of the program, the database and the index."""
    with running() as runtime, runtime.work() as work:
        findings = (
            health.found(mark("Settings"), lambda: _settings(runtime.settings)),
            health.found(mark("Files of the program"), _assets),
            *health.examine(work, runtime.settings.data_dir),
        )
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'NOT '} {_(finding.subject)}: {finding.text}")
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)


def _settings(settings: Settings) -> tuple[bool, str]:
    """Wrong ones have stopped the command by now; this says what they add up to."""
    place = f"{settings.environment}, {settings.base_url}"
    if settings.contact:
        return True, place
    text = _("%(place)s; set KB_CONTACT, so that readers can tell you what is wrong", place=place)
    return not settings.is_production, text


def _assets() -> tuple[bool, str]:
    """Whether everything that comes with the program is there, and what others made is unchanged."""
    for name in ("templates", "seed_data"):
        asset_dir(name)
    static = asset_dir("static")
    listed = tomllib.loads((static / "VENDORED.toml").read_text(encoding="utf-8"))["file"]
    damaged = [entry["path"] for entry in listed if _sum_of(static / entry["path"]) != entry["sha256"]]
    if damaged:
        return False, _("damaged or missing: %(files)s; install the program again", files=", ".join(damaged))
    return True, _("complete")


def _sum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
