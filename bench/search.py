"""Search look-up against a plain scan, on the words of seeded synthetic documents.

python bench/search.py [DOCUMENTS]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from synthetic import document

from policygraph.textindex import Entry, TextIndex, fold

ASKED = ("养老托育", "商务厅", "数字经济", "2025", "旅游 收入", "量子纠缠")


def main(count: int = 1000) -> None:
    entries = [
        Entry(f"{seed}/{at}", "words", sentence)
        for seed in range(count)
        for at, sentence in enumerate(document(seed, 6000).split("。"))
    ]
    begun = time.perf_counter()
    index = TextIndex(entries, ["words"])
    print(f"{count:,} documents, {len(entries):,} sentences indexed in {time.perf_counter() - begun:.1f} s")
    plain = [fold(entry.words) for entry in entries]

    def scan(asked: str) -> int:
        words = [fold(word) for word in asked.split()]
        return sum(all(word in text for word in words) for text in plain)

    print(f"{'asked':<12}{'found':>9}{'index ms':>10}{'scan ms':>9}{'ratio':>8}")
    for asked in ASKED:
        found = index.find(asked, "words", 8)[1]
        assert found == scan(asked)
        fast, slow = median(lambda asked=asked: index.find(asked, "words", 8)), median(lambda asked=asked: scan(asked))
        print(f"{asked:<12}{found:>9,}{fast:>10.2f}{slow:>9.1f}{slow / fast:>8.1f}")


def median(work: Callable[[], object], rounds: int = 9) -> float:
    """Milliseconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
