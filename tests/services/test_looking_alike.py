"""What initiatives look like is left in a file, for the processes that start later."""

from kb.runtime import Runtime
from kb.services import noticing
from kb.storage.initiatives import published_by_ids
from tests.builders import a_content
from tests.initiatives import publish


def _titles(runtime):
    """Of those that look like the first, the most alike first."""
    with runtime.work() as work:
        near = noticing.nearest_to(work, noticing.NOBODY, a_content("Waterstofhub"), 5)
        kept = published_by_ids(work.session, [one.key for one in near])
        return [kept[one.key].content.title for one in near]


def test_a_process_that_starts_later_reads_only_what_changed_since(runtime, monkeypatch):
    publish(runtime, a_content("Waterstofhub"))
    assert _titles(runtime) == ["Waterstofhub"]
    publish(runtime, a_content("Waterstofhub twee"))
    monkeypatch.setattr(noticing, "all_published", None)
    later = Runtime(runtime.settings, clock=runtime.clock)
    assert _titles(later) == ["Waterstofhub", "Waterstofhub twee"]
    later.close()


def test_a_file_of_a_later_moment_than_the_database_is_not_used(runtime):
    publish(runtime, a_content("Waterstofhub"))
    with runtime.work() as work:
        work.lookalikes.sequence = 99
        work.lookalikes.write(work.catalogue.beside(noticing.KEPT), work.catalogue.stamp)
        work.lookalikes.clear()
    assert _titles(runtime) == ["Waterstofhub"]
