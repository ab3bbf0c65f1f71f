"""MB/s of single parts: the Swift program `usher-microbench`, and simdjson beside it where its headers are installed."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .payloads import write_files, ITEM


def run(root: Path):
    """One line per measurement; None where the program does not build."""
    environment = {**os.environ, "USHER_BENCH": "1"}
    build = ["swift", "build", "-c", "release", "--product", "usher-microbench", "--static-swift-stdlib"]
    if subprocess.run(build, cwd=root, env=environment, check=False).returncode:
        print("bench: usher-microbench does not build", file=sys.stderr)
        return None
    with tempfile.TemporaryDirectory(prefix="usher-micro-") as name:
        folder = Path(name)
        write_files(folder, 0, 10 << 20, 100_000)
        (folder / "item.json").write_text(ITEM, encoding="utf-8")
        inputs = [str(folder / file) for file in ("item.json", "medium.json", "large.json")]
        programs = [root / ".build/release/usher-microbench", build_simdjson(root, folder)]
        lines = [subprocess.run([str(program), *inputs], check=True, stdout=subprocess.PIPE, text=True).stdout
                 for program in programs if program]
    return "".join(lines).rstrip()


def build_simdjson(root, folder):
    """None where there is no simdjson; it is compared with, not depended on."""
    compiler = shutil.which("c++") or shutil.which("clang++")
    if not compiler or not os.path.exists("/usr/include/simdjson.h"):
        print("bench: simdjson is not installed (libsimdjson-dev)", file=sys.stderr)
        return None
    output = folder / "simdjson-bench"
    subprocess.run(
        [compiler, "-O3", "-std=c++17", "-o", str(output), str(root / "Benchmarks/peers/simdjson.cpp"), "-lsimdjson"],
        check=True)
    return output
