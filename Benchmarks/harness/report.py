"""Prints what came out, and keeps it in docs/performance.md."""

import os
import platform
import re
import subprocess
from pathlib import Path


def row(outcome):
    """The cells of one workload."""
    w = outcome.workload
    limit = outcome.results.get("limit")
    cells = [w.id, w.title, seconds(outcome.time("limit")) if limit else "–", seconds(outcome.time("usher"))]
    ratio = outcome.ratio("usher")
    cells.append(f"{ratio:.2f}" if ratio else "–")
    cells.append(f"{outcome.peak('usher'):.0f}")
    cells.append(f"{outcome.peak('limit'):.0f}" if limit else "–")
    cells.append(peers(outcome))
    cells.append(bars(w))
    cells.append(verdict(outcome))
    return cells


def peers(outcome):
    found = [f"{name} {outcome.ratio(name):.1f}" for name in outcome.results if name not in ("usher", "limit")]
    return ", ".join(found) or "–"


def bars(w):
    if w.gate is None:
        return "–"
    unit = " MiB" if w.metric == "memory" else ""
    text = f"{w.gate:g} / {w.aim:g}{unit}"
    return text + (f"; {w.memory_gate:g} / {w.memory_aim:g} MiB" if w.memory_gate else "")


def verdict(outcome):
    w = outcome.workload
    if outcome.problems:
        return "wrong run"
    if w.gate is None:
        return "–"
    value = outcome.peak("usher") if w.metric == "memory" else outcome.ratio("usher")
    pairs = [(value, w.gate, w.aim)]
    if w.memory_gate:
        pairs.append((outcome.peak("usher"), w.memory_gate, w.memory_aim))
    if all(v <= aim for v, _, aim in pairs):
        return "aim"
    return "gate" if all(v <= gate for v, gate, _ in pairs) else "MISSED"


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


HEAD = ["", "workload", "limit", "Usher", "ratio", "Usher MiB", "limit MiB", "peers (ratio)", "gate / aim", "holds"]


def table(outcomes):
    """A Markdown table, aligned so that it also reads well on a terminal."""
    rows = [HEAD] + [row(o) for o in outcomes]
    widths = [max(len(r[i]) for r in rows) for i in range(len(HEAD))]
    lines = ["| " + " | ".join(c.ljust(n) for c, n in zip(r, widths)) + " |" for r in rows]
    lines.insert(1, "|" + "|".join("-" * (n + 2) for n in widths) + "|")
    return "\n".join(lines)


def details(outcomes):
    """Per workload: the ratio of each round, how far the times spread, and client CPU per request."""
    lines = []
    for o in outcomes:
        ratios = " ".join(f"{r:.2f}" for r in o.ratios("usher")) or "–"
        cpu = min(o.results["usher"].cpu) / max(1, o.workload.total) * 1e6
        lines.append(
            f"- {o.workload.id}: ratios per round {ratios}; spread ±{o.spread('usher') * 100:.0f} %; "
            f"client CPU {cpu:.0f} µs a request; {o.results['usher'].connections} connections")
    return "\n".join(lines)


def machine(tools):
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    lines = [
        f"- {model.group(1) if model else platform.machine()}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.release()}",
        f"- {first_line('nginx', '-v')}; {first_line('curl', '--version')}",
    ]
    lines += [f"- {tool.name}: {tool.version()}, {os.path.getsize(tool.path) / 2**20:.1f} MiB" for tool in tools
              if tool.name != "limit"]
    return "\n".join(lines)


def first_line(*command):
    environment = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    except FileNotFoundError:
        return f"{command[0]}: not installed"
    return (done.stdout + done.stderr).split("\n")[0]


def write(path: Path, section, text):
    """Replaces what stands between the markers of a section."""
    begin, end = f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
    before = path.read_text()
    start, stop = before.index(begin) + len(begin), before.index(end)
    path.write_text(before[:start] + "\n" + text + "\n" + before[stop:])
