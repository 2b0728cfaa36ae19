"""What people call the fields of an initiative: on the form, in a comparison, in an error."""

from collections.abc import Mapping

from kb.domain.content import (
    Condition,
    Content,
    Cost,
    Delivery,
    Effect,
    Funding,
    Measurement,
    Metric,
    Participation,
    PlannedMeasure,
    Source,
    Study,
    Theory,
)
from kb.language.texts import gettext, mark

OF_CONTENT = {
    "title": mark("Title"),
    "title_en": mark("Title in English"),
    "summary": mark("Summary"),
    "summary_en": mark("Summary in English"),
    "goal": mark("Goal"),
    "goal_en": mark("Goal in English"),
    "audience": mark("For whom"),
    "audience_en": mark("For whom, in English"),
    "activities": mark("What people do"),
    "activities_en": mark("What people do, in English"),
    "requirements": mark("What it takes"),
    "requirements_en": mark("What it takes, in English"),
    "lessons": mark("What we would do differently"),
    "lessons_en": mark("What we would do differently, in English"),
    "url": mark("Website of the initiative"),
    "contact_email": mark("E-mail address of the team"),
    "contact_url": mark("Address of the contact page"),
    "activity": mark("Does it still run?"),
    "phase": mark("Phase"),
    "start_year": mark("First year"),
    "end_year": mark("Last year"),
    "regions": mark("Regions"),
    "area": mark("What people there call the area"),
    "recommendations": mark("Recommendations"),
    "levels": mark("Education levels"),
    "routes": mark("Learning routes"),
    "instruments": mark("Instruments"),
    "sectors": mark("Sectors"),
    "target_groups": mark("Target groups"),
    "programmes": mark("Programmes"),
    "free_words": mark("Words that fit no list"),
    "organisations": mark("Organisations"),
    "funding": mark("Money"),
    "approaches": mark("Approaches"),
    "parent": mark("Part of"),
    "successor": mark("Succeeded by"),
    "adopted_from": mark("Taken over from"),
    "sources": mark("Sources"),
    "theory": mark("Why it should help"),
    "measurements": mark("Figures"),
    "studies": mark("Studies"),
    "promises": mark("Promised measurements"),
    "costs": mark("Costs"),
    "conditions": mark("What another place needs"),
    "delivery": mark("How much was carried out"),
}
OF_SMALL_PARTS: Mapping[type, Mapping[str, str]] = {
    Participation: {
        "name": mark("Name of the organisation"),
        "role": mark("Part it plays"),
        "actor_type": mark("Kind of organisation"),
    },
    Funding: {
        "source": mark("Where the money comes from"),
        "amount": mark("Amount in euros"),
        "period": mark("Period"),
        "source_url": mark("Address of the source"),
    },
    Theory: {
        "problem": mark("What is the problem?"),
        "mechanism": mark("How does this help?"),
        "outcome": mark("What should come of it?"),
        "sources": mark("Sources for this explanation"),
    },
    Source: {
        "title": mark("Title of the source"),
        "url": mark("Address of the source"),
        "publisher": mark("Published by"),
        "date": mark("Date of the source"),
        "collected": mark("Day you read it"),
    },
    PlannedMeasure: {
        "indicator": mark("What will be measured?"),
        "target": mark("What do you want to reach?"),
        "baseline_date": mark("Day of the first measurement"),
        "due_date": mark("Day on which the result will be there"),
        "planned_comparison": mark("Compared with whom?"),
        "locked_at": mark("Promised on"),
    },
    Cost: {
        "year": mark("Year"),
        "price_level": mark("Price level of year"),
        "total": mark("Total in euros"),
        "in_kind": mark("Of which hours and material, in euros"),
        "participants": mark("Number of participants"),
    },
    Condition: {
        "kind": mark("Kind"),
        "text": mark("What is needed?"),
        "must": mark("Cannot do without?"),
    },
    Delivery: {
        "target": mark("Planned number"),
        "reached": mark("Number reached"),
        "started": mark("Number that started"),
        "completed": mark("Number that completed it"),
        "period": mark("Period"),
    },
}
OF_EVIDENCE: Mapping[type, Mapping[str, str]] = {
    Measurement: {
        "label": mark("What was measured, in your own words?"),
        "words": mark("The figure, as the source gives it"),
        "indicator": mark("Fits this measure from the list"),
        "kind": mark("Kind of figure"),
        "value": mark("The number in it"),
        "qualifier": mark("How precise?"),
        "unit": mark("Unit (such as percent or pupils)"),
        "moment": mark("When in time?"),
        "follow_up_months": mark("How many months later?"),
        "group": mark("About whom?"),
        "numerator": mark("How many of them"),
        "denominator": mark("Out of how many"),
        "mean": mark("Mean"),
        "sd": mark("Standard deviation"),
        "n": mark("Number of people measured"),
        "baseline_words": mark("The figure at the start"),
        "response": mark("How many of every 100 answered?"),
        "instrument_version": mark("Questionnaire or instrument used"),
        "period": mark("Period"),
        "year": mark("Year"),
        "method": mark("How was it measured?"),
        "evaluator": mark("Who measured it?"),
        "independent": mark("Without a stake in the outcome?"),
        "source_url": mark("Address of the source"),
        "study": mark("Key of the study it belongs to"),
    },
    Study: {
        "key": mark("Short key (such as study-1)"),
        "title": mark("Title of the study"),
        "design": mark("How was it done?"),
        "comparison": mark("Compared with whom?"),
        "allocation_unit": mark("What was divided over the groups: people, classes or schools?"),
        "units_t": mark("Schools or groups that took part"),
        "units_c": mark("Schools or groups to compare with"),
        "assigned_t": mark("People who took part at the start"),
        "assigned_c": mark("People to compare with at the start"),
        "analysed_t": mark("People who took part and were studied"),
        "analysed_c": mark("People to compare with who were studied"),
        "baseline": mark("Were the groups alike at the start?"),
        "validity_tests": mark("Were the assumptions tested?"),
        "points_before": mark("Number of measurements before the start"),
        "same_instrument": mark("The same questions each time?"),
        "response": mark("How many of every 100 answered?"),
        "evaluator": mark("Who did the study?"),
        "commissioned_by": mark("Who asked for it?"),
        "independent": mark("Without a stake in the outcome?"),
        "plan_public": mark("Was the plan public beforehand?"),
        "report_url": mark("Address of the report"),
        "doi": mark("DOI"),
        "report_public": mark("Is the report public?"),
        "outcome_seen": mark("Have you seen the outcome?"),
        "start_year": mark("First year"),
        "end_year": mark("Last year"),
        "follow_up_months": mark("Months between end and last measurement"),
        "funder": mark("Who paid for it?"),
        "implementer": mark("Who carried out what was studied?"),
        "region": mark("Region"),
        "level": mark("Education level"),
        "effects": mark("Differences found"),
    },
    Effect: {
        "indicator": mark("What was measured?"),
        "metric": mark("Expressed as"),
        "label": mark("In your own words"),
        "contrast": mark("Who was compared with whom?"),
        "follow_up_months": mark("How many months later?"),
        "events_t": mark("Participants with this outcome"),
        "n_t": mark("Number of participants"),
        "events_c": mark("Others with this outcome"),
        "n_c": mark("Number of others"),
        "mean_t": mark("Mean of participants"),
        "sd_t": mark("Standard deviation of participants"),
        "mean_c": mark("Mean of others"),
        "sd_c": mark("Standard deviation of others"),
        "estimate": mark("Difference, as the report gives it"),
        "ci_low": mark("Lower bound (95%)"),
        "ci_high": mark("Upper bound (95%)"),
        "adjusted": mark("Corrected for other differences?"),
        "primary": mark("Is this the main outcome?"),
    },
}
FIELDS: Mapping[type, Mapping[str, str]] = {Content: OF_CONTENT, **OF_SMALL_PARTS, **OF_EVIDENCE}

