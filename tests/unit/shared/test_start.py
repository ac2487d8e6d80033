"""What a service does before it is ready: it imports no library that only few pages need, and collects no garbage meanwhile."""

import json
import subprocess
import sys

import pytest

SETTINGS = {"KAFKA__BOOTSTRAP_SERVERS": "127.0.0.1:1", "MONGO__URI": "mongodb://127.0.0.1:1/", "OPERATOR_TOKEN": "t" * 40}
LOOK = """
import gc, json, sys
from {service}.cli import main
before, loaded = gc.isenabled(), sorted({{"httpx", "xlsxwriter"}} & sys.modules.keys())
sys.argv, sys.stdout = ["{service}", "check"], sys.stderr
main()
print(json.dumps([before, gc.isenabled(), loaded]), file=sys.__stdout__, flush=True)
"""


@pytest.mark.parametrize("service", ["applications", "scoring", "support", "reporting"])
def test_service_imports_little_and_collects_only_once_it_runs(service: str) -> None:
    asked = [sys.executable, "-c", LOOK.format(service=service)]
    said = subprocess.run(asked, env=SETTINGS, capture_output=True, text=True, check=False)
    assert (said.returncode, json.loads(said.stdout or "null")) == (0, [False, True, []]), said.stderr
