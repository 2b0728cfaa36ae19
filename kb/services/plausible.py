"""What cannot be true yet: a figure of a year to come, or the outcome of a study that still runs."""

from collections.abc import Iterator

from kb.domain.content import Content, MeasureKind
from kb.domain.problems import FieldError, Invalid


def refuse_what_is_yet_to_come(content: Content, this_year: int) -> None:
    """Raises Invalid with every such figure; a target may lie ahead."""
    errors = (*_measurements(content, this_year), *_studies(content, this_year))
    if errors:
        raise Invalid(errors)


def _measurements(content: Content, this_year: int) -> Iterator[FieldError]:
    for number, measured in enumerate(content.measurements):
        if measured.kind is not MeasureKind.TARGET and (measured.year or 0) > this_year:
            yield FieldError(
                f"metingen.{number}.jaar",
                "A result of %(year)s cannot be there yet. Is it a target? Then choose “doel” as its kind.",
                {"year": measured.year},
            )


def _studies(content: Content, this_year: int) -> Iterator[FieldError]:
    for number, study in enumerate(content.studies):
        if study.effects and (study.end_year or 0) > this_year:
            yield FieldError(
                f"studies.{number}.eindjaar",
                "The study ends in %(year)s, so its outcome cannot be there yet. Leave the outcome out.",
                {"year": study.end_year},
            )
