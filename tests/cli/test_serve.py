"""The server that `kb serve` starts: slow and broken clients do not stop it, and a port is taken first."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.app import main

KB = (sys.executable, "-c", "from kb.app import main; main()")
# More than the threads that answer.
SLOW_CLIENTS = 30


@pytest.fixture(scope="module")
def environment(seeded_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """That of a catalogue of its own, as a start writes into it; on a port that is free."""
    folder = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(seeded_dir, folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {**os.environ, "KB_DATA_DIR": str(folder), "KB_PORT": str(port), "KB_THREADS": "2"}


@pytest.fixture(scope="module")
def port(environment: dict[str, str]) -> Iterator[int]:
    """Where `kb serve` listens."""
    serving = subprocess.Popen((*KB, "serve"), env=environment, stdout=subprocess.PIPE, text=True)
    with serving:
        assert environment["KB_PORT"] in serving.stdout.readline()
        yield int(environment["KB_PORT"])
        serving.send_signal(signal.SIGTERM)


def _say(port: int, request: bytes) -> bytes:
    """The answer to these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_c35_clients_that_never_finish_keep_nobody_waiting(port):
    slow = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(SLOW_CLIENTS)]
    for each in slow:
        each.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Half:")
    answer = _say(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    for each in slow:
        each.close()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", b"400"),
        (b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", b"501"),
        (b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n", b"400"),
        (b"Content-Length: 99999999\r\n\r\n", b"413"),
    ],
    ids=["two lengths", "two encodings", "no number", "long body"],
)
def test_c35_a_request_that_could_mean_two_things_is_refused(port, wrong, status):
    answer = _say(port, b"POST /zoeken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + wrong)
    assert answer.split(b" ", 2)[1] == status


def test_a_port_that_is_taken_is_told_before_anything_is_promised(environment, port):
    second = subprocess.run(
        (*KB, "serve"), check=False, env=environment, capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 2
    assert "KB_PORT" in second.stderr
    assert second.stdout == ""


@pytest.mark.parametrize(("typed", "status"), [("--help", 0), ("zoek", 2)])
def test_asking_for_help_or_a_slip_touches_no_data(tmp_path, monkeypatch, capsys, typed, status):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["kb", typed])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = "".join(capsys.readouterr())
    assert ended.value.code == status
    assert "kb" in shown
    assert "--app" not in shown
    assert list(tmp_path.iterdir()) == []
