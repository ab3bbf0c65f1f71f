"""One run of one program: time, CPU, peak memory, and what the server counted meanwhile."""

import os
import statistics
import subprocess
from dataclasses import dataclass, replace
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


class Launcher:
    """Runs commands through `limit/launch.c`, on this process's cores."""

    def __init__(self, program: Path, server, log: Path):
        self._program = str(program)
        self._server = server
        self._log = log

    def run(self, command):
        for path in command.fresh:
            Path(path).unlink(missing_ok=True)
        done = subprocess.run(
            [self._program, str(self._log), *command.arguments], cwd=command.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, check=True, env={**os.environ, **(command.environment or {})})
        seconds, cpu, peak, status = done.stdout.split()
        code = os.waitstatus_to_exitcode(int(status))
        output = self._log.read_text(errors="replace") if code else ""
        return Sample(float(seconds), float(cpu), int(peak), code, output)

    def counted(self, command):
        """A run together with the requests and connections that the server saw during it."""
        before = self._server.counters()
        sample = self.run(command)
        after = self._server.counters()
        return replace(
            sample, requests=after.requests - before.requests, connections=after.connections - before.connections)


def median(values):
    return statistics.median(values)


def spread(values):
    """Half the distance between the quartiles, relative to the median."""
    if len(values) < 4:
        return (max(values) - min(values)) / 2 / median(values)
    low, _, high = statistics.quantiles(values, n=4)
    return (high - low) / 2 / median(values)
