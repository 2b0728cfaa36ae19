"""What search engines read in a page: the same facts by schema.org, as JSON-LD."""

from typing import Any

from kb.exchange.datasets import DATASETS, About, Dataset
from kb.exchange.edition import LICENCE, Edition
from kb.exchange.linked_data import project_of
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running
from kb.services import exporting
from kb.services.reading import InitiativePage
from kb.services.work import Work

CONTEXT = "https://schema.org"
Document = dict[str, Any]


def catalogue_data(about: About) -> Document:
    """The catalogue with its datasets, each with the files it is there in."""
    return {
        "@context": CONTEXT,
        "@type": "DataCatalog",
        "@id": about.address("/open-data#catalogus"),
        "name": _("Open data of %(name)s", name=about.site_name),
        "url": about.address("/open-data"),
        "inLanguage": language(),
        "license": LICENCE,
        "dateModified": about.modified.date().isoformat(),
        "publisher": {"@type": "Organization", "name": about.publisher},
        "dataset": [_dataset(about, each) for each in DATASETS],
    }


def project_data(work: Work, page: InitiativePage) -> Document:
    """The initiative as a project, with this page about it."""
    record = exporting.records_of(work, [page.id])[page.id]
    settings = running().settings
    edition = Edition(work.vocabulary, work.now, settings.name, settings.base_url, language())
    return {"@context": CONTEXT, **project_of(record, edition)}


def _dataset(about: About, dataset: Dataset) -> Document:
    return {
        "@type": "Dataset",
        "@id": about.address(f"/open-data#{dataset.name}"),
        "name": _(dataset.title),
        "description": _(dataset.description),
        "url": about.address(dataset.page),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "keywords": [_(word) for word in dataset.keywords],
        "dateModified": about.modified.date().isoformat(),
        "spatialCoverage": {"@type": "Country", "name": "Nederland"},
        "creator": {"@type": "Organization", "name": about.publisher},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": file.media_type,
                "contentUrl": about.address(file.path),
            }
            for file in dataset.files
        ],
    }
