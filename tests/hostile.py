"""Text that attacks: payloads, a whole initiative of them made from the schema, and what a page did."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from marshmallow import fields

from kb.domain.content import PartnerRole
from kb.domain.terms import Scheme, Vocabulary
from kb.schemas.choices import Choice, Code, Flag
from kb.schemas.content import ContentSchema
from kb.schemas.fields import Address, Day, Email, Slug, Text
from kb.schemas.numbers import Number, Share, Whole, Year
from kb.schemas.parts import Several

# All of them carry `kbx`, as the name of an attribute or as what a script would set.
PAYLOADS = (
    "<b data-kbx>x",
    "<script data-kbx>kbx=alert(1)</script>",
    "<img data-kbx src=/kbx onerror=kbx=alert(1)>",
    '"><svg data-kbx onload=kbx=alert(1)>',
    "' autofocus data-kbx onfocus=kbx=1 x='",
    '" autofocus data-kbx onfocus=kbx=1 x="',
    "</textarea></title></style></script><script data-kbx>kbx=1</script>",
    "[klik](javascript:kbx=alert(1))",
    "<javascript:kbx=alert(1)>",
    "![k](javascript:kbx=alert(1))",
    "[k](data:text/html,<script>kbx=1</script>)",
    "<a data-kbx href=javascript:kbx=alert(1)>klik</a>",
    "<iframe data-kbx srcdoc='<script>parent.kbx=1</script>'></iframe>",
    "<base data-kbx href=//kbx.example/>",
    "<form data-kbx action=//kbx.example><button>",
    "<meta data-kbx http-equiv=refresh content='9;url=//kbx.example'>",
    "--><style data-kbx>body{display:none}</style><!--",
    "{{7-7}}${7-7}{% raw %}",
    "&lt;script data-kbx&gt;kbx=1&lt;/script&gt;",
    "]]><x:script data-kbx xmlns:x='http://www.w3.org/1999/xhtml'>kbx=1</x:script>",
)
SHORTEST = PAYLOADS[0]
# The answers that stand there before anybody chose.
UNKNOWN = ("onbekend", "unknown")
# What a form never asks, because the program writes it.
WRITTEN_BY_US = ("vastgelegdOp",)
REGION, STUDY_KEY = "AM05", "sleutel"
Document = dict[str, Any]


@dataclass
class Attack:
    """Makes payloads that each begin with a word of their own, so that it shows where which one stands."""

    sign: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def text(self, longest: int = 200, *, lines: bool = False) -> str:
        """As many payloads as fit, each time beginning with another one."""
        number = next(self.numbers)
        turn = number % len(PAYLOADS)
        words, gap = f"{self.sign}{number}", "\n\n" if lines else " "
        for payload in (*PAYLOADS[turn:], *PAYLOADS[:turn]):
            joined = f"{words}{gap}{payload}"
            words = joined if len(joined) <= longest else words
        return words if "kbx" in words else f"{words}{SHORTEST}"[:longest]

    def address(self) -> str:
        """An address as the schema lets it pass, at its worst."""
        return (
            f"https://example.org/{self.sign}{next(self.numbers)}'onfocus='kbx=1'data-kbx='"
            "?a=&quot;data-kbx&b=%22%3E%3Cimg%20data-kbx%3E#javascript:kbx=alert(1)"
        )

    def email(self) -> str:
        return f"{self.sign}{next(self.numbers)}'data-kbx='onfocus='kbx=1'@example.nl"

    def document(self, vocabulary: Vocabulary, **references: str) -> Document:
        """Every field of an initiative, two rows in each list; `references` are addresses that exist."""
        document = self._part(ContentSchema(), vocabulary, references)
        for measurement in document["metingen"]:
            measurement["studie"] = document["studies"][0]["sleutel"]
        document["organisaties"][0]["rol"] = PartnerRole.LEAD.value
        return document

    def _part(self, schema: Any, vocabulary: Vocabulary, references: dict[str, str]) -> Document:
        found = {
            schema.key(name): self._value(schema.key(name), one, vocabulary, references)
            for name, one in schema.fields.items()
            if schema.key(name) not in WRITTEN_BY_US
        }
        return {key: value for key, value in found.items() if value is not None}

    def _value(self, key: str, one: Any, vocabulary: Vocabulary, references: dict[str, str]) -> Any:
        if isinstance(one, Several):
            rows = [self._value(key, one.inner, vocabulary, references) for _ in range(2)]
            return None if rows[0] is None else rows if rows[0] != rows[1] else rows[:1]
        if isinstance(one, fields.Nested):
            return self._part(one.schema, vocabulary, references)
        if isinstance(one, Slug):
            return f"studie-{next(self.numbers)}" if key == STUDY_KEY else references.get(key)
        if isinstance(one, Code):
            return REGION if one.scheme is Scheme.REGION else vocabulary.all(one.scheme)[0].code
        return self._plain(one)

    def _plain(self, one: Any) -> Any:
        match one:
            case Day():
                return "2026-03-01"
            case Address():
                return self.address()
            case Email():
                return self.email()
            case Text():
                return self.text(one.longest, lines=one.lines)
            case Flag():
                return True
            case Choice():
                return next(kind.value for kind in reversed(one.kinds) if kind.value not in UNKNOWN)
            case Year():
                return 2020
            case Whole():
                return 7
            case Share() | Number():
                return 0.5
        raise AssertionError(f"no hostile value for a field of the kind {type(one).__name__}")


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a document with its path, which is its name in the form."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


# Looked at in the page itself. A form can have a field called `action`, so attributes are asked by name.
WRONG = """() => {
  const wrong = [];
  const tell = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  if (window.kbx !== undefined) wrong.push("a script ran");
  for (const element of document.querySelectorAll("*")) {
    if (element.localName.includes("kbx")) tell("element", element);
    for (const { name, value } of element.attributes) {
      if (name.includes("kbx") || name.startsWith("on")) tell(`attribute ${name}`, element);
      if (["href", "src", "action", "formaction", "xlink:href"].includes(name)) {
        let scheme = "unreadable";
        try { scheme = new URL(value, location.href).protocol; } catch { /* told below */ }
        if (!["http:", "https:", "mailto:"].includes(scheme)) tell(`${name} to ${scheme}`, element);
      }
    }
    if (["IFRAME", "OBJECT", "EMBED", "BASE", "STYLE"].includes(element.tagName)) tell("element", element);
    if (element.tagName === "META" && element.httpEquiv) tell("element", element);
    if (element.tagName === "SCRIPT" && element.type === "application/ld+json") {
      try { JSON.parse(element.text); } catch { tell("no JSON", element); }
    } else if (element.tagName === "SCRIPT") {
      const from = new URL(element.src || "data:,", location.href).origin;
      if (from !== location.origin) tell("element", element);
    }
  }
  return wrong;
}"""


class Watch:
    """Notes what a page does that no text may make it do."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.noted: list[str] = []
        page.on("dialog", self._answer)
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.noted.append(f"error in a script: {error}"))
        page.on("request", lambda request: self._fetched(request.resource_type, request.url))

    def wrong(self) -> list[str]:
        """What is wrong with the page that is open, and what happened since the last time."""
        noted, self.noted = [*self.noted, *self.page.evaluate(WRONG)], []
        return noted

    def _answer(self, dialog: Any) -> None:
        """The browser itself asks whether to leave a form that is not saved; all other questions are foul."""
        if dialog.type == "beforeunload":
            return dialog.accept()
        self.noted.append(f"dialog: {dialog.message}")
        return dialog.dismiss()

    def _hear(self, kind: str, words: str) -> None:
        # A page with status 409 or 422 says so in the console too.
        if kind == "error" and "the server responded with a status of" not in words:
            self.noted.append(f"console: {words}")

    def _fetched(self, kind: str, url: str) -> None:
        if kind not in ("document", "fetch", "xhr") and "kbx" in url:
            self.noted.append(f"fetched as {kind}: {url}")
