"""Turn the research files into the seed, and tell what mapped and what did not.

Nothing is invented: a word that fits no term stays a free word, an unknown stays unknown.
"""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kb.domain.terms import Vocabulary  # noqa: E402
from kb.schemas.content import read_content, write_content  # noqa: E402
from kb.schemas.vocabulary import read_vocabularies  # noqa: E402
from tools.converting.records import Converter  # noqa: E402
from tools.converting.rules import FILES, read, read_rules  # noqa: E402

SEED = ROOT / "seed_data" / "initiatives"
REPORT = ROOT / "docs" / "seed-report.md"


def main() -> None:
    vocabulary = Vocabulary(read_vocabularies(ROOT / "seed_data" / "vocabularies"))
    converter = Converter(vocabulary, read_rules())
    SEED.mkdir(exist_ok=True)
    for name in FILES:
        documents = [_document(converter, record, vocabulary) for record in read(name)]
        _write(SEED / f"{name}.yaml", documents)
    converter.report.too_wide = converter.places.too_wide
    REPORT.write_text(converter.report.as_markdown(), encoding="utf-8")
    print(converter.report.as_markdown())


def _document(converter: Converter, record: dict, vocabulary: Vocabulary) -> dict:
    content = converter.content_of(record)
    document = write_content(content)
    if read_content(document, vocabulary) != content:
        raise SystemExit(f"{record['slug']}: does not read back as it was written")
    return {"slug": record["slug"], "bronsleutel": f"onderzoek-2026:{record['slug']}", **document}


def _write(path: Path, documents: list[dict]) -> None:
    text = yaml.safe_dump(documents, allow_unicode=True, sort_keys=False, width=110)
    head = "# Made by tools/convert_research.py; change that, not this file."
    path.write_text(f"{head}\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
