"""Gathers the texts in code and templates for the Dutch catalogue, and tells what is missing there.

    python tools/texts.py gather    new texts come in empty, texts no longer used are set aside (#~)
    python tools/texts.py forget    as gather, and throws away what was set aside
    python tools/texts.py fill      takes in YAML from standard input: English: Dutch, or [one, many]
    python tools/texts.py check     exit code 1 and one line for each text that needs work

No dates or places in the code are written and the order is that of the alphabet, so that two people
who add texts seldom touch the same lines.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parent.parent
DUTCH = ROOT / "kb/language/locale/nl/LC_MESSAGES/messages.po"
SOURCES = {"kb/**/*.py": extract_python, "templates/**/*": babel_extract}
# The domain knows no languages: its errors carry the text to be, in these places.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "mark": None,
    "ngettext": (1, 2),
    "FieldError": (2,),
    "Denied": None,
    "refusal": None,
}
# A template that does not parse must not pass for one without texts.
OPTIONS = {"silent": "false", "extensions": "jinja2.ext.do"}
HEADER = r"""# Dutch texts of the Initiatievenbank Techniek. `make texts` adds new ones; fill them in here.
msgid ""
msgstr ""
"Project-Id-Version: initiatievenbank-techniek\n"
"Language: nl\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
PLACE = re.compile(r"%\((\w+)\)[a-z]")


def gathered() -> Catalog:
    """Every text in code and templates, without translation."""
    found = Catalog(locale="nl")
    for pattern, method in SOURCES.items():
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                _gather_file(found, method, path)
    return found


def _gather_file(found: Catalog, method: object, path: Path) -> None:
    try:
        for _line, msgid, *_rest in extract_from_file(method, path, KEYWORDS, options=OPTIONS):
            found.add(msgid)
    except Exception as error:
        error.add_note(f"while gathering texts from {path}")
        raise


def known() -> Catalog:
    with DUTCH.open("rb") as file:
        return read_po(file, locale="nl")


def merge(wanted: Catalog, have: Catalog, *, forget: bool) -> Catalog:
    """The wanted texts with the translations that we have; the others set aside or forgotten."""
    merged = Catalog(locale="nl")
    kept = {_first(m.id): m for m in [*have.obsolete.values(), *_texts(have)]}
    for text in _texts(wanted):
        old = kept.pop(_first(text.id), None)
        fits = old is not None and isinstance(old.id, str) == isinstance(text.id, str)
        merged.add(text.id, old.string if old is not None and fits else None, flags=_flags(old))
    if not forget:
        merged.obsolete.update({key: message for key, message in kept.items() if any(_forms(message.string))})
    return merged


def filled(catalog: Catalog, dutch: dict[str, str | list[str]]) -> Catalog:
    """The catalogue with these translations; a text that it does not have is named and left out."""
    for english, text in dutch.items():
        message = catalog.get(english)
        if message is None:
            print(f"no such text: {english}")
            continue
        message.string = tuple(text) if isinstance(text, list) else text
        message.flags.discard("fuzzy")
    return catalog


def complaints(wanted: Catalog, have: Catalog) -> Iterator[str]:
    """One line for each text that needs work."""
    dutch = {_first(m.id): m for m in _texts(have)}
    for text in _texts(wanted):
        found = dutch.pop(_first(text.id), None)
        if (
            found is None
            or not all(_forms(found.string))
            or len(_forms(found.string)) != len(_forms(text.id))
        ):
            yield f"missing: {_first(text.id)}"
        elif found.fuzzy:
            yield f"fuzzy: {_first(text.id)}"
        elif not _same_places(text, found):
            yield f"other %(names)s than in the English: {_first(text.id)}"
    for left in [*dutch, *(_first(m.id) for m in have.obsolete.values())]:
        yield f"no longer used (python tools/texts.py forget): {left}"


def _same_places(text: Message, found: Message) -> bool:
    for english, dutch in zip(_forms(text.id), _forms(found.string), strict=True):
        # One of something may be called "one", or nothing at all.
        spare = {"n"} if isinstance(text.id, tuple) else set()
        if _places(english) - spare != _places(dutch) - spare:
            return False
    return True


def _places(text: str) -> set[str]:
    return set(PLACE.findall(text))


def _texts(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _flags(message: Message | None) -> set[str]:
    return {"fuzzy"} if message is not None and message.fuzzy else set()


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return _forms(text)[0]


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    if text is None:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def write(catalog: Catalog) -> None:
    body = BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    DUTCH.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def main(deed: str = "check") -> int:
    if deed in ("gather", "forget"):
        write(merge(gathered(), known(), forget=deed == "forget"))
        return 0
    if deed == "fill":
        write(filled(merge(gathered(), known(), forget=False), yaml.safe_load(sys.stdin)))
        return 0
    if deed != "check":
        print(__doc__)
        return 2
    wanted = gathered()
    found = list(complaints(wanted, known()))
    for line in found:
        print(line)
    print(f"{len(_texts(wanted))} texts, {len(found)} need work in {DUTCH.relative_to(ROOT)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
