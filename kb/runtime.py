"""What lives as long as the process: the database, the index in memory, the vocabularies and the clock."""

import gc
import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from flask import current_app

from kb.domain.problems import Unreachable
from kb.domain.search import Search
from kb.domain.terms import Vocabulary
from kb.language.texts import gettext as _
from kb.paths import asset_dir
from kb.search.catalogue import Catalogue
from kb.search.similar import Lookalikes
from kb.services import indexing, missed, noticing
from kb.services.importing.stepping import refuse_dead
from kb.services.index_keeping import IndexKeeper
from kb.services.mailing import Folder, Post, Server
from kb.services.office import Keys, Office
from kb.services.seeding import EXAMPLE
from kb.services.work import Clock, Work, utc_now
from kb.settings import Settings, SettingsError
from kb.storage.changes import newest_sequence
from kb.storage.database import DatabaseError, Engine, Session, is_sqlite, open_database, session
from kb.storage.kept import identity, kept
from kb.storage.migrating import migrate, newest_version, schema_version
from kb.storage.search_rows import SearchRows
from kb.storage.vocabulary import load_vocabulary, vocabulary_version

if TYPE_CHECKING:
    from kb.services.provider import Provider

log = logging.getLogger(__name__)

EXTENSION = "kb"
# Where the organisation's own log-in sends people back to; an administrator registers it there.
RETURN_PATH = "/inloggen/organisatie/terug"
# A process that takes longer over one step of an import is ended.
IMPORT_S = 180


def running() -> "Runtime":
    """The runtime of the application that answers this request."""
    runtime: Runtime = current_app.extensions[EXTENSION]
    return runtime


