"""What is measured: W1 to W6 of the performance notes."""

from dataclasses import dataclass

from .payloads import ITEM_CHECKS


@dataclass(frozen=True)
class Scale:
    """How much of everything; `SMOKE` is for tests."""

    sequential: int = 10_000
    sequential_tls: int = 1_000
    collections: int = 1_000
    per_collection: int = 10
    lanes: int = 8
    slow: int = 1_000
    slow_lanes: tuple = (64, 256)
    many: int = 100_000
    medium: int = 1_000
    calls: int = 100
    blob_size: int = 100 << 20
    large_size: int = 10 << 20
    medium_size: int = 100_000


FULL = Scale()
SMOKE = Scale(
    sequential=60, sequential_tls=20, collections=12, per_collection=5, lanes=4, slow=24, slow_lanes=(8,), many=300,
    medium=5, calls=10, blob_size=2 << 20, large_size=400_000, medium_size=20_000)


@dataclass(frozen=True)
class Workload:
    """`collections` files of `requests` requests each to one path (the first `extra` files hold one more), `lanes` files
    at a time."""

    id: str
    title: str
    path: str
    checks: tuple = ITEM_CHECKS
    collections: int = 1
    requests: int = 1
    extra: int = 0
    lanes: int = 1
    tls: bool = False
    token: bool = False
    status_only: bool = False
    written_out: bool = False  #: the checks stand in every request instead of in `defaults`
    empty: bool = False  #: everything is skipped: what a run costs that sends nothing
    pinned: bool = True
    repeats: int = 1  #: runs per round, whose median counts
    metric: str = "time"  #: "time" is judged by its ratio to the limit, "memory" by the peak in MiB
    gate: float | None = None
    aim: float | None = None
    memory_gate: float | None = None  #: MiB, where both count
    memory_aim: float | None = None

    @property
    def calls(self):
        return self.collections * self.requests + self.extra

    @property
    def total(self):
        """What the server has to answer: the calls, and the token's."""
        return 0 if self.empty else self.calls + (1 if self.token else 0)

    def requests_of(self, number):
        """How many requests the file of that number holds."""
        return self.requests + (1 if number < self.extra else 0)

    @property
    def connections(self):
        """How many a run may open, from the fewest to the most: one per lane, and one more for the token.

        Where answers come at once, a lane may find another's connection idle before it ever opened one.
        """
        most = 0 if self.empty else min(self.lanes, self.collections)
        fewest = most if self.path == "/slow" else min(1, most)
        return range(fewest, most + (2 if self.token else 1))


def workloads(scale: Scale, files):
    s = scale
    parallel = dict(pinned=False)
    yield Workload("W1", "one request, start-up included", "/item", repeats=15, gate=2.0, aim=1.5)
    yield Workload("W1-", "nothing sent (everything skipped)", "/item", repeats=15, empty=True)
    yield Workload("W2", f"{s.sequential:,} sequential in one collection, one core", "/item", requests=s.sequential,
                   gate=3, aim=1.5)
    yield Workload("W2w", f"{s.sequential:,} sequential, the checks written out in each", "/item",
                   requests=s.sequential, written_out=True)
    yield Workload("W2s", f"{s.sequential_tls:,} sequential over https", "/item", requests=s.sequential_tls, tls=True,
                   gate=3.5, aim=1.5)
    yield Workload("W3", f"{s.collections:,} collections × {s.per_collection}, {s.lanes} at a time", "/item",
                   collections=s.collections, requests=s.per_collection, lanes=s.lanes, gate=4, aim=2, **parallel)
    yield Workload("W3s", "the same over https", "/item", collections=s.collections, requests=s.per_collection,
                   lanes=s.lanes, tls=True, gate=3.5, aim=2, **parallel)
    bars = {64: (1.15, 1.05), 256: (2.5, 1.3)}
    for lanes in s.slow_lanes:
        gate, aim = bars.get(lanes, (None, None))
        each, extra = divmod(s.slow, lanes)
        yield Workload(f"W4-{lanes}", f"{s.slow:,} requests of 20 ms, {lanes} at a time", "/slow", collections=lanes,
                       requests=each, extra=extra, lanes=lanes, gate=gate, aim=aim, **parallel)
    lanes = s.slow_lanes[0]
    yield Workload(f"W4f-{lanes}", f"the same, {lanes} at a time, in a file each", "/slow", collections=s.slow,
                   lanes=lanes, **parallel)
    yield Workload("W5a", f"peak memory, {s.many:,} requests in one collection", "/item", requests=s.many,
                   metric="memory", gate=300, aim=100)
    yield Workload("W5b", f"{s.blob_size >> 20} MiB body, status only, peak memory", files.blob, status_only=True,
                   metric="memory", gate=30, aim=20)
    yield Workload("W5c", "one 10 MiB JSON body, four checks", files.large, files.large_checks, gate=8, aim=4,
                   memory_gate=90, memory_aim=60)
    yield Workload("W5d", f"{s.medium:,} JSON bodies of 100 kB", files.medium, files.medium_checks, requests=s.medium,
                   gate=7, aim=4)
    yield Workload("W6", f"token by POST, then {s.calls} calls with it", "/private", requests=s.calls, token=True,
                   repeats=9, gate=2.5, aim=1.5)
