"""All public data as files in a folder: every format, the tables, the catalogue, and a hash of each file."""

from collections.abc import Iterable
from pathlib import Path

from kb.domain.search import Search, Sort
from kb.exchange import dcat, skos
from kb.exchange.approaches_out import approaches_yaml
from kb.exchange.atom import MOST
from kb.exchange.datapackage import PACKAGE, datapackage_text
from kb.exchange.datasets import About
from kb.exchange.edition import Edition, encoded
from kb.exchange.formats import KINDS, Format, write
from kb.exchange.manifest import Manifest
from kb.exchange.rdf import MEDIA_TYPES, Graph, Notation, written
from kb.exchange.tables_out import file_name, table_text
from kb.exchange.terms_out import terms_csv
from kb.runtime import Runtime
from kb.schemas.columns import INITIATIVES, tables
from kb.services import exporting, harvesting, places
from kb.services.exporting import Outgoing
from kb.services.work import Work


def write_data(runtime: Runtime, folder: Path) -> int:
    """All public data, and how many initiatives that are.

    Files of one moment fit each other, so all but the feed come out of one transaction.
    """
    manifest = Manifest(runtime.settings.name, runtime.clock(), runtime.settings.base_url)
    with exporting.export(runtime.work) as everything:
        manifest.records = everything.total
        for wanted in Format:
            if wanted is not Format.ATOM:
                _write_format(runtime, folder, wanted, everything, manifest)
        _write_tables(runtime, folder, everything, manifest)
        _write_lists(everything.work, folder, manifest)
        _write_catalogue(runtime, everything.work, folder, manifest)
    with exporting.export(runtime.work, Search(sort=Sort.NEWEST), most=MOST) as newest:
        _write_format(runtime, folder, Format.ATOM, newest, manifest)
    manifest.write(folder)
    return manifest.records


def _write_format(
    runtime: Runtime, folder: Path, wanted: Format, outgoing: Outgoing, manifest: Manifest
) -> None:
    name = "feed.atom" if wanted is Format.ATOM else f"initiatieven.{wanted}"
    _fill(folder / name, write(wanted, outgoing, _edition(runtime, outgoing.work, name)))
    manifest.note(folder, name, KINDS[wanted].media_type)


def _write_tables(runtime: Runtime, folder: Path, everything: Outgoing, manifest: Manifest) -> None:
    """A table for each list, and what stands in their columns; that of the initiatives is their CSV."""
    for table in tables():
        name = file_name(table)
        if table.key != INITIATIVES:
            edition = _edition(runtime, everything.work, name)
            _fill(folder / name, encoded(table_text(table, everything, edition), edition.language))
            manifest.note(folder, name, KINDS[Format.CSV].media_type)
    (folder / PACKAGE).write_text(
        datapackage_text(_edition(runtime, everything.work, PACKAGE)), encoding="utf-8"
    )
    manifest.note(folder, PACKAGE, KINDS[Format.JSON].media_type)


def _write_lists(work: Work, folder: Path, manifest: Manifest) -> None:
    (folder / "aanpakken.yaml").write_bytes(approaches_yaml(one for one, _ in places.approaches(work)))
    manifest.note(folder, "aanpakken.yaml", KINDS[Format.YAML].media_type)
    (folder / "lijsten.csv").write_bytes(terms_csv(work.vocabulary))
    manifest.note(folder, "lijsten.csv", KINDS[Format.CSV].media_type)


def _write_catalogue(runtime: Runtime, work: Work, folder: Path, manifest: Manifest) -> None:
    """What there is by DCAT, and the lists of terms by SKOS, in each notation."""
    lifetime = harvesting.lifetime(work)
    about = About.of(runtime.settings, issued=lifetime.first, modified=lifetime.last)
    graphs: dict[str, Graph] = {
        "catalogus": dcat.catalogue(about),
        "begrippen": skos.schemes(work.vocabulary, runtime.settings.base_url),
    }
    for name, linked in graphs.items():
        for notation in Notation:
            (folder / f"{name}.{notation}").write_bytes(written(linked, notation))
            manifest.note(folder, f"{name}.{notation}", MEDIA_TYPES[notation])


def _fill(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def _edition(runtime: Runtime, work: Work, name: str) -> Edition:
    site = runtime.settings.base_url
    return Edition(
        vocabulary=work.vocabulary,
        now=work.now,
        site_name=runtime.settings.name,
        site_url=site,
        address=f"{site}/{name}",
        page=f"{site}/zoeken",
        title=runtime.settings.name,
        approaches=exporting.approach_names(work),
    )
