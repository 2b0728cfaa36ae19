"""Regular expressions for the description: never wider than what the fields take in."""

from kb.schemas.fields import Text

# Control characters, line separators and characters that turn text around.
BAD = (
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    r"\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
)
ANY = f"[^{BAD}]*"
SEEN = f"[^{BAD}\\s]"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ADDRESS = r"^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,3})?(/([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*)?$"
EMAIL = r"^[A-Za-z0-9._+-]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$"


def text_pattern(field: Text) -> str:
    """Words without control characters; where they are needed, with something to see in them."""
    if field.shortest > 1:
        return f"^{ANY}{SEEN}[^{BAD}]{{{field.shortest - 2},}}{SEEN}{ANY}$"
    return f"^{ANY}{SEEN}{ANY}$" if field.required else f"^{ANY}$"
