"""Reading JSON into types from many threads at once, in a program that has read nothing yet."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from sync.protocol import HelloAnswer, OpTime
from zzdesk.typed import convert, read, reader

_PROGRAM = """
import sys, threading
import msgspec
import sync.client.answers as answers
import sync.protocol as protocol
from zzdesk.typed import read

sys.setswitchinterval(1e-6)
kinds = [protocol.HelloAnswer, answers.Pushed, answers.Pulled, protocol.PushRequest, protocol.PullRequest, protocol.Op]
start = threading.Barrier(32)

def go():
    start.wait()
    for kind in kinds:
        try:
            read(b'{"results": [], "scopes": [], "actor": {}}', kind)
        except msgspec.ValidationError:
            continue

threads = [threading.Thread(target=go) for _ in range(32)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("whole")
"""


@pytest.mark.parametrize("attempt", range(3))
def test_many_threads_that_read_their_first_message_together_end_nothing(attempt: int) -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "whole"), done.stderr[-2000:]


def test_what_was_worked_out_is_kept() -> None:
    assert reader(HelloAnswer) is reader(HelloAnswer)
    assert reader(list[str]) is reader(list[str])


def test_another_shape_is_refused() -> None:
    made = {"wall": "2026-11-26T09:00:00+08:00", "mono": 1, "boot": "b"}
    assert convert(made, OpTime) == read(msgspec.json.encode(made), OpTime) == OpTime(**made)
    for wrong in ({**made, "mono": "gestern"}, {}, []):
        with pytest.raises(msgspec.ValidationError):
            convert(wrong, OpTime)
        with pytest.raises(msgspec.ValidationError):
            read(msgspec.json.encode(wrong), OpTime)
