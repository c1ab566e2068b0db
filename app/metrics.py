"""Counters and gauges in Prometheus' text format: sources are asked when somebody reads them."""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

TEXT = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
"""Seconds: an answer from memory, one that was made, a file, a picture."""

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MetricFamily:
    """One metric: its name, kind and help, and a number for each set of labels."""

    name: str
    kind: str
    help: str
    samples: Mapping[Labels, float]

    def lines(self) -> Iterable[str]:
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} {self.kind}"
        for labels, value in self.samples.items():
            yield line(self.name, labels, value)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How long things took: counts up to each bound, in all, and the sum of seconds."""

    name: str
    help: str
    samples: Mapping[Labels, "Durations"]

    def lines(self) -> Iterable[str]:
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} histogram"
        for labels, found in self.samples.items():
            total = 0
            for bound, count in zip((*BUCKETS, "+Inf"), found.counts, strict=True):
                total += count
                yield line(f"{self.name}_bucket", (*labels, ("le", str(bound))), total)
            yield line(f"{self.name}_sum", labels, found.sum)
            yield line(f"{self.name}_count", labels, total)


class Durations:
    """Seconds, counted by bucket."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BUCKETS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        self.sum += seconds
        self.counts[bisect_left(BUCKETS, seconds)] += 1


Source = Callable[[], Iterable[MetricFamily | Histogram]]


class Metrics:
    """All there is to read. Whoever has something to tell adds a source."""

    def __init__(self) -> None:
        self._sources: list[Source] = [process_families]

    def add(self, source: Source) -> None:
        self._sources.append(source)

    def text(self) -> str:
        found = [family for source in self._sources for family in source()]
        return "".join(f"{one}\n" for family in found for one in family.lines())


def gauge(
    name: str, help: str, value: float, labels: Mapping[str, str] | None = None
) -> MetricFamily:
    """A number of now."""
    return MetricFamily(name, "gauge", help, {tuple((labels or {}).items()): value})


def by_label(
    name: str, kind: str, help: str, label: str, values: Mapping[str, float]
) -> MetricFamily:  # fmt: skip
    """A number for each value of one label."""
    return MetricFamily(name, kind, help, {((label, one),): value for one, value in values.items()})


def line(name: str, labels: Labels, value: float) -> str:
    inside = ",".join(f'{key}="{escaped(text)}"' for key, text in labels)
    return f"{name}{{{inside}}} {value:.17g}" if inside else f"{name} {value:.17g}"


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


STARTED = time.time()


def process_families() -> Iterable[MetricFamily]:
    """What Prometheus expects of every process."""
    yield gauge("process_resident_memory_bytes", "Resident memory size in bytes", resident_bytes())
    yield MetricFamily(
        "process_cpu_seconds_total", "counter", "CPU time spent in seconds",
        {(): time.process_time()},
    )  # fmt: skip
    yield gauge("process_start_time_seconds", "Start time since the epoch in seconds", STARTED)


def resident_bytes() -> float:
    """Resident memory, where the system says it."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            found = next(one for one in file if one.startswith("VmRSS:"))
    except (OSError, StopIteration):
        return float("nan")
    return int(found.split()[1]) * 1024
