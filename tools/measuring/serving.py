"""Servers as people run them, each a process of its own, and the questions put to them."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

BIN = Path(sys.executable).parent
TOOLS = Path(__file__).parent.parent
LONGEST_START = 600


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers, and how long that took from the start of its process."""

    pid: int
    port: int
    start_seconds: float


@dataclass(frozen=True, slots=True)
class Load:
    """Answers under load."""

    seconds: Sequence[float]
    total: float

    @property
    def rps(self) -> float:
        return len(self.seconds) / self.total


@contextmanager
def portal(folder: Path) -> Iterator[Server]:
    """One worker of the portal, with the settings it has when nothing is set."""
    port = free_port()
    settings = {"KB_DATA_DIR": str(folder), "KB_PORT": str(port), "KB_LOG_LEVEL": "error"}
    with _running([BIN / "kb", "serve"], port, "/zoeken", settings) as server:
        yield server


@contextmanager
def datasette(database: Path) -> Iterator[Server]:
    """The peer, told that its file does not change and that it need not give up halfway."""
    port = free_port()
    options = {
        "sql_time_limit_ms": "600000",
        "facet_time_limit_ms": "600000",
        "suggest_facets": "off",
        "default_facet_size": "100",
        "max_returned_rows": "1000",
    }
    settings = [word for name, value in options.items() for word in ("--setting", name, value)]
    command = [BIN / "datasette", "serve", "-i", database, "-p", str(port), *settings]
    with _running(command, port, "/", {}) as server:
        yield server


def ask(port: int, addresses: Sequence[str], *, connections: int = 1, seconds: float = 0) -> Load:
    """Each address once, or over and over until time is up."""
    command = [sys.executable, "-m", "measuring.load", str(port), str(connections), str(seconds)]
    done = subprocess.run(
        command, input="\n".join(addresses), capture_output=True, text=True, cwd=TOOLS, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    answers = json.loads(done.stdout)
    return Load(answers["seconds"], answers["total"])


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _running(
    command: Sequence[str | Path], port: int, address: str, settings: dict[str, str]
) -> Iterator[Server]:
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await_answer(process, port, address)
        yield Server(process.pid, port, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait()


def _await_answer(process: subprocess.Popen[bytes], port: int, address: str) -> None:
    for _ in range(50 * LONGEST_START):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_START)
            connection.request("GET", address)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server does not answer")
