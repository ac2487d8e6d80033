"""The Rust SecantusDB server: optional, for load figures. `make bench RUST=1` builds it once (about 4 minutes)."""

import os
import shutil
import subprocess
from pathlib import Path

from .engines import ROOT

HOME = ROOT / ".secantus-rs"
VERSION = "=0.5.3-beta.196"


def rust_server() -> Path | None:
    """The binary where it was built; built now where the environment says RUST=1; otherwise None."""
    binary = HOME / "bin" / "secantusd-rs"
    if not binary.exists() and os.environ.get("RUST") == "1":
        build()
    return binary if binary.exists() else None


def build() -> None:
    """Compile it with cargo. Its declared Rust version is newer than it needs, hence --ignore-rust-version."""
    if shutil.which("cargo") is None:
        raise RuntimeError("the Rust database server needs `cargo`; install Rust, or leave RUST=1 away")
    source = ["--ignore-rust-version", "secantus-mdb", "--version", VERSION]
    print("building the Rust database server, about 4 minutes …", flush=True)
    subprocess.run(["cargo", "install", *source, "--root", str(HOME)], check=True)
