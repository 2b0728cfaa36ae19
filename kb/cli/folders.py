"""A folder that is made anew as a whole: others see the old one or the new one, never half of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.cli.running import stop
from kb.language.texts import gettext as _

# Says that a folder was made here, so that it may be replaced.
MARK = ".initiatievenbank"


@contextmanager
def made_anew(target: Path) -> Iterator[Path]:
    """A new folder to fill; it takes the place of the target when the block ends well.

    Never replaces a folder with something else in it: a slip in the name would throw away somebody's work.
    """
    target = target.resolve()
    if target.exists() and not target.is_dir():
        stop(_("%(folder)s is a file, not a folder.", folder=target))
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).exists():
        stop(_("%(folder)s holds other files. Name an empty or a new folder.", folder=target))
    fresh, old = target.with_name(f".{target.name}.nieuw"), target.with_name(f".{target.name}.oud")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    fresh.mkdir(parents=True)
    (fresh / MARK).touch()
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
