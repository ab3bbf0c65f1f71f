"""A workload as Hurl and k6 want it."""

import json
from pathlib import Path


def write_hurl(workload, server, folder: Path):
    base = server.tls_url if workload.tls else server.url
    asserts = ""
    if not workload.status_only:
        lines = ['header "Content-Type" contains "application/json"']
        lines += [f'jsonpath "$.{check.path}" == {check.value}' for check in workload.checks]
        asserts = "[Asserts]\n" + "\n".join(lines) + "\n"
    header = "Authorization: Bearer {{token}}\n" if workload.token else ""
    entry = f"GET {base}{workload.path}\n{header}HTTP 200\n{asserts}\n"
    login = ""
    if workload.token:
        login = (
            f"POST {base}/token\n[Form]\ngrant_type: password\nusername: bench\npassword: bench-password\n"
            'HTTP 200\n[Captures]\ntoken: jsonpath "$.access_token"\n\n')
    files = folder / "hurl"
    files.mkdir(exist_ok=True)
    for number in range(workload.collections):
        (files / f"c{number:05}.hurl").write_text(login + entry * workload.requests_of(number))
    return [str(files)]


K6_SCRIPT = """
import http from 'k6/http';
import { check } from 'k6';

const job = %s;

export const options = {
    vus: job.lanes, iterations: job.iterations, insecureSkipTLSVerify: job.tls, discardResponseBodies: job.statusOnly,
    thresholds: { checks: ['rate==1.0'] },
};

export function setup() {
    if (!job.token) return {};
    const form = { grant_type: 'password', username: 'bench', password: 'bench-password' };
    return { token: http.post(job.token, form).json('access_token') };
}

export default function (data) {
    const parameters = data.token ? { headers: { Authorization: `Bearer ${data.token}` } } : {};
    const answer = http.get(job.url, parameters);
    const checks = { status: (r) => r.status === 200 };
    if (!job.statusOnly) {
        checks.type = (r) => r.headers['Content-Type'].startsWith('application/json');
        for (const c of job.checks) checks[c.path] = (r) => r.json(c.path) === c.value;
    }
    check(answer, checks);
}
"""


def write_k6(workload, server, folder: Path):
    base = server.tls_url if workload.tls else server.url
    job = {
        "url": base + workload.path, "lanes": workload.lanes, "iterations": workload.calls,
        "tls": workload.tls, "statusOnly": workload.status_only,
        "token": f"{base}/token" if workload.token else None,
        # k6 writes an index as a member name: items.7.id
        "checks": [{"path": check.path.replace("[", ".").replace("]", ""), "value": json.loads(check.value)}
                   for check in workload.checks],
    }
    script = folder / "bench.js"
    script.write_text(K6_SCRIPT % json.dumps(job))
    return script
