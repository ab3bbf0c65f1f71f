"""The files of one workload as Usher wants them: collections and, for W6, a provider and an environment."""

import json
from pathlib import Path

PROVIDER = "bench-login"


def expectations(workload):
    expect = {"status": 200}
    if not workload.status_only:
        expect["headers"] = {"Content-Type": {"mediaType": "application/json"}}
        expect["json"] = {f"$.{check.path}": json.loads(check.value) for check in workload.checks}
    return expect


def collection(workload, number, base):
    expect = expectations(workload)
    document = {"name": f"bench {number}"}
    if workload.token:
        document["provider"] = PROVIDER
    else:
        document["variables"] = {"baseURL": base}
    if not workload.written_out:
        document["defaults"] = {"expect": expect}
    request = f"GET {workload.path}"
    document["requests"] = [
        {"name": f"r{n}", "request": request, **({"expect": expect} if workload.written_out else {}),
         **({"skip": "nothing is sent"} if workload.empty else {})}
        for n in range(workload.requests_of(number))
    ]
    return document


def write(workload, server, folder: Path):
    base = server.tls_url if workload.tls else server.url
    collections = folder / "collections"
    collections.mkdir(parents=True, exist_ok=True)
    (folder / "usher.json").write_text("{}\n")
    for number in range(workload.collections):
        text = json.dumps(collection(workload, number, base), indent=None)
        (collections / f"c{number:05}.json").write_text(text)
    if workload.token:
        write_identity(base, folder)


def write_identity(base, folder):
    provider = {
        "id": PROVIDER, "name": "Benchmark login",
        "description": "A token by a form POST, as a bearer in the Authorization header.",
        "secrets": {"username": {"help": "The user."}, "password": {"help": "The password."}},
        "baseURL": base,
        "auth": {
            "type": "token", "grant": "login",
            "request": {"url": f"{base}/token", "format": "form",
                        "body": {"grant_type": "password", "username": "{{secret.username}}",
                                 "password": "{{secret.password}}"}},
            "response": {"token": "/access_token", "type": {"at": "/token_type"},
                         "expiry": {"at": "/expires_in", "unit": "s"}},
        },
    }
    environment = {
        "name": "bench",
        "identities": {PROVIDER: {"provider": PROVIDER, "secrets": {
            "username": {"env": "BENCH_USERNAME"}, "password": {"env": "BENCH_PASSWORD"}}}},
    }
    for name, value in (("providers/bench-login", provider), ("environments/bench", environment)):
        path = folder / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, indent=2))
