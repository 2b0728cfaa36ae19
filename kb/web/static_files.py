"""Static files with the hash of their content in the address, so that they may be kept for a year."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request

A_YEAR_S = 365 * 24 * 3600
HASH_DIGITS = 10
# Another font gets another name.
FONTS = "/static/fonts/"


class StaticFiles:
    """Gives templates `static_file(name)`; the hashes are taken once."""

    def __init__(self, app: Flask) -> None:
        self._folder = Path(str(app.static_folder))
        self._hashes: dict[str, str] = {}
        app.jinja_env.globals.update(static_file=self.address, font_file=self.font_address)
        app.after_request(self._keep)

    def address(self, name: str) -> str:
        if name not in self._hashes:
            content = (self._folder / name).read_bytes()
            self._hashes[name] = hashlib.sha256(content).hexdigest()[:HASH_DIGITS]
        return f"{request.script_root}/static/{name}?v={self._hashes[name]}"

    @staticmethod
    def font_address(name: str) -> str:
        """As the stylesheet asks for it: with a hash the browser would fetch the font twice."""
        return f"{request.script_root}{FONTS}{name}"

    @staticmethod
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and ("v" in request.args or request.path.startswith(FONTS)):
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = A_YEAR_S
            response.cache_control.immutable = True
        return response
