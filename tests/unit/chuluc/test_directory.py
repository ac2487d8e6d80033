"""The directory of a run: held by one `up`, readable only by its owner where it must be, whole at any time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from chuluc.directory import Directory, OperatorError, Run

RUN = Run(
    pid=os.getpid(),
    profile="embedded",
    kafka="127.0.0.1:1",
    mongo="mongodb://127.0.0.1:2/",
    http={"scoring": "http://127.0.0.1:3"},
    pids={"scoring": 4},
    logs="/tmp/none",
    control=5,
    ready_seconds=5.5,
    own_engines=True,
)


def test_directory_in_use_is_refused_with_the_holder(tmp_path: Path) -> None:
    first = Directory(tmp_path)
    first.hold()
    with pytest.raises(OperatorError, match=f"process {os.getpid()}"):
        Directory(tmp_path).hold()
    first.release()
    Directory(tmp_path).hold()


def test_directory_of_a_killed_up_is_free(tmp_path: Path) -> None:
    code = f"""
import os
from pathlib import Path
from chuluc.directory import Directory
Directory(Path({str(tmp_path)!r})).hold()
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    Directory(tmp_path).hold()
    assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_token_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    token = Directory(tmp_path).token()
    assert len(token) >= 32
    assert Directory(tmp_path).token() == token
    assert (tmp_path / "operator-token").stat().st_mode & 0o777 == 0o600


def test_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    Directory(tmp_path).write_run(RUN)
    assert Directory(tmp_path).read_run() == RUN
    assert [file.name for file in tmp_path.iterdir()] == ["run.json"]


def test_run_of_a_process_that_is_gone_is_no_run(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    Directory(tmp_path).write_run(RUN.model_copy(update={"pid": gone.pid}))
    with pytest.raises(OperatorError, match="Nothing runs from"):
        Directory(tmp_path).read_run()


def test_steps_played_are_kept_by_scenario(tmp_path: Path) -> None:
    directory = Directory(tmp_path)
    assert directory.steps_played("2021") == 0
    directory.note_played("2021", 7)
    directory.note_played("other", 3)
    assert (Directory(tmp_path).steps_played("2021"), directory.steps_played("other")) == (7, 3)
