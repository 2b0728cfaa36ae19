"""The evidence in a document: measurements, studies and their effects."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validates_schema

from kb.domain.content import (
    Effect,
    Group,
    MeasureKind,
    Measurement,
    Method,
    Metric,
    Moment,
    Qualifier,
    Study,
)
from kb.domain.evidence import Baseline, Design
from kb.domain.terms import Scheme
from kb.language.texts import mark as _
from kb.schemas.choices import Choice, Code, Flag, vocabulary_in_use
from kb.schemas.complaints import Complaint
from kb.schemas.fields import Address, Slug, Text
from kb.schemas.numbers import Number, Share, Whole, Year
from kb.schemas.parts import Part, Several

PERCENT = ("procent", "%")
# How far from zero an estimate can lie, and what to do about one that lies farther.
RATIO = _("A ratio is given as its logarithm, between -10 and 10; 0.405 is one and a half times as often.")
FARTHEST: Mapping[Metric | None, tuple[int, str]] = {
    Metric.RD: (1, _("A difference between shares lies between -1 and 1; 0.05 is 5 percentage points.")),
    Metric.RR: (10, RATIO),
    Metric.OR: (10, RATIO),
}
# What sources call a target, where it is the first thing they say.
TARGET = re.compile(r"\s*(doel|doelstelling|streef\w*|streven|ambitie|target)\b", re.IGNORECASE)


class MeasurementSchema(Part):
    builds = Measurement
    at_most = (("numerator", "denominator"),)

    label = Text(300, required=True, data_key="omschrijving")
    words = Text(500, required=True, data_key="woorden")
    indicator = Code(Scheme.INDICATOR, data_key="indicator")
    kind = Choice(MeasureKind, data_key="soort")
    value = Number(data_key="waarde")
    qualifier = Choice(Qualifier, data_key="bepaling")
    unit = Text(200, data_key="eenheid")
    moment = Choice(Moment, data_key="moment")
    follow_up_months = Whole(0, 600, data_key="vervolgMaanden")
    group = Choice(Group, data_key="groep")
    numerator = Whole(data_key="teller")
    denominator = Whole(data_key="noemer")
    mean = Number(data_key="gemiddelde")
    sd = Number(0, data_key="spreiding")
    n = Whole(data_key="aantal")
    baseline_words = Text(300, data_key="uitgangspunt")
    response = Share(data_key="respons")
    instrument_version = Text(100, data_key="meetinstrument")
    period = Text(200, data_key="periode")
    year = Year(data_key="jaar")
    method = Choice(Method, data_key="methode")
    evaluator = Text(300, data_key="evaluator")
    independent = Flag(data_key="onafhankelijk")
    source_url = Address(data_key="bronadres")
    study = Slug(data_key="studie")

    @validates_schema(skip_on_field_errors=False)
    def keep_percentages_possible(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """A share of a group lies between 0 and 100; growth has another unit ("procent groei")."""
        value = data.get("value")
        if value is not None and _is_percentage(data) and not 0 <= value <= 100:
            message = _("A percentage lies between 0 and 100. Is it growth? Then write “procent groei”.")
            raise ValidationError({self.key("value"): [Complaint(message, {})]})

    @validates_schema(skip_on_field_errors=False)
    def keep_targets_apart(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """What somebody wants to reach was not measured, whatever it is filed under."""
        told = (data.get("label") or "", data.get("words") or "")
        if data.get("kind") is not MeasureKind.TARGET and any(TARGET.match(words) for words in told):
            message = _("This reads as a target, and a target is never a result. Choose “doel” here.")
            raise ValidationError({self.key("kind"): [Complaint(message, {})]})


class EffectSchema(Part):
    builds = Effect
    at_most = (("events_t", "n_t"), ("events_c", "n_c"), ("ci_low", "estimate"), ("estimate", "ci_high"))

    indicator = Code(Scheme.INDICATOR, required=True, data_key="indicator")
    metric = Choice(Metric, required=True, data_key="maat")
    label = Text(300, data_key="omschrijving")
    contrast = Text(300, data_key="vergelijking")
    follow_up_months = Whole(0, 600, data_key="vervolgMaanden")
    events_t = Whole(data_key="gevallenDeelnemers")
    n_t = Whole(data_key="aantalDeelnemers")
    events_c = Whole(data_key="gevallenVergelijking")
    n_c = Whole(data_key="aantalVergelijking")
    mean_t = Number(data_key="gemiddeldeDeelnemers")
    sd_t = Number(0, data_key="spreidingDeelnemers")
    mean_c = Number(data_key="gemiddeldeVergelijking")
    sd_c = Number(0, data_key="spreidingVergelijking")
    estimate = Number(data_key="schatting")
    ci_low = Number(data_key="ondergrens")
    ci_high = Number(data_key="bovengrens")
    adjusted = Flag(data_key="gecorrigeerd")
    primary = Flag(data_key="hoofduitkomst")

    @validates_schema(skip_on_field_errors=False)
    def keep_interval_whole(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """An estimate comes with both bounds or none, and a difference in shares is a share."""
        errors: dict[str, list[Complaint]] = {}
        low, high = data.get("ci_low"), data.get("ci_high")
        if (low is None) != (high is None):
            missing = self.key("ci_low" if low is None else "ci_high")
            errors[missing] = [Complaint(_("Give both bounds of the interval, or none."), {})]
        most, message = FARTHEST.get(data.get("metric"), (None, ""))
        for name in ("estimate", "ci_low", "ci_high"):
            if most is not None and abs(data.get(name) or 0) > most:
                errors[self.key(name)] = [Complaint(message, {})]
        if errors:
            raise ValidationError(errors)


class StudySchema(Part):
    builds = Study
    at_most = (("analysed_t", "assigned_t"), ("analysed_c", "assigned_c"), ("start_year", "end_year"))

    key_ = Slug(required=True, attribute="key", data_key="sleutel")
    title = Text(300, required=True, data_key="titel")
    design = Choice(Design, required=True, data_key="ontwerp")
    comparison = Text(1000, lines=True, data_key="vergelijking")
    allocation_unit = Text(100, data_key="toewijzing")
    units_t = Whole(data_key="eenhedenDeelnemers")
    units_c = Whole(data_key="eenhedenVergelijking")
    assigned_t = Whole(data_key="toegewezenDeelnemers")
    assigned_c = Whole(data_key="toegewezenVergelijking")
    analysed_t = Whole(data_key="onderzochtDeelnemers")
    analysed_c = Whole(data_key="onderzochtVergelijking")
    baseline = Choice(Baseline, data_key="beginsituatie")
    validity_tests = Flag(data_key="aannamesGetoetst")
    points_before = Whole(0, 1000, data_key="metingenVooraf")
    same_instrument = Flag(data_key="zelfdeMeetinstrument")
    response = Share(data_key="respons")
    evaluator = Text(300, data_key="evaluator")
    commissioned_by = Text(200, data_key="opdrachtgever")
    independent = Flag(data_key="onafhankelijk")
    plan_public = Flag(data_key="planOpenbaar")
    report_url = Address(data_key="rapportAdres")
    doi = Text(200, data_key="doi")
    report_public = Flag(data_key="rapportOpenbaar")
    outcome_seen = Flag(data_key="uitkomstGezien")
    start_year = Year(data_key="beginjaar")
    end_year = Year(data_key="eindjaar")
    follow_up_months = Whole(0, 600, data_key="vervolgMaanden")
    funder = Text(200, data_key="financier")
    implementer = Text(200, data_key="uitvoerder")
    region = Code(Scheme.REGION, data_key="regio")
    level = Code(Scheme.LEVEL, data_key="niveau")
    effects = Several(EffectSchema, data_key="effecten")


def _is_percentage(data: Mapping[str, Any]) -> bool:
    term = vocabulary_in_use().get(Scheme.INDICATOR, data.get("indicator", ""))
    return data.get("unit") in PERCENT or (
        not data.get("unit") and term is not None and term.details.get("eenheid") == "procent"
    )
