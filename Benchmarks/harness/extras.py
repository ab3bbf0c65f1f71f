"""Cross-checks by tools of others: wrk for what the server can do, hyperfine for start-up."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path


def server_ceiling(server, connections):
    """Requests a second that wrk gets out of the server; None where there is no wrk."""
    if not shutil.which("wrk"):
        return None
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", "-d2s", server.url + "/item"], capture_output=True, text=True, check=True)
    return float(re.search(r"Requests/sec:\s*([\d.]+)", done.stdout).group(1))


def start_up(commands, folder: Path):
    """Mean milliseconds per name, by hyperfine without a shell; empty where it is not installed."""
    if not shutil.which("hyperfine"):
        return {}
    result = {}
    for name, command in commands.items():
        export = folder / "hyperfine.json"
        subprocess.run(
            ["hyperfine", "-N", "--warmup", "5", "--runs", "60", "--export-json", str(export),
             shlex.join(command.arguments)],
            cwd=command.folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        result[name] = json.loads(export.read_text())["results"][0]["median"] * 1000
    return result
