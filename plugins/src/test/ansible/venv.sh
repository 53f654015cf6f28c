#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a virtual environment with the pinned Ansible in the given directory, unless it is there already,
# and prints the path of its ansible-runner.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
venv=${1:?usage: venv.sh <directory>}
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv" >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi
echo "$(cd "$venv" && pwd)/bin/ansible-runner"
