"""Instructions and bytes allocated per request, by valgrind: the difference between a run of 1,000 requests and one of
100, so that start-up is left out. These figures do not depend on how busy the machine is."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .payloads import ITEM_CHECKS
from .workloads import Workload

FEW, MANY = 100, 1000


def run(tools, server, folder: Path):
    """A Markdown table; None where there is no valgrind."""
    if not shutil.which("valgrind"):
        print("bench: there is no valgrind; 'scripts/setup bench' installs it", file=sys.stderr)
        return None
    lines = ["| per request | instructions | bytes allocated | allocations | start and end: instructions |",
             "|---|--:|--:|--:|--:|"]
    for tool in tools:
        if not tool.is_ours:
            continue
        measured = [measure(tool, server, folder, count) for count in (FEW, MANY)]
        each = [(many - few) / (MANY - FEW) for few, many in zip(*measured)]
        rest = measured[0][0] - each[0] * FEW
        lines.append(
            f"| {tool.name} | {each[0]:,.0f} | {each[1]:,.0f} | {each[2]:,.1f} | {rest / 1e6:,.1f} million |")
    return "\n".join(lines)


def measure(tool, server, folder, count):
    """Instructions, bytes and blocks of one run of `count` requests."""
    workload = Workload(f"counts-{count}", "", "/item", ITEM_CHECKS, requests=count)
    command = tool.command(workload, server, folder / workload.id / tool.name)
    nothing = folder / "valgrind.out"
    calls = valgrind(command, "--tool=callgrind", f"--callgrind-out-file={nothing}")
    heap = valgrind(command, "--tool=dhat", f"--dhat-out-file={nothing}")
    instructions = number(r"Collected : ([\d,]+)", calls)
    return instructions, number(r"Total:\s+([\d,]+) bytes", heap), number(r"Total:.* in ([\d,]+) blocks", heap)


def valgrind(command, *options):
    for path in command.fresh:
        Path(path).unlink(missing_ok=True)
    done = subprocess.run(
        ["valgrind", *options, *command.arguments], cwd=command.folder, capture_output=True, text=True, check=False,
        env={**os.environ, **(command.environment or {})})
    if done.returncode != 0:
        raise SystemExit(f"bench: under valgrind it ended with {done.returncode}: {done.stderr[-800:]}")
    return done.stderr


def number(pattern, text):
    return int(re.search(pattern, text).group(1).replace(",", ""))
