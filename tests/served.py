"""The portal in a process of its own, which a test may kill: `kb serve` without its start-up."""

from multiprocessing.connection import Connection
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from kb.app import create_app
from kb.cli.serve import _server
from kb.settings import Settings


def serve(data_dir: Path, told: Connection) -> None:
    """Tells its port, then answers until the end."""
    settings = Settings(data_dir=data_dir, host="127.0.0.1", port=0, log_level="error")
    app = create_app(settings)
    # The next one need not compile the templates again.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(data_dir))
    server = _server(app, settings)
    told.send(server.effective_port)
    server.run()
