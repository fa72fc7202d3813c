"""What the server counts, in the Prometheus text format."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ..store.live import Live
from ..store.pool import PooledStore
from .front import Front, Seen

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The counters of one server."""

    def __init__(self, live: Live, front: Front) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("policygraph_http_requests", "Requests answered.", ["status"], registry=self._registry)
        self._seconds = Histogram(
            "policygraph_http_request_seconds", "From request to answer.", registry=self._registry, buckets=_SECONDS
        )
        self._queries = Counter(
            "policygraph_queries",
            "Queries by what came of them: cache, run, the limit that was met, or the problem.",
            ["outcome"],
            registry=self._registry,
        )
        self._engine = Histogram(
            "policygraph_query_seconds", "Time of queries in workers.", registry=self._registry, buckets=_SECONDS
        )
        self._rows = Counter("policygraph_rows", "Solutions and triples sent.", registry=self._registry)
        self._children: dict[tuple[Counter, str], Counter] = {}  # labels() takes as long as all the rest
        self._registry.register(_Read(live, front))

    def count(self, seen: Seen, seconds: float) -> None:
        """Note one request."""
        self._count(self._requests, str(seen.status))
        self._seconds.observe(seconds)
        if seen.outcome:
            self._count(self._queries, seen.outcome)
        if seen.call.source == "run":
            self._engine.observe(seen.call.engine_seconds)
        if seen.call.rows and seen.status == 200:
            self._rows.inc(seen.call.rows)

    def _count(self, counter: Counter, label: str) -> None:
        child = self._children.get((counter, label))
        if child is None:
            child = self._children[counter, label] = counter.labels(label)
        child.inc()

    def page(self) -> bytes:
        """All of it, as CONTENT_TYPE."""
        return generate_latest(self._registry)


class _Read(Collector):
    """What is read off the store and the front at the moment of asking."""

    def __init__(self, live: Live, front: Front) -> None:
        self._live = live
        self._front = front

    def collect(self) -> Iterator[Metric]:
        live, store = self._live, self._live.store()
        again = CounterMetricFamily(
            "policygraph_repeated_requests", "Requests answered before routing, in no other count.", labels=["status"]
        )
        for status, number in self._front.given.items():
            again.add_metric([str(status)], number)
        yield again
        yield _gauge("policygraph_front_bytes", "What the answers before routing weigh.", self._front.cache.bytes)
        yield _gauge("policygraph_snapshot_loaded_timestamp_seconds", "When the data were loaded.", live.since)
        yield _gauge("policygraph_snapshot_swaps", "Snapshots that took the place of another.", live.reloads)
        yield _gauge("policygraph_snapshot_failures", "Snapshots that could not be loaded.", live.failures)
        info = GaugeMetricFamily("policygraph_snapshot_info", "The digest of the data.", labels=["digest"])
        info.add_metric([store.digest], 1)
        yield info
        if not isinstance(store, PooledStore):
            return
        if len(store):
            yield _gauge("policygraph_quads", "Quads loaded.", len(store))
        yield _gauge("policygraph_queries_running", "Queries that run.", store.lanes.running)
        yield _gauge("policygraph_queries_waiting", "Queries that wait.", store.lanes.waiting)
        yield _gauge("policygraph_workers_idle", "Workers that wait for a query.", store.crew.idle)
        yield _gauge("policygraph_workers_replaced", "Workers ended and replaced.", store.crew.replaced)
        for name, cache in (("strangers", store.cache), ("pages", store.own.cache)):
            yield _gauge(f"policygraph_cache_{name}_bytes", "What the kept answers weigh.", cache.bytes)
            yield _gauge(f"policygraph_cache_{name}_hits", "Answers found in the cache.", cache.hits)
            yield _gauge(f"policygraph_cache_{name}_misses", "Answers not found in the cache.", cache.misses)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
