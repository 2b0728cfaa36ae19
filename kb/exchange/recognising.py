"""What kind of file this is, by what is in it: its name may say anything."""

import re
from enum import Enum

from kb.exchange.incoming import Unusable
from kb.exchange.limits import UPLOAD_BYTES
from kb.language.texts import mark as _

SAVE_AS = _(
    "This is %(what)s. Open it, choose “Save as” and then “Excel workbook (.xlsx)”, and send that file."
)
# The first bytes of files that people take for a spreadsheet.
OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", _("a PDF, not a spreadsheet")),
    (b"\xd0\xcf\x11\xe0", _("an old Excel file, or one with a password")),
    (b"{\\rtf", _("a text document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"\x1f\x8b", _("a packed file")),
    (b"Rar!", _("a packed file")),
    (b"7z\xbc\xaf", _("a packed file")),
)
WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
YAML_START = re.compile(r"(?:\s|#[^\n]*\n|---)*-\s+\w+:")


class FileKind(Enum):
    WORKBOOK = "xlsx"
    CSV = "csv"
    JSON = "json"
    YAML = "yaml"


def kind_of(name: str, data: bytes) -> FileKind:
    """Raises Unusable for an empty or too large file, and for one of another kind."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unusable(_("The file is empty."))
    if len(data) > UPLOAD_BYTES:
        raise Unusable(_("The file is too large: at most %(megabytes)s MB."), megabytes=UPLOAD_BYTES >> 20)
    for start, what in OTHERS:
        if data.startswith(start):
            raise Unusable(SAVE_AS, what=what)
    if data.startswith(b"PK"):
        return FileKind.WORKBOOK
    if WEB_PAGE.match(data):
        raise Unusable(SAVE_AS, what=_("a web page, not a spreadsheet"))
    return _text_kind(name.lower(), data)


def _text_kind(name: str, data: bytes) -> FileKind:
    start = data[:2_000].decode("utf-8-sig", "replace")
    if name.endswith(".json") or start.lstrip()[:1] in ("[", "{"):
        return FileKind.JSON
    if name.endswith((".yaml", ".yml")) or YAML_START.match(start):
        return FileKind.YAML
    return FileKind.CSV
