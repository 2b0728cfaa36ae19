"""One of several processes of a portal: publishes, changes, withdraws and searches, and compares every answer
with the database at that moment.

    python -m tests.services.portal_process DATABASE_URL DATA_DIR NUMBER ROUNDS

Prints a JSON line when it can answer, waits for a line on its input, and prints what it saw at the end.
"""

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from kb.domain.search import Facet, Search
from kb.runtime import Runtime
from kb.search.budget import unlimited
from kb.services import drafting, indexing, reviewing, searching
from kb.services.index_keeping import IndexKeeper
from kb.settings import Settings
from kb.storage.changes import newest_sequence
from tests.builders import a_content
from tests.initiatives import AUTHOR, EDITOR

WORDS = ("lassen", "robots", "waterstof", "timmeren", "scheepsbouw", "zonnepanelen")
REGIONS = ("AM05", "GM0153")
CARRYING = """
SELECT DISTINCT p.initiative_id FROM published p WHERE lower(p.title) LIKE :word
"""
IN_REGION = """
SELECT DISTINCT pt.initiative_id FROM published_term pt
JOIN term_closure tc ON tc.descendant_id = pt.term_id JOIN term t ON t.id = tc.ancestor_id
WHERE t.scheme = 'regio' AND t.code = :code
"""


class Portal:
    def __init__(self, runtime: Runtime, number: int) -> None:
        self._runtime = runtime
        self._dice = random.Random(number)
        self._number = number
        self._mine: list[str] = []
        self.searches = 0
        self.wrong: list[str] = []

    def take_turn(self) -> None:
        self._dice.choice((self._publish, self._change, self._withdraw, self._search, self._search))()
        self._search()

    def _content(self):
        words = self._dice.sample(WORDS, 2)
        title = f"{' '.join(words).capitalize()} {self._number}-{self._dice.randrange(10**9)}"
        return a_content(title, regions=(self._dice.choice(REGIONS),))

    def _publish(self) -> None:
        with self._runtime.work(writing=True) as work:
            draft = drafting.create(work, AUTHOR, self._content())
            drafting.submit(work, AUTHOR, draft.slug, based_on=draft.number)
            reviewing.publish(work, EDITOR, draft.slug, based_on=draft.number)
        self._mine.append(draft.slug)

    def _change(self) -> None:
        if not self._mine:
            return self._publish()
        slug = self._dice.choice(self._mine)
        with self._runtime.work(writing=True) as work:
            draft = drafting.look(work, AUTHOR, slug)
            content = replace(self._content(), sources=draft.content.sources)
            draft = drafting.edit(work, AUTHOR, slug, content, based_on=draft.number)
            drafting.submit(work, AUTHOR, slug, based_on=draft.number)
            reviewing.publish(work, EDITOR, slug, based_on=draft.number)
        return None

    def _withdraw(self) -> None:
        if self._mine:
            slug = self._mine.pop(self._dice.randrange(len(self._mine)))
            with self._runtime.work(writing=True) as work:
                reviewing.withdraw(work, EDITOR, slug, reason="Voorbij")

    def _search(self) -> None:
        word = self._dice.choice((*WORDS, ""))
        for _ in range(50):
            if self._compared(word):
                return
        self.wrong.append(f"{word}: the catalogue is never that of one moment of the database")

    def _compared(self, word: str) -> bool:
        """In one transaction, so that the database cannot run ahead of the answer. False when the answer ran
        ahead of this transaction: the thread that writes the index had read a newer moment meanwhile."""
        with self._runtime.work() as work:
            page = searching.search(work, Search(words=f'"{word}"' if word else "", per_page=100))
            found = set(indexing.ids(work, Search(words=f'"{word}"' if word else ""), "nl"))
            right = _ids(work, CARRYING, word=f"%{word}%")
            in_regions = {code: len(right & _ids(work, IN_REGION, code=code)) for code in REGIONS}
            if work.catalogue.sequence > newest_sequence(work.session):
                return False
        counted = {code: page.counts[Facet.REGION].get(code, 0) for code in REGIONS}
        shown = {hit.listed.card.title.lower() for hit in page.hits}
        self.searches += 1
        if page.notices:
            self.wrong.append(f"{word}: {page.notices}")
        if (found, page.total, counted) != (right, len(right), in_regions):
            self.wrong.append(f"{word}: {len(found ^ right)} differ, {page.total} of {len(right)}, {counted}")
        if any(word not in title for title in shown):
            self.wrong.append(f"{word}: shown {shown}")
        return True


def _ids(work, statement: str, **values: str) -> set[int]:
    return set(work.session.scalars(text(statement), values))


def tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    url, folder, number, rounds = sys.argv[1:]
    runtime = Runtime(Settings(data_dir=Path(folder), database_url=url))
    # Written all the time, so that the others meet new indexes and find somebody writing.
    runtime._keeper = IndexKeeper(runtime.work, pause=0.05)
    runtime.open_index()
    with runtime.work() as work:
        # A busy machine must not make an answer partial.
        work.catalogue._budget = unlimited
    portal = Portal(runtime, int(number))
    tell("ready")
    sys.stdin.readline()
    for _ in range(int(rounds)):
        portal.take_turn()
    tell({"searches": portal.searches, "wrong": portal.wrong})
    runtime.close()


if __name__ == "__main__":
    main()
