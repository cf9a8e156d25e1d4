"""`python -m tests.audit [file …]`: look up every pinned package in the advisories, and say what was not looked up.

pip-audit ends well, and says that it found nothing, where a service does not know a package or is not there at all.
Here that counts as not audited: it is told, and with `AUDIT=required` it fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
PINNED = (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt")
OSV = "https://api.osv.dev/v1/query"
UNREACHED = re.compile(r"ConnectionError|ConnectTimeout|ReadTimeout|ServiceError|Could not connect")


class Audit(NamedTuple):
    """Packages that were looked up, those that were not, and a line for each advisory that names one."""

    audited: int
    skipped: tuple[str, ...]
    found: tuple[str, ...]


def audit(files: list[Path], service: str = OSV) -> Audit:
    """What the advisories say of the packages that `files` pin by hash, read by pip-audit from a service that speaks
    OSV. Raises RuntimeError where pip-audit cannot read the files."""
    listed = [argument for file in files for argument in ("-r", str(file))]
    command = [sys.executable, "-m", "pip_audit", *listed, "--require-hashes", "--disable-pip", "--format", "json",
               "--progress-spinner", "off", "--vulnerability-service", "osv", "--osv-url", service, "--timeout", "10"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        if UNREACHED.search(done.stderr):
            return Audit(0, tuple(pinned(files)), ())
        raise RuntimeError(done.stderr.strip())
    packages = json.loads(done.stdout)["dependencies"]
    skipped = tuple(it["name"] for it in packages if "skip_reason" in it)
    return Audit(len(packages) - len(skipped), skipped, tuple(
        _told(it, advisory) for it in packages for advisory in it.get("vulns", ())))


def pinned(files: list[Path]) -> list[str]:
    """The names of the packages that files pin, each once."""
    texts = (file.read_text(encoding="utf-8") for file in files)
    return sorted({name for text in texts for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)})


def _told(package: dict[str, Any], advisory: dict[str, Any]) -> str:
    ids = ", ".join([advisory["id"], *advisory["aliases"]])
    mended = ", ".join(advisory["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {ids}: {advisory['description'][:200]} Mended in {mended}."


def main(arguments: list[str] | None = None) -> int:
    """1 where an advisory names a pinned package, or where some were not looked up and `AUDIT=required` is set."""
    parser = argparse.ArgumentParser("python -m tests.audit", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=list(PINNED), help="files of pins with hashes")
    parser.add_argument("--service", default=os.environ.get("AUDIT_SERVICE", OSV), help="an address that speaks OSV")
    asked = parser.parse_args(arguments)
    audited, skipped, found = audit(asked.files, asked.service)
    for line in found:
        print(f"VULNERABLE: {line}")
    if audited and not found:
        print(f"Audited: no advisory names any of {audited} packages.")
    if skipped:
        few = ", ".join(skipped[:5]) + (f" and {len(skipped) - 5} more" if len(skipped) > 5 else "")
        print(f"NOT AUDITED: the advisory service was not reached for {len(skipped)} packages ({few}), so nothing is "
              "known of them. Run `AUDIT=required python -m tests.audit` where it can be reached.")
    return 1 if found or (skipped and os.environ.get("AUDIT") == "required") else 0


if __name__ == "__main__":
    sys.exit(main())
