#!/usr/bin/env bash
# Write requirements.lock and requirements-dev.lock: every package, at one version, from a clean
# environment. torch is named without its local label, so that a CPU build satisfies the pin, and the
# packages that a CUDA build would ask for are not in the file; `pip install --no-deps` keeps it so.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
pip="$work/env/bin/python -m pip --quiet --disable-pip-version-check"
$pip install torch==2.13.0
$pip install --constraint <(echo torch==2.13.0) .
freeze() { $pip freeze --exclude statement-nlp --exclude pip | sed -E 's/^(torch==[0-9.]+)\+.*/\1/; / @ /d' | sort -f; }
{ echo "# Written by tools/lock.sh; install with pip install --no-deps -r."; freeze; } >requirements.lock
$pip install --group pyproject.toml:dev ".[ocr]" 2>/dev/null || {
  $pip install --upgrade "pip>=25.1"
  $pip install --group pyproject.toml:dev ".[ocr]"
}
{ echo "# Written by tools/lock.sh: what tests need beside requirements.lock."
  freeze | grep -vxFf requirements.lock; } >requirements-dev.lock
