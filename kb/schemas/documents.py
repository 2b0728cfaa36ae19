"""Text files become plain values: YAML and CSV without tricks, and quickly."""

import csv
import re
from pathlib import Path

import yaml

from kb.domain.problems import Problem

try:
    # In C it goes ten times as fast; a few systems do not have it.
    from yaml import CSafeDumper as SafeDumper
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # pragma: no cover
    from yaml import SafeDumper, SafeLoader  # type: ignore[assignment]

# Longer lines are folded between words.
LINE_WIDTH = 110

PLAIN_TYPES = {
    "tag:yaml.org,2002:bool": re.compile(r"^(?:true|false)$"),
    "tag:yaml.org,2002:int": re.compile(r"^-?(?:0|[1-9][0-9]*)$"),
    "tag:yaml.org,2002:float": re.compile(r"^-?(?:[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?|\.inf|\.nan)$"),
    "tag:yaml.org,2002:null": re.compile(r"^(?:~|null|)$"),
}


class Unreadable(Problem):
    """The file is not the kind of text it should be; `line` counts from 1 where it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class PlainLoader(SafeLoader):
    """YAML in which only true, false, numbers and nothing mean something: 12:30 and 2025-01-02 stay words."""


PlainLoader.yaml_implicit_resolvers = {}
for tag, pattern in PLAIN_TYPES.items():
    PlainLoader.add_implicit_resolver(tag, pattern, None)


class PlainDumper(SafeDumper):
    """What it writes means the same to PlainLoader and to other readers of YAML."""


for tag, pattern in PLAIN_TYPES.items():
    PlainDumper.add_implicit_resolver(tag, pattern, None)


def write_yaml(document: object) -> str:
    """The document as text that `parse_yaml` reads back; keys stay in their order."""
    return yaml.dump(document, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)


def read_yaml(path: Path) -> object:
    """The one document in the file; raises Unreadable."""
    return parse_yaml(read_text(path))


def parse_yaml(text: str) -> object:
    try:
        _refuse_references(text)
        # A subclass of SafeLoader: it makes plain values and nothing else.
        return yaml.load(text, Loader=PlainLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise Unreadable(str(reason), mark.line + 1 if mark else None) from None
    except RecursionError:
        raise Unreadable("nested too deeply") from None


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 at byte {error.start}") from None


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows under their headings; what stands beyond the last heading is left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, restval="")
        return [{key: value for key, value in row.items() if key} for row in rows]


def _refuse_references(text: str) -> None:
    """A few lines of aliases to aliases can stand for gigabytes."""
    if "*" not in text:
        return
    for event in yaml.parse(text, Loader=PlainLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else None
            raise Unreadable("an alias (*name) may not be used", line)
