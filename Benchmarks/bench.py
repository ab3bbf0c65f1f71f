#!/usr/bin/env python3
"""Measures Usher's built binary beside the limit and its peers, against nginx on loopback.

    bench.py                         everything, and docs/performance.md is brought up to date
    bench.py --only W1,W3 --rounds 9 some of it, printed only
    bench.py --smoke                 few requests, no timing: what the tests run
    bench.py --counts                instructions and bytes allocated per request (valgrind)
    bench.py --micro                 MB/s of single parts
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the tree stays clean

from harness import counts, extras, micro, report, tools
from harness.measure import Launcher
from harness.rounds import Bench
from harness.server import Server, ServerError
from harness.payloads import write_files
from harness.workloads import FULL, SMOKE, workloads

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / "docs" / "performance.md"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--usher", type=Path, help="the binary (default: the release build, for --smoke the debug one)")
    parser.add_argument("--only", default="", metavar="W1,W3", help="workloads, by id or its beginning")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--counts", action="store_true")
    parser.add_argument("--micro", action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    if options.micro:
        return keep("micro", micro.run(ROOT), fenced=True)
    build = "debug" if options.smoke else "release"
    usher = (options.usher or ROOT / ".build" / build / "usher").resolve()
    if not usher.exists():
        return fail(f"there is no {usher}; 'make {'build' if options.smoke else 'release'}' builds it")
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as name:
        folder = Path(name)
        scale = SMOKE if options.smoke else FULL
        try:
            with Server(folder / "server") as server:
                files = write_files(server.folder / "files", scale.blob_size, scale.large_size, scale.medium_size)
                limit, launch = tools.build_programs(folder)
                all_tools = tools.find(usher, limit)
                launcher = Launcher(launch, server, folder / "output.txt")
                every = list(workloads(scale, files))
                chosen = choose(every, options.only)
                if not chosen:
                    return fail(f"there is no workload '{options.only}'; there are: " + " ".join(w.id for w in every))
                if options.counts:
                    return keep("counts", counts.run(all_tools, server, folder))
                if options.smoke:
                    return smoke(Bench(all_tools[:2], launcher, server, folder, 1), chosen)
                return measure(options, Bench(all_tools, launcher, server, folder, options.rounds), chosen, every[0])
        except ServerError as error:
            return fail(str(error))


def choose(every, only):
    wanted = [name.strip().upper() for name in only.split(",") if name.strip()]
    return [w for w in every if not wanted or any(w.id.upper().startswith(name) for name in wanted)]


def smoke(bench, chosen):
    """Whether everything was asked for and answered, over as few connections as promised. Nothing about time."""
    problems = []
    for workload in chosen:
        problems += bench.run(workload).problems
    for problem in problems:
        print(f"bench: {problem}", file=sys.stderr)
    print(f"bench: {len(chosen)} workloads, {len(problems)} problems")
    return 1 if problems else 0


def measure(options, bench, chosen, one_request):
    outcomes = []
    for workload in chosen:
        outcomes.append(bench.run(workload))
        print(report.table(outcomes[-1:]).split("\n")[2], flush=True)
        for problem in outcomes[-1].problems:
            print(f"  wrong: {problem}", flush=True)
    text = "\n\n".join([report.machine(bench.tools), report.table(outcomes), report.details(outcomes),
                        cross_checks(bench, one_request)])
    print("\n" + text)
    if not options.only:
        report.write(NOTES, "results", text)
    return 1 if any(outcome.problems for outcome in outcomes) else 0


def cross_checks(bench, one_request):
    """What wrk and hyperfine say, where they are installed."""
    lines = []
    if (ceiling := extras.server_ceiling(bench.server, 8)) is not None:
        lines.append(f"- wrk, 8 connections: the server answers {ceiling:,.0f} requests a second")
    commands = {tool.name: tool.command(one_request, bench.server, bench.folder / "hyperfine" / tool.name)
                for tool in bench.tools}
    if times := extras.start_up(commands, bench.folder):
        lines.append("- hyperfine, W1: " + ", ".join(f"{name} {ms:.1f} ms" for name, ms in times.items()))
    return "\n".join(lines)


def keep(section, text, fenced=False):
    """Prints a table and puts it into the notes; None is a failure that was explained."""
    if text is None:
        return 2
    print(text)
    report.write(NOTES, section, f"```\n{text}\n```" if fenced else text)
    return 0


def fail(sentence):
    print(f"bench: {sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
