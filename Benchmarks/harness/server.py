"""nginx on loopback: started, asked for its counters, ended."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from . import payloads

TOKEN = "bench-token-0123456789abcdef"
ECHO_MODULES = (
    "/usr/lib/nginx/modules/ngx_http_echo_module.so",
    "/usr/share/nginx/modules/ngx_http_echo_module.so",
)


class ServerError(Exception):
    pass


@dataclass(frozen=True)
class Counters:
    """What the server has seen since it started."""

    connections: int
    requests: int


class Server:
    """One nginx with one worker in a folder of its own. Use it as a context manager."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port, self.tls_port, self.status_port = free_ports(3)
        self.certificate = folder / "server.pem"
        self._process = None
        self._status = None

    def __enter__(self):
        for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi", "files"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        make_certificate(self.folder)
        config = self.folder / "bench.conf"
        config.write_text(self._config())
        self._process = subprocess.Popen(
            [nginx_path(), "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c", str(config)],
            stdin=subprocess.DEVNULL)
        try:
            self._wait_until_up()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self._status:
            self._status.close()
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(10)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def tls_url(self):
        return f"https://127.0.0.1:{self.tls_port}"

    def counters(self):
        """Asks over one connection that stays, and leaves out what the asking itself adds."""
        self._status.request("GET", "/status")
        text = self._status.getresponse().read().decode()
        accepted, _, requests = (int(n) for n in re.search(r"\n\s*(\d+) (\d+) (\d+)", text).groups())
        self._asked += 1
        return Counters(accepted - 1, requests - self._asked)

    def pin(self, cores):
        """Puts the worker on these cores."""
        for pid in self._workers():
            os.sched_setaffinity(pid, cores)

    def cpu_seconds(self):
        """CPU time of the worker so far."""
        ticks = 0
        for pid in self._workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _workers(self):
        pid = self._process.pid
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def _config(self):
        template = (Path(__file__).parent.parent / "nginx" / "bench.conf").read_text()
        values = {
            # Root's workers would become "nobody", who cannot read this folder.
            "USER": "user root;" if os.geteuid() == 0 else "",
            "ECHO_MODULE": echo_module(), "FOLDER": self.folder, "PORT": self.port, "TLS_PORT": self.tls_port,
            "STATUS_PORT": self.status_port, "ITEM": payloads.ITEM, "TOKEN": TOKEN,
        }
        for name, value in values.items():
            template = template.replace(f"@{name}@", str(value))
        return template

    def _wait_until_up(self):
        self._asked = 0
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise ServerError("nginx did not start: " + (self.folder / "error.log").read_text())
            try:
                self._status = http.client.HTTPConnection("127.0.0.1", self.status_port, timeout=10)
                self.counters()
                return
            except ConnectionError:
                time.sleep(0.02)
        raise ServerError("nginx did not answer within 10 s")


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def make_certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=usher-bench", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
         "-keyout", str(folder / "server.key"), "-out", str(folder / "server.pem")],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def nginx_path():
    path = shutil.which("nginx") or ("/usr/sbin/nginx" if os.access("/usr/sbin/nginx", os.X_OK) else None)
    if not path:
        raise ServerError("there is no nginx; 'scripts/setup bench' installs it")
    return path


def echo_module():
    for path in ECHO_MODULES:
        if os.path.exists(path):
            return path
    raise ServerError("nginx has no echo module (libnginx-mod-http-echo); 'scripts/setup bench' installs it")
