"""PostgreSQL databases of their own, for tests that may not share one."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text


@contextmanager
def another_database(beside: str) -> Iterator[str]:
    """The address of an empty database on the same server, thrown away at the end."""
    name = f"kb_test_{secrets.token_hex(6)}"
    _administer(beside, f"CREATE DATABASE {name}")
    try:
        yield make_url(beside).set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(beside, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(url: str, command: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(command))
    engine.dispose()
