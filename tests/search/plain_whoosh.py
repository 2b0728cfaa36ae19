"""The same search by Whoosh's own matchers, a posting at a time: the slow and simple reference."""

import math
from collections import Counter, defaultdict
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from kb.search.index_folder import IndexFolder
from kb.search.query import Query
from kb.search.ranking import WEIGHTS
from kb.search.whoosh_format import IMPACT, POSITION, RECORD

FEW, ENOUGH = 2, 20


class PlainWhoosh:
    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(IndexFolder(folder).current()), readonly=True)
        self.reader = FileIndex(storage, indexname="MAIN").reader()
        self.count = self.reader.doc_count()

    def match(self, query: Query) -> dict[int, float]:
        """Scores by record id."""
        roots, added, met, touched = defaultdict(float), defaultdict(float), Counter(), set()
        clauses = 0
        for clause in query.clauses:
            scores, strict = self.clause(clause)
            if clause.light:
                added.update({number: added[number] + score for number, score in scores.items()})
                continue
            clauses += 1
            met.update(strict)
            touched |= scores.keys()
            for number, score in scores.items():
                roots[number] += score ** (1 / 3)
        needed = clauses if clauses <= FEW else math.ceil(clauses / 2)
        found = {number for number in touched if met[number] >= needed}
        if len(found) < ENOUGH:
            found = set(touched)
        for number, score in self.extra(query):
            added[number] += score
        return {
            self.record(number): (roots[number] / max(1, clauses)) ** 3 * clauses + added[number]
            for number in found
        }

    def extra(self, query):
        for extra in query.extras:
            for number, score in self.together(extra.tokens).items():
                yield number, score * extra.weight
        for words in query.near:
            together = self.together([token for token, _ in words])
            for number in self.places(words) & together.keys():
                yield number, together[number] * WEIGHTS.neighbours

    def clause(self, clause):
        scores, strict = defaultdict(float), set()
        for ways in (clause.alternatives, clause.tags):
            best = defaultdict(float)
            for way in ways:
                for number, score in self.together(way.tokens).items():
                    best[number] = max(best[number], score * way.weight)
                    if not way.loose:
                        strict.add(number)
            for number, score in best.items():
                scores[number] += score
        return scores, strict

    def together(self, tokens):
        lists = [self.scored(token) for token in dict.fromkeys(tokens)]
        everywhere = set.intersection(*map(set, lists)) if lists else set()
        return {number: sum(each[number] for each in lists) for number in everywhere}

    def scored(self, token):
        impacts = {number: matcher.weight() for number, matcher in self.postings(IMPACT, token)}
        idf = math.log(1 + (self.count - len(impacts) + 0.5) / (len(impacts) + 0.5))
        return {number: weight * idf for number, weight in impacts.items()}

    def phrase(self, tokens) -> set[int]:
        return {self.record(number) for number in self.places(tokens)}

    def places(self, tokens) -> set[int]:
        """The numbers of the records with the tokens in places as far apart as given."""
        starts = []
        for token, offset in tokens:
            here = set()
            for number, matcher in self.postings(POSITION, token):
                packed = matcher.value()
                places = (int.from_bytes(packed[at : at + 2], "little") for at in range(0, len(packed), 2))
                here |= {(number, place - offset) for place in places}
            starts.append(here)
        return {number for number, _ in set.intersection(*starts)}

    def postings(self, field, token):
        if (field, token.encode()) not in self.reader:
            return
        matcher = self.reader.postings(field, token.encode())
        while matcher.is_active():
            yield matcher.id(), matcher
            matcher.next()

    def record(self, number) -> int:
        return self.reader.column_reader(RECORD)[number]
