"""Numbers in addresses: no more than a column of either database can hold; beyond that there is no page."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class NumberConverter(IntegerConverter):
    """What `<int:...>` means here."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002 - as the library calls it
        super().__init__(map, *args, **{"max": LARGEST, **options})


def prepare(app: Flask) -> None:
    """Call it before any address is hung onto the application."""
    app.url_map.converters["int"] = NumberConverter
