"""The regional division from the country down to the municipalities, with old names and areas."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.domain.problems import FieldError
from kb.domain.terms import Scheme, Term, plain
from kb.language.texts import mark as _
from kb.schemas.documents import Unreadable, read_csv, read_yaml

COUNTRY = "NL01"
LISTS = ("landsdelen", "provincies", "arbeidsmarktregios")

# Extra names by the code of the region that they mean today.
Names = dict[str, list[str]]


def read_regions(folder: Path, errors: list[FieldError]) -> Iterator[Term]:
    """All regions as terms; what is wrong is added to `errors`."""
    try:
        division: Any = read_yaml(folder / "regions.yaml")
        municipalities = read_csv(folder / "gemeenten.csv")
        former = read_csv(folder / "gemeenten_voormalig.csv")
        areas: Any = read_yaml(folder / "areas.yaml")
    except (OSError, Unreadable) as error:
        errors.append(FieldError(str(folder), _("cannot be read: %(reason)s"), {"reason": str(error)}))
        return
    names = _former_names(former, set(areas["alleen_grootste_deel"]))
    _add_areas(names, areas, _codes_by_name(municipalities), errors)
    rows = [division["land"], *(row for key in LISTS for row in division[key])]
    for position, row in enumerate(rows):
        yield _region(row, names, position)
    for position, row in enumerate(municipalities, start=len(rows)):
        yield _municipality(row, names, position)


def _region(row: Mapping[str, Any], names: Names, position: int) -> Term:
    """A labour-market region hangs under the country: 10 of the 35 lie in more than one province."""
    code = row["code"]
    parents = () if code == COUNTRY else (row.get("parent", COUNTRY),)
    return Term(
        scheme=Scheme.REGION,
        code=code,
        label=row["naam"],
        label_en=row.get("naam_en") or row["naam"],
        parents=parents,
        synonyms=_unique(row["naam"], [*row["synoniemen"], *names[code]]),
        position=position,
        details={
            key: row[key] for key in row if key not in ("code", "naam", "naam_en", "parent", "synoniemen")
        },
    )


def _municipality(row: Mapping[str, str], names: Names, position: int) -> Term:
    return Term(
        scheme=Scheme.REGION,
        code=row["code"],
        label=row["naam"],
        label_en=row["naam"],
        parents=(row["provincie"], row["arbeidsmarktregio"]),
        synonyms=_unique(row["naam"], [row["naam_kort"], *row["aliassen"].split("|"), *names[row["code"]]]),
        position=position,
        details={"slug": row["slug"], "lat": float(row["lat"]), "lon": float(row["lon"])},
    )


def _former_names(rows: list[dict[str, str]], only_largest: set[str]) -> Names:
    """The names of municipalities that are gone, at the ones of today that hold their land."""
    names: Names = defaultdict(list)
    for row in rows:
        heirs = row["opgegaan_in"].split("|")
        for code in heirs[:1] if row["naam"] in only_largest else heirs:
            names[code].append(row["naam"])
    return names


def _add_areas(
    names: Names, areas: Mapping[str, Any], codes: Mapping[str, str], errors: list[FieldError]
) -> None:
    for area in areas["streken"]:
        called = [area["naam"], *area.get("ook", ())]
        for code in area.get("regios", ()):
            names[code] += called
        for municipality in area.get("gemeenten", ()):
            _add(names, codes, municipality, called, errors)
    for municipality, places in areas["plaatsen"].items():
        _add(names, codes, municipality, places, errors)


def _add(
    names: Names, codes: Mapping[str, str], municipality: str, called: list[str], errors: list[FieldError]
) -> None:
    code = codes.get(plain(municipality))
    if code:
        names[code] += called
    else:
        message = _("%(name)s is not a municipality.")
        errors.append(FieldError(f"areas.yaml.{called[0]}", message, {"name": municipality}))


def _codes_by_name(municipalities: list[dict[str, str]]) -> dict[str, str]:
    short = {plain(row["naam_kort"]): row["code"] for row in municipalities}
    return short | {plain(row["naam"]): row["code"] for row in municipalities}


def _unique(label: str, names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name and name != label)
