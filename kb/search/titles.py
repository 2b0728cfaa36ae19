"""The address and the titles of each record; most stand in a file, what changed since lies on top of it."""

from kb.search.array_file import Array, Arrays, Texts, arrays_of, texts_in

# Address, title, English title.
Title = tuple[str, str, str]
EACH = 3


class Titles:
    """Updated in place; the catalogue holds a lock."""

    def __init__(self) -> None:
        self._changed: dict[int, Title | None] = {}
        # Three texts for each number up to the highest; empty ones where there is no record.
        self._written: Texts | None = None

    @classmethod
    def read(cls, arrays: Arrays) -> "Titles":
        titles = cls()
        titles._written = texts_in(arrays, "titles")
        return titles

    def arrays(self) -> dict[str, Array]:
        """All of them, as `read` takes it."""
        nothing: Title = ("", "", "")
        each = (self.get(record_id) or nothing for record_id in range(self._size))
        return arrays_of("titles", [text for title in each for text in title])

    def put(self, record_id: int, title: Title) -> None:
        self._changed[record_id] = title

    def remove(self, record_id: int) -> Title | None:
        """Takes it away, and gives what was there."""
        title = self.get(record_id)
        if title is not None:
            self._changed[record_id] = None
        return title

    def get(self, record_id: int) -> Title | None:
        if record_id in self._changed:
            return self._changed[record_id]
        at = EACH * record_id
        if self._written is None or at >= len(self._written):
            return None
        slug, title, title_en = self._written[at : at + EACH]
        return (slug, title, title_en) if slug else None

    @property
    def _size(self) -> int:
        return max(max(self._changed, default=-1) + 1, len(self._written or ()) // EACH)
