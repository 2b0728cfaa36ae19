#!/bin/sh
# Makes .venv and installs what a lock file lists. Usage: tools/environment.sh LOCKFILE
# Says in one line what is missing, so that nobody has to read a traceback.
set -eu

lock=$1
python=${PYTHON:-python3}

stop() {
    echo "$1" >&2
    exit 1
}

if [ ! -x .venv/bin/python ]; then
    command -v "$python" >/dev/null || stop "Python is missing: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "$("$python" --version) is too old: Python 3.11 or newer is needed; name another one with: make PYTHON=python3.12"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "Python's venv module is missing: install it (Debian and Ubuntu: apt-get install python3-venv)"
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv .venv
fi

echo "Installing from $lock (a minute or two the first time)"
log=.venv/install.log
{
    .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$lock" &&
        .venv/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .
} >"$log" 2>&1 || {
    if grep -qiE 'connection|resolve|timed out|no matching distribution' "$log"; then
        stop "The packages cannot be fetched: is a package registry in reach? What pip said stands in $log"
    fi
    grep -E 'Error' "$log" | tail -n 1 >&2 || true
    stop "Installing failed; what pip said stands in $log"
}
