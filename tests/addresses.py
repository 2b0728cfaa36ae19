"""Every address of the portal, filled in so that it can be asked for."""

from flask import Flask
from werkzeug.routing import Rule

# About something that does not exist, by the kind of the part of the address.
VALUES = {"number": 999_999, "unicode": "nergens", "path": "nergens"}


def addresses(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with every method that a person can use."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def filled_in(app: Flask, rule: Rule, **known: object) -> str:
    """An address of this rule, about what is known and else about something that does not exist."""
    values = dict(known)
    for name, converter in rule._converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        values.setdefault(name, min(converter.items) if kind == "any" else VALUES[kind])
    wanted = {name: value for name, value in values.items() if name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, wanted)
