"""What people call the browser and the device behind a line such as Mozilla/5.0 (X11; Linux ...)."""

from kb.language.texts import gettext as _

# The first that fits counts: Edge calls itself Chrome too, and Chrome calls itself Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
LONGEST = 60


def device_name(line: str) -> str:
    """`Firefox on Windows`; a line that we do not know stays as it is."""
    browser = _first(BROWSERS, line)
    system = _first(SYSTEMS, line)
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or line[:LONGEST] or _("unknown")


def _first(names: dict[str, str], line: str) -> str:
    return next((name for sign, name in names.items() if sign in line), "")
