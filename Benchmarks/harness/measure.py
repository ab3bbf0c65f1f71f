"""One run of one program: time, CPU, peak memory, and what the server counted meanwhile."""

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A program to run, from `folder`; its output goes to a file that is only looked at where it fails."""

    arguments: tuple
    folder: Path
    #: Files that must not be there before a run: reports that some tools append to.
    fresh: tuple = ()
    environment: dict | None = None


@dataclass(frozen=True)
class Sample:
    seconds: float
    cpu: float
    peak: int  #: bytes
    exit_code: int
    output: str
    requests: int = 0
    connections: int = 0


class Placement:
    """Which cores the client runs on, and the server: both on one for the sequential figures, else anywhere."""

    def __init__(self, server, pinned):
        everywhere = os.sched_getaffinity(0)
        self.cores = {max(everywhere)} if pinned else everywhere
        self._everywhere = everywhere
        self._server = server

    def __enter__(self):
        self._server.pin(self.cores)
        os.sched_setaffinity(0, self.cores)

    def __exit__(self, *_):
        os.sched_setaffinity(0, self._everywhere)
        self._server.pin(self._everywhere)


def run(command, log: Path):
    """Spawns the program (it inherits this process's cores) and waits for it."""
    for path in command.fresh:
        Path(path).unlink(missing_ok=True)
    environment = {**os.environ, **(command.environment or {})}
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    before = os.getcwd()
    os.chdir(command.folder)
    try:
        start = time.perf_counter()
        pid = os.posix_spawn(command.arguments[0], command.arguments, environment, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - start
    finally:
        os.chdir(before)
    code = os.waitstatus_to_exitcode(status)
    output = log.read_text(errors="replace") if code else ""
    return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, code, output)


def counted(command, server, log):
    """A run together with the requests and connections that the server saw during it."""
    before = server.counters()
    sample = run(command, log)
    after = server.counters()
    return Sample(
        **{**sample.__dict__, "requests": after.requests - before.requests,
           "connections": after.connections - before.connections})


def median(values):
    return statistics.median(values)


def spread(values):
    """Half the distance between the quartiles, relative to the median."""
    if len(values) < 4:
        return (max(values) - min(values)) / 2 / median(values)
    low, _, high = statistics.quantiles(values, n=4)
    return (high - low) / 2 / median(values)
