"""The bodies that the server answers with, and the two JSON values that are checked in each."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Check:
    """A path without its `$.`, as the limit wants it, and the JSON text of the value expected there."""

    path: str
    value: str


def order(number):
    return {
        "id": number, "type": "order",
        "attributes": {
            "state": "active", "createdAt": "2024-05-01T09:30:00Z", "total": 129.9, "currency": "EUR",
            "customer": {"id": f"c-{number}", "name": "Zoë Lovelace", "tags": ["new", "eu"]},
            "lines": [{"sku": "A-1", "count": 2}, {"sku": "B-7", "count": 1}],
        },
        "links": {"self": f"/v1/orders/{number}"},
    }


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


#: About 360 bytes of nested JSON.
ITEM = text({"data": order(1042), "meta": {"page": 1, "complete": True}})
ITEM_CHECKS = (Check("data.id", "1042"), Check("data.attributes.state", '"active"'))


def listing(size):
    """A list of orders of at most `size` bytes, as near to it as whole orders allow, and its checks."""
    frame = len(text({"items": [], "meta": {"page": 1, "total": 10**7}}))
    items, used, number = [], frame, 0
    while True:
        item = order(number)
        used += len(text(item).encode()) + 1
        if used > size:
            break
        items.append(item)
        number += 1
    body = text({"items": items, "meta": {"page": 1, "total": number}})
    middle = number // 2
    return body, (Check(f"items[{middle}].id", str(middle)), Check("meta.total", str(number)))


@dataclass(frozen=True)
class Files:
    """Bodies served from files: a name each, and the checks of the JSON ones."""

    blob: str
    large: str
    large_checks: tuple
    medium: str
    medium_checks: tuple


def write_files(folder: Path, blob_size, large_size, medium_size):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "blob.bin", "wb") as blob:
        blob.truncate(blob_size)
    large, large_checks = listing(large_size)
    medium, medium_checks = listing(medium_size)
    (folder / "large.json").write_text(large, encoding="utf-8")
    (folder / "medium.json").write_text(medium, encoding="utf-8")
    return Files("/files/blob.bin", "/files/large.json", large_checks, "/files/medium.json", medium_checks)
