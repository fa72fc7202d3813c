"""How fast a collection grows: seeded synthetic documents (synthetic.py) through every stage, and through the command.

python bench/collection.py stages [DOCUMENTS [CHARACTERS]]   one core, from text to N-Quads with closure, by stage
python bench/collection.py texts FOLDER                      the same for the .txt files of a folder, three times over
python bench/collection.py add DOCUMENTS [WORKERS]           `policygraph add` of so many, then of one more; memory
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from synthetic import document, length

MIB = 1 << 20
STAGES = ("read", "parse", "emit", "infer", "write", "check")


def stages(count: int = 200, characters: int = 6000) -> None:
    """The first ten documents warm up and are not counted."""
    _stages([document(seed, characters).encode() for seed in range(count + 10)], 10)


def texts(folder: str) -> None:
    """The first time over warms up and is not counted."""
    found = [path.read_bytes() for path in sorted(Path(folder).glob("*.txt"))]
    _stages(found * 4, len(found))


def _stages(texts: list[bytes], warm: int) -> None:
    """Processor time, because that is what one core gives, of the stages that `collection.work.run` goes through."""
    from policygraph.collection.executors import prepare
    from policygraph.collection.work import parted, workshop
    from policygraph.compiler.emit import emit
    from policygraph.compiler.parse import parse
    from policygraph.compiler.read import read_bytes
    from policygraph.compiler.resolve import Names, document_id

    prepare()
    shop = workshop()
    spent: defaultdict[str, float] = defaultdict(float)
    signs = quads = size = 0
    for number, data in enumerate(texts):
        if number == warm:
            spent.clear()
            signs = quads = size = 0
        marks = [time.process_time()]
        source = read_bytes(data)
        marks.append(time.process_time())
        parsed = parse(source, shop.readers)
        marks.append(time.process_time())
        issuers = tuple(quote.value for quote in parsed.facts.get("passed_by", []))
        home = shop.registry.home(issuers, parsed.fact("title"), parsed.fact("documentNumber"))
        name = document_id(parsed)
        names = Names(shop.registry, home, document=name)
        names.bears(parsed.fact("title"), issuers[0] if issuers else "", name)
        triples = emit(parsed, name, names)
        marks.append(time.process_time())
        inferred = shop.rules.infer(triples.claims, shop.known)
        marks.append(time.process_time())
        written, _ = parted(name, triples, inferred, shop.known)
        marks.append(time.process_time())
        shop.shapes.check(triples, inferred, shop.known)
        marks.append(time.process_time())
        for stage, begun, ended in zip(STAGES, marks, marks[1:], strict=False):
            spent[stage] += ended - begun
        signs, quads, size = signs + len(source.text), quads + len(triples) + len(inferred), size + len(written)
    count = len(texts) - warm
    print(
        f"{count} documents, each of {signs // count:,} characters, {quads // count:,} quads, {size // count:,} bytes"
    )
    for stage, seconds in spent.items():
        print(f"  {stage:6} {seconds / count * 1000:6.1f} ms")
    checked = sum(spent.values())
    without = checked - spent["check"]
    print(f"{count / without:.0f} documents a second on one core, {count / checked:.0f} with the shapes checked")
    same = signs / 6000
    print(f"{same / without:.0f} and {same / checked:.0f} for each 6,000 characters")


def add(count: int, workers: int = 2) -> None:
    """The command itself, in a process of its own, on files; memory is the most that all its processes hold."""
    with tempfile.TemporaryDirectory() as place:
        texts, folder = Path(place) / "texts", Path(place) / "collection"
        texts.mkdir()
        for seed in range(count):
            (texts / f"{seed:06}.txt").write_text(document(seed, length(seed)), encoding="utf-8")
        signs = sum(len(p.read_text(encoding="utf-8")) for p in texts.iterdir())
        print(f"{count:,} documents, on average {signs // count:,} characters", flush=True)
        _command("all", count, texts, folder, workers)
        held = sum(p.stat().st_size for p in (folder / "documents").iterdir())
        store = sum(p.stat().st_size for p in (folder / "store" / "work").iterdir())
        print(f"  files {held // MIB:,} MiB, store {store // MIB:,} MiB")
        one = texts / "one-more.txt"
        one.write_text(document(10**6, 6000), encoding="utf-8")
        _command("one more", 1, one, folder, workers)
        one.write_text(one.read_text(encoding="utf-8").replace("推进", "加快推进"), encoding="utf-8")
        _command("the same, changed", 1, one, folder, workers)
        _command("the same, unchanged", 1, one, folder, workers)


def _command(what: str, count: int, paths: Path, folder: Path, workers: int) -> None:
    command = [sys.executable, "-m", "policygraph.cli", "add", str(paths), "--collection", str(folder)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    peaks = _watch(process)
    output = (process.communicate()[0] or b"").decode().strip()
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rate = f", {count / wall:.1f} documents a second" if count > 1 else ""
    print(f"{what}: {wall:.2f} s, {busy:.2f} s of processor time{rate}; {output}")
    if count > 1:
        print("  most memory in each tenth of the time, MiB: " + " ".join(f"{p:,}" for p in peaks()), flush=True)


def _watch(process: subprocess.Popen[bytes]):  # type: ignore[no-untyped-def]
    """Samples the memory of a command and its workers until it ends; the function returned tells the most by tenths."""
    seen: list[int] = []

    def look() -> None:
        while process.poll() is None:
            seen.append(sum(_resident(pid) for pid in [process.pid, *_children(process.pid)]))
            time.sleep(0.2)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()

    def peaks() -> list[int]:
        thread.join()
        step = max(1, len(seen) // 10)
        return [max(seen[i : i + step]) // MIB for i in range(0, len(seen), step)][:10]

    return peaks


def _children(pid: int) -> list[int]:
    try:
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    words: list[Any] = [int(word) if word.isdecimal() else word for word in sys.argv[2:]]
    {"stages": stages, "texts": texts, "add": add}[sys.argv[1]](*words)
