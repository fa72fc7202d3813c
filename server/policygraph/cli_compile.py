"""Commands on one document: compile, extract, explain."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import resources
from .errors import InputError

if TYPE_CHECKING:
    from .compiler.read import Source
    from .graph.compiled import Compiled

FORMATS = {"turtle": ".ttl", "nquads": ".nq", "jsonld": ".jsonld", "json": ".json"}
EXCERPT = 40


def report(one: Compiled, notes: bool = True) -> None:
    """Findings on standard error: file:line:column: code: message, and the words that are meant."""
    from .compiler.model import NOTES

    text = one.source.text
    for finding in one.findings:
        if finding.code in NOTES and not notes:
            continue
        line, column = one.source.place(finding.span.start)
        click.echo(f"{one.source.name}:{line}:{column}: {finding.code}: {finding.message}", err=True)
        words = " ".join(text[finding.span.start : finding.span.end].split())
        if words:
            click.echo(f"    {words if len(words) <= EXCERPT else words[:EXCERPT] + '…'}", err=True)


def _summary(one: Compiled) -> None:
    from .compiler.coverage import coverage
    from .compiler.model import NOTES

    document, units = one.document, one.document.units
    counts = {
        "units": len(units),
        "assignments": sum(len(u.assignments) for u in units),
        "targets": len(document.targets) + sum(len(u.targets) for u in units),
        "goals": sum(len(u.goals) for u in units),
        "citations": len(document.citations) + sum(len(u.citations) for u in units),
        "warnings": sum(f.code not in NOTES for f in one.findings),
        "notes (--notes shows them)": sum(f.code in NOTES for f in one.findings),
    }
    share = coverage(document)[""]
    unread = sum(leaf.span.end - leaf.span.start for leaf in document.leaves if leaf.kind == "UnreadLeaf")
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    covered = (
        f"{(share.statements + share.structure) / max(share.total, 1):.0%} of the characters in structure or statements"
    )
    click.echo(f"{one.name}: {told}; {covered}, {unread} characters unread", err=True)


@click.command(name="compile")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="file to write (default: standard output)")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="[by the ending of OUTPUT, else turtle]")
@click.option("--id", "name", default="", help="the document's id below doc/, e.g. qingzhengban-2020-62")
@click.option("--strict", is_flag=True, help="exit 2 and write nothing where there is any warning")
@click.option("--notes", is_flag=True, help="show notes too: words that no rule or registry knows")
def compile_(file: Path, output: Path | None, form: str | None, name: str, strict: bool, notes: bool) -> None:
    """Compile one document (plain text, HTML, .docx or PDF; - is standard input) by the same rules.

    Findings and a summary go to standard error. The text that was extracted from HTML, .docx or PDF is written beside
    OUTPUT as OUTPUT.txt: the graph's spans count its characters.
    """
    from .compiler.model import NOTES
    from .files import save
    from .graph.written import written

    endings = {ending: form for form, ending in FORMATS.items()}
    if output and not form and output.suffix not in endings:
        raise InputError(
            f"the ending {output.suffix!r} names no format: give {', '.join(endings)} or --format", str(output)
        )
    one = _compiled(file, name)
    report(one, notes)
    _summary(one)
    warnings = [f for f in one.findings if f.code not in NOTES]
    if strict and warnings:
        raise InputError(f"{len(warnings)} warnings, and --strict allows none", one.source.name)
    data = written(one, form or endings.get(output.suffix if output else "", "turtle"))
    if output is None:
        sys.stdout.buffer.write(data)
        return
    files = {output: data}
    if one.source.format != "text":
        files[output.with_name(output.name + ".txt")] = one.source.text.encode()
    try:
        save(files)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(output)) from None


def _source(file: Path) -> Source:
    from .compiler.read import read_path, read_stream

    return read_stream(sys.stdin.buffer) if str(file) == "-" else read_path(file)


def _compiled(file: Path, name: str = "") -> Compiled:
    from .compiler.registry import load_registry
    from .graph.compiled import compile_source

    return compile_source(_source(file), load_registry(resources.data() / "registry"), name)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def extract(file: Path) -> None:
    """Print the stored text of a document (plain text, HTML, .docx or PDF; - is standard input).

    The spans of a compiled graph count the characters of this text. What was repaired goes to standard error.
    """
    source = _source(file)
    for finding in source.findings:
        line, column = source.place(finding.span.start)
        click.echo(f"{source.name}:{line}:{column}: {finding.code}: {finding.message}", err=True)
    sys.stdout.buffer.write(source.text.encode())


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("place")
def explain(file: Path, place: str) -> None:
    """Show which rules read PLACE: LINE, LINE:COLUMN, START-END (characters from 0, as in span IRIs), or some words."""
    from .compiler.explain import explain as explained
    from .compiler.model import Span

    one = _compiled(file)
    start, end = _place(one.source, place)
    for each in explained(one.document, one.findings, Span(start, end)):
        line, column = one.source.place(each.span.start)
        words = " ".join(one.source.text[each.span.start : each.span.end].split())
        shown = words if len(words) <= EXCERPT else words[:EXCERPT] + "…"
        click.echo(f"{line}:{column}  {each.what}\n    {each.rule}\n    {shown}")


def _place(source: Source, place: str) -> tuple[int, int]:
    if found := re.fullmatch(r"(\d+)-(\d+)", place):
        start, end = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d+)(?::(\d+))?", place):
        lines = source.text.split("\n")
        number = int(found[1])
        if not 1 <= number <= len(lines):
            raise InputError(f"line {number}: expected 1 to {len(lines)}", source.name)
        start = sum(len(line) + 1 for line in lines[: number - 1])
        end = start + len(lines[number - 1])
        if found[2]:
            start = start + int(found[2]) - 1
            end = start + 1
    else:
        start = source.text.find(place)
        end = start + len(place)
    if not 0 <= start < end <= len(source.text):
        raise InputError(
            f"no such place: {place}; expected LINE, LINE:COLUMN, START-END or words of the text", source.name
        )
    return start, end