class Runtime:
    """Opens pieces of work. Make it in the process that uses it, after a fork."""

    def __init__(
        self, settings: Settings, *, clock: Clock = utc_now, environment: Mapping[str, str] | None = None
    ) -> None:
        self.settings = settings
        # What a process that is started from here finds around it, besides these settings.
        self.environment = dict(environment or {})
        self.clock = clock
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = open_database(settings.database_url)
        self.office = Office(settings.name, settings.base_url, Keys(settings.signing_key()))
        self.post = _post(settings)
        self.provider = _provider(settings)
        self._lock = Lock()
        self._vocabulary = Vocabulary(())
        self._vocabulary_version: str | None = None
        self._catalogue: Catalogue | None = None
        self._lookalikes = Lookalikes()
        self._searches = False
        self.shows_example = False
        self._was_mended = False
        self._loaded: Catalogue | None = None
        self._loading = Lock()
        self._keeper = IndexKeeper(self.work)

    @property
    def index_dir(self) -> Path:
        return self.settings.data_dir / "index"

    def prepare(self) -> bool:
        """Brings the tables up to date and gives the database its name; True when there was work to do.

        Raises Unreachable when there is no database that answers."""
        try:
            before = schema_version(self.engine)
        except DatabaseError as error:
            raise Unreachable("database", str(error.orig)) from error
        if before == newest_version():
            return False
        migrate(self.engine)
        with session(self.engine, writing=True) as opened:
            identity(opened)
            opened.commit()
        return True

    @contextmanager
    def work(self, *, writing: bool = False, origin: str = "opdrachtregel") -> Iterator[Work]:
        """One transaction. A writing one is committed when the block ends well; then the index follows."""
        with session(self.engine, writing=writing) as opened:
            vocabulary = self._current_vocabulary(opened)
            catalogue = self._current_catalogue(opened, vocabulary)
            work = Work(opened, vocabulary, catalogue, self.office, self.clock, origin, self._lookalikes)
            self.shows_example = kept(opened, EXAMPLE) is not None
            if self._searches and catalogue is not self._loaded:
                self._load(work)
            yield work
            if writing:
                changed = self._searches and newest_sequence(opened) > catalogue.sequence
                opened.commit()
                if changed:
                    self._keeper.notice()
        if self._searches and catalogue.has_unwritten:
            self._keeper.notice()

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabularies as the last piece of work saw them."""
        return self._vocabulary

    def open_index(self) -> bool:
        """Reads what is public into memory; False when the index had to be rebuilt first."""
        self._searches = True
        with self.work():
            return not self._was_mended

    def note_missed(self, asked: Search) -> None:
        """Counts words that found nothing; the reader hears nothing of it when that fails."""
        try:
            with self.work(writing=True, origin="web") as work:
                missed.note_missed(work, asked)
        except DatabaseError as error:
            log.warning("words that found nothing were not counted: %s", error.orig)

    def warm(self) -> None:
        """Makes what the first readers would otherwise wait for."""
        with self.work() as work:
            noticing.prepare(work)
        # All that was read stays as long as the process. Looking through it again and again for what nobody
        # uses any more takes 300 ms each time at 10,000 initiatives, in the middle of somebody's page.
        gc.collect()
        gc.freeze()

    def answers(self) -> bool:
        """Whether the database can be read now."""
        try:
            with self.work() as work:
                newest_sequence(work.session)
        except DatabaseError:
            return False
        return True

    def _load(self, work: Work) -> None:
        """A catalogue of other vocabularies than before must be read anew."""
        with self._loading:
            if work.catalogue is not self._loaded:
                self._was_mended = not indexing.load(work)
                self._loaded = work.catalogue

    def start_import(self, key: str, *, straight_on: bool = False) -> None:
        """Lets a process of its own take the next step of an import, with somebody who waits for it."""
        words = (key, "--straight-on") if straight_on else (key,)
        Thread(target=self._watch_import, args=words, name=f"import {key[:6]}", daemon=True).start()

    def _watch_import(self, key: str, *options: str) -> None:
        program = "from kb.app import main; main()"
        command = [sys.executable, "-c", program, "import-step", key, *options]
        environment = {**self.environment, **self.settings.as_environment()}
        quiet = subprocess.DEVNULL
        # The key was made here and the program is this one.
        child = subprocess.Popen(command, env=environment, stdin=quiet, stdout=quiet)  # noqa: S603
        try:
            ended_well = child.wait(timeout=IMPORT_S) == 0
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            ended_well = False
        if not ended_well:
            refuse_dead(self.work, key)

    def close(self) -> None:
        self._keeper.stop()
        self.engine.dispose()

    def _current_vocabulary(self, opened: Session) -> Vocabulary:
        version = vocabulary_version(opened)
        if version != self._vocabulary_version:
            with self._lock:
                self._vocabulary = load_vocabulary(opened)
                self._vocabulary_version = version
                self._catalogue = None  # labels and synonyms are in the index
        return self._vocabulary

    def _current_catalogue(self, opened: Session, vocabulary: Vocabulary) -> Catalogue:
        with self._lock:
            if self._catalogue is None:
                self._catalogue = Catalogue(
                    self.index_dir,
                    language_dir=asset_dir("seed_data") / "language",
                    vocabulary=vocabulary,
                    database_id=identity(opened),
                    rows=None if is_sqlite(opened) else SearchRows(self.engine),
                    edition=f"{indexing.EDITION} {self._vocabulary_version} {self.clock().year}",
                )
            return self._catalogue


def _post(settings: Settings) -> Post:
    """Where mail goes: to a server, or while trying out into a folder."""
    if not settings.mail_host:
        return Folder(settings.data_dir / "mail", settings.mail_from)
    return Server(
        settings.mail_host,
        settings.mail_port,
        settings.mail_from,
        user=settings.mail_user,
        password=settings.mail_password,
        tls=settings.mail_tls.value,
        ca_file=settings.mail_ca_file,
    )


def _provider(settings: Settings) -> "Provider | None":
    """The organisation's own log-in; nothing where none is set."""
    if not settings.oidc_issuer:
        return None
    try:
        from kb.services.provider import Provider  # noqa: PLC0415 - an extra, for who uses it
    except ImportError as error:
        missing = _("KB_OIDC_ISSUER: first do: pip install initiatievenbank-techniek[oidc]")
        raise SettingsError((missing,)) from error
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.base_url + RETURN_PATH,
    )