HINTS: Mapping[tuple[type, str], str] = {
    (Content, "summary"): mark("What do people do, and for whom? One or two sentences in plain words."),
    (Content, "goal"): mark("What should be different afterwards?"),
    (Content, "requirements"): mark("What must be there: partners, people, money, rooms?"),
    (Content, "regions"): mark("Type a municipality, labour-market region or province. Old names work too."),
    (Content, "contact_email"): mark("A shared mailbox, not the address of one person."),
    (Content, "approaches"): mark("The method that others use too, if there is one in the list."),
    (Content, "recommendations"): mark("Which of the seven recommendations does it belong to?"),
    (Content, "measurements"): mark(
        "Each figure that you know. Also when it disappoints, or only counts people."
    ),
    (Content, "studies"): mark("Somebody looked into whether it helps. The level follows from your answers."),
    (Content, "promises"): mark("What you will measure and when. We remind you in time."),
    (Content, "conditions"): mark("What must be there when somebody else wants to do this too?"),
    (Content, "organisations"): mark("Who is in the lead, and who takes part?"),
    (Content, "costs"): mark("What it costs in a year. So others see what it takes for each participant."),
    (Content, "delivery"): mark("How many people you wanted to reach, and how many it became."),
    (Content, "sources"): mark("Where can readers check this? A page or a report."),
    (Measurement, "words"): mark("For example: 61 percent, or: about 200 pupils"),
    (Measurement, "kind"): mark("A target is no result, and counting participants is no outcome."),
    (Study, "key"): mark("Figures point at the study with it. Leave it empty for one of ours."),
    (Study, "design"): mark("Choose what comes nearest. The level depends most on this."),
    (Study, "independent"): mark("No, when they also run the initiative or pay for it."),
    (PlannedMeasure, "target"): mark("For example: 60% (now 40%)"),
    (PlannedMeasure, "planned_comparison"): mark("For example: the same classes at a school nearby"),
    (Effect, "estimate"): mark("Only when the numbers above are not known."),
}
# What one row of a list is called.
ROWS: Mapping[tuple[type, str], str] = {
    (Content, "organisations"): mark("Organisation"),
    (Content, "funding"): mark("Source of money"),
    (Content, "sources"): mark("Source"),
    (Content, "measurements"): mark("Figure"),
    (Content, "studies"): mark("Study"),
    (Content, "promises"): mark("Promised measurement"),
    (Content, "costs"): mark("Costs of one year"),
    (Content, "conditions"): mark("Condition"),
    (Content, "delivery"): mark("Count"),
    (Study, "effects"): mark("Difference found"),
}
METRICS: Mapping[Metric, str] = {
    Metric.RD: mark("Difference in percentage points"),
    Metric.RR: mark("Risk ratio (logarithm)"),
    Metric.OR: mark("Odds ratio (logarithm)"),
    Metric.MD: mark("Difference in means"),
    Metric.SMD: mark("Difference in means, standardised"),
}


def field_name(part: type, name: str) -> str:
    """What people call a field of this part of an initiative; the name in the code where nobody said."""
    return gettext(FIELDS.get(part, {}).get(name, name))


def field_hint(part: type, name: str) -> str:
    """What helps to answer, or nothing."""
    hint = HINTS.get((part, name))
    return gettext(hint) if hint else ""


def row_name(part: type, name: str) -> str:
    """What one row of this list is called; the name of the list where nobody said."""
    one = ROWS.get((part, name))
    return gettext(one) if one else field_name(part, name)


def metric_name(metric: Metric) -> str:
    return gettext(METRICS[metric])


def yes_or_no(value: bool | None) -> str:
    if value is None:
        return gettext("not known")
    return gettext("yes") if value else gettext("no")
