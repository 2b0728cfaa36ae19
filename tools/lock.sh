#!/bin/sh
# Writes both lock files: exact versions with their sums, for Python 3.11 and newer, without addresses.
# The development lock follows the runtime lock, so that tests run on what is shipped.
set -eu

compile() {
    .venv/bin/uv pip compile pyproject.toml --group build --universal --generate-hashes \
        --python-version 3.11 --no-header --quiet "$@"
}

compile --extra postgresql --upgrade --output-file requirements.lock
compile --extra dev --upgrade --constraint requirements.lock --output-file requirements-dev.lock

if grep -nE '://|^--(index|extra|find)' requirements.lock requirements-dev.lock; then
    echo "A lock file names an address; it must not." >&2
    exit 1
fi
