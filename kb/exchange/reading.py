"""Any file that people send becomes plain values, or is refused with a sentence that helps."""

from collections.abc import Callable

from kb.exchange.documents_in import read_json_file, read_yaml_file
from kb.exchange.incoming import Incoming, Unusable
from kb.exchange.recognising import FileKind, kind_of
from kb.exchange.text_in import read_csv
from kb.exchange.workbook_in import read_workbook
from kb.language.texts import mark as _

READERS: dict[FileKind, Callable[[bytes], Incoming]] = {
    FileKind.WORKBOOK: read_workbook,
    FileKind.CSV: read_csv,
    FileKind.JSON: read_json_file,
    FileKind.YAML: read_yaml_file,
}


def read_file(name: str, data: bytes) -> Incoming:
    """Raises Unusable. Read files of strangers in a process with limits of its own."""
    incoming = READERS[kind_of(name, data)](data)
    if not incoming.documents and not any(row for sheet in incoming.sheets for row in sheet.rows):
        raise Unusable(_("There is nothing in the file."))
    return incoming
