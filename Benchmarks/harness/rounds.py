"""Runs one workload with every tool, round by round, and checks each run against the server's counters."""

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .measure import Launcher, Placement, median, spread


@dataclass
class Result:
    """What one tool did in one workload: one value per round."""

    tool: str
    seconds: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    peaks: list = field(default_factory=list)
    connections: int = 0


@dataclass
class Outcome:
    workload: object
    results: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)

    def ratios(self, tool):
        """Against the limit of the same round."""
        limit = self.results.get("limit")
        mine = self.results.get(tool)
        if not limit or not mine:
            return []
        return [a / b for a, b in zip(mine.seconds, limit.seconds)]

    def ratio(self, tool):
        ratios = self.ratios(tool)
        return median(ratios) if ratios else None

    def peak(self, tool):
        """In MiB."""
        return max(self.results[tool].peaks) / 2**20 if tool in self.results else None

    def time(self, tool):
        return median(self.results[tool].seconds)

    def spread(self, tool):
        return spread(self.results[tool].seconds)


class Bench:
    def __init__(self, tools, launcher: Launcher, server, folder: Path, rounds):
        self.tools = tools
        self.launcher = launcher
        self.server = server
        self.folder = folder
        self.rounds = rounds

    def run(self, workload):
        outcome = Outcome(workload)
        commands = {}
        for tool in self.tools:
            command = tool.command(workload, self.server, self.folder / workload.id / tool.name)
            if command:
                commands[tool] = command
                outcome.results[tool.name] = Result(tool.name)
        with Placement(self.server, workload.pinned):
            for number in range(self.rounds):
                for tool, command in commands.items():
                    self._round(tool, command, workload, outcome)
                say(f"\r{workload.id}: round {number + 1} of {self.rounds} ")
        say("\r" + " " * 40 + "\r")
        shutil.rmtree(self.folder / workload.id, ignore_errors=True)
        return outcome

    def _round(self, tool, command, workload, outcome):
        samples = []
        for _ in range(workload.repeats):
            sample = self.launcher.counted(command)
            samples.append(sample)
            problem = verify(tool, workload, sample)
            if problem and problem not in outcome.problems:
                outcome.problems.append(problem)
        result = outcome.results[tool.name]
        result.seconds.append(median([s.seconds for s in samples]))
        result.cpu.append(median([s.cpu for s in samples]))
        result.peaks.append(max(s.peak for s in samples))
        result.connections = max(result.connections, *(s.connections for s in samples))


def verify(tool, workload, sample):
    """None where the run did what it was asked to do."""
    name = f"{workload.id}: {tool.name}"
    if sample.exit_code != 0:
        return f"{name} ended with {sample.exit_code}: {sample.output.strip()[-600:]}"
    # Peers may ask for the token once per file; what they send is only known where there is none.
    if sample.requests != workload.total and (tool.is_ours or not workload.token):
        return f"{name}: the server answered {sample.requests} requests, not {workload.total}"
    if tool.is_ours and sample.connections not in workload.connections:
        return f"{name}: {sample.connections} connections were opened, not {workload.connections[-1]}"
    return None


def say(text):
    if sys.stderr.isatty():
        print(text, end="", file=sys.stderr, flush=True)
