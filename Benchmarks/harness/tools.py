"""The programs that are compared, and how each is told to do a workload."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import peer_files, usher_files
from .measure import Command

SECRETS = {"BENCH_USERNAME": "bench", "BENCH_PASSWORD": "bench-password"}
NOBODY = {"NO_COLOR": "1", "CI": ""}


@dataclass(frozen=True)
class Tool:
    name: str
    path: str

    def command(self, workload, server, folder: Path):
        """Writes what the tool reads below `folder` and returns how to run it; None where it cannot do the workload."""
        folder.mkdir(parents=True, exist_ok=True)
        return getattr(self, f"_{self.name}")(workload, server, folder)

    #: Whether a run that opens more connections than lanes is a failure of the benchmark.
    @property
    def is_ours(self):
        return self.name in ("usher", "limit")

    def version(self):
        lines = subprocess.run([self.path, "--version"], capture_output=True, text=True, check=False).stdout.split("\n")
        return lines[0].strip()

    def _usher(self, workload, server, folder):
        usher_files.write(workload, server, folder)
        report = folder / "junit.xml"
        arguments = [self.path, "run", "collections", "--jobs", str(workload.lanes), "--junit", str(report)]
        if workload.tls:
            arguments += ["--cacert", str(server.certificate)]
        if workload.empty:
            arguments += ["--allow-empty"]
        if workload.token:
            # A token kept from the run before would save the request that the workload is about.
            arguments += ["--no-cache"]
        return Command(tuple(arguments), folder, (report,), {**NOBODY, **SECRETS})

    def _limit(self, workload, server, folder):
        base = server.tls_url if workload.tls else server.url
        report = folder / "junit.xml"
        arguments = [self.path, "--url", base + workload.path, "--junit", str(report),
                     "--count", str(workload.calls), "--parallel", str(workload.lanes)]
        if workload.empty:
            return None
        if workload.tls:
            arguments += ["--cacert", str(server.certificate)]
        if workload.token:
            arguments += ["--token-url", f"{base}/token"]
        if workload.status_only:
            arguments += ["--status-only"]
        else:
            for check in workload.checks:
                arguments += ["--path", check.path, "--value", check.value]
        return Command(tuple(arguments), folder, (report,))

    def _hurl(self, workload, server, folder):
        if workload.empty:
            return None
        paths = peer_files.write_hurl(workload, server, folder)
        report = folder / "junit.xml"
        arguments = [self.path, "--test", "--jobs", str(workload.lanes), "--report-junit", str(report)]
        if workload.lanes > 1:
            arguments += ["--parallel"]
        if workload.tls:
            arguments += ["--cacert", str(server.certificate)]
        return Command(tuple(arguments + paths), folder, (report,))

    def _k6(self, workload, server, folder):
        if workload.empty:
            return None
        script = peer_files.write_k6(workload, server, folder)
        arguments = [self.path, "run", "--quiet", "--no-usage-report", str(script)]
        return Command(tuple(arguments), folder)


def find(usher, limit):
    """Usher, the limit, and the peers that are installed."""
    tools = [Tool("limit", str(limit)), Tool("usher", str(usher))]
    tools += [Tool(name, path) for name in ("hurl", "k6") if (path := shutil.which(name))]
    return tools


def build_programs(folder: Path):
    """Compiles the limit and the launcher with the system's compiler; the paths of both."""
    source = Path(__file__).parent.parent / "limit"
    compiler = shutil.which("cc") or shutil.which("clang") or "cc"
    flags = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE"]
    parts = {"limit": ["limit.c", "json_scan.c"], "launch": ["launch.c"]}
    for name, files in parts.items():
        paths = [str(source / file) for file in files]
        subprocess.run([compiler, *flags, "-o", str(folder / name), *paths, "-lcurl"], check=True)
    return folder / "limit", folder / "launch"
