"""Moving everything to another database, as when one machine becomes several."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kb.domain.problems import Problem, Unreachable
from kb.storage.copying import Copied, DiffersError, NotEmptyError, copy_database
from kb.storage.database import DatabaseError, Engine, open_database

__all__ = ["Arrived", "Copied", "NotMoved", "move"]

Progress = Callable[[Copied], None]


class NotMoved(Problem):
    """Nothing was changed in the new database; `table` shows where, `was_empty` how it began."""

    def __init__(self, table: str, *, was_empty: bool) -> None:
        super().__init__(f"not moved: {table}")
        self.table = table
        self.was_empty = was_empty


@dataclass(frozen=True, slots=True)
class Arrived:
    """What arrived, table by table; counts and hashes agreed."""

    tables: tuple[Copied, ...]

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)


def move(source: Engine, url: str, *, progress: Progress) -> Arrived:
    """Copies all tables to an empty database and compares both sides. The old one stays as it is."""
    with _opened(url) as target:
        tables = []
        for copied in copy_database(source, target):
            progress(copied)
            tables.append(copied)
    return Arrived(tuple(tables))


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    target = open_database(url)
    try:
        yield target
    except NotEmptyError as error:
        raise NotMoved(error.table, was_empty=False) from error
    except DiffersError as error:
        raise NotMoved(error.table, was_empty=True) from error
    except DatabaseError as error:
        raise Unreachable("database", str(error.orig)) from error
    finally:
        target.dispose()
