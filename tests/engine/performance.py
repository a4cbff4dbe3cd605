"""Measurements to a page: ratios first, for they carry over to other machines, then the numbers of the machine at hand."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

_HEAD = """# What it costs

Made by `make bench` on {day}; do not edit. Papers are generated minutes, a process of its own for each scan, no reports.
Ratios are of one run on one machine and carry over; seconds are of that machine. Memory is that of the process that scans or measures, its
libraries and models with it; papers are parsed by a child of it.

"""
# Megabytes at most, of one size's measurements.
_MEMORY: Mapping[str, Callable[[Mapping[str, Any]], float]] = {
    "a scan": lambda one: one["megabytes"],
    "measuring alone": lambda one: one["measuring"]["megabytes"],
}


def write(found: Mapping[str, Any], page: Path) -> None:
    """The page of these measurements, as `bench.main` gathers them."""
    page.write_text(
        _HEAD.format(day=date.today().isoformat())
        + _table("Ratios", ("what", "ratio"), _ratios(found))
        + _table(f"On this machine: {found['machine']}", ("what", "measured"), _numbers(found)),
        encoding="utf-8",
    )


def _ratios(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    speed, cost = found["speed"], found["cost"]
    small, middle, large = (cost[size] for size in sorted(cost, key=int))
    few, some, many = sorted(map(int, cost))
    first, later = (
        (more["cpu"] - less["cpu"]) / count for less, more, count in ((small, middle, some - few), (middle, large, many - some))
    )
    return [
        ("pdfplumber's text and tables alone, against reading by wellled, processor time", f"{speed['pdfplumber'] / speed['reading']:.1f}"),
        (
            "pdfplumber's text and tables alone, against a whole cold scan with labels and measures",
            f"{speed['pdfplumber'] / speed['one']['cpu']:.1f}",
        ),
        ("two processes against one, pages a second", f"{speed['one']['wall'] / speed['two']['wall']:.2f}"),
        ("a Dask cluster of two workers here against two processes, pages a second", f"{speed['two']['wall'] / speed['dask']['wall']:.2f}"),
        ("a scan with nothing new against a cold one, wall time", f"{speed['warm']['wall'] / speed['one']['wall']:.3f}"),
        (
            f"processor time of one more document, from {some:,} to {many:,} against from {few} to {some} (1 is linear)",
            f"{later / first:.2f}",
        ),
        *(
            (f"peak memory of {what} at {many:,} documents against {count:,}", f"{of(large) / of(less):.2f}")
            for what, of in _MEMORY.items()
            for count, less in ((few, small), (some, middle))
        ),
        (
            f"one more document in a library of {many:,}, with tables and measures of all, against these {many:,}, processor time",
            f"{large['added']['cpu'] / large['cpu']:.2f}",
        ),
        (
            f"one more document read into a library of {many:,} and nothing else done, against into one of {few}, processor time",
            f"{large['alone']['cpu'] / small['alone']['cpu']:.2f}",
        ),
    ]


def _numbers(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    speed, cost, question = found["speed"], found["cost"], found["question"]
    pages = speed["one"]["counts"]["pages"]
    rows = [
        (f"cold, {name}: {pages} pages in papers of 15", f"{pages / speed[key]['wall']:.0f} pages a second")
        for key, name in (("one", "one process"), ("two", "two processes"), ("dask", "Dask, two workers"))
    ]
    rows += [
        ("cold, one process, by processor time", f"{3600 * pages / speed['one']['cpu']:,.0f} pages a core-hour"),
        ("reading alone, by processor time", f"{pages / speed['reading']:.0f} pages a second"),
        ("pdfplumber alone, by processor time", f"{pages / speed['pdfplumber']:.0f} pages a second"),
        ("the same papers again, nothing new", f"{speed['warm']['wall']:.2f} s"),
        ("one more paper of 15 pages, with measures of all", f"{speed['added']['wall']:.1f} s"),
        ("the sample year again, nothing new, the whole command", f"{found['year']:.2f} s"),
        ("sentences by organisation, month and theme, 5 million of them", f"{question['seconds']:.2f} s, {question['rows']:,} rows"),
    ]
    for size, one in sorted(cost.items(), key=lambda item: int(item[0])):
        name = f"{int(size):,} documents of two pages"
        each = f"{one['cpu'] / int(size):.3f} s of processor a document, {one['megabytes']:,.0f} MB at most, library {_size(one)} kB a page"
        rows.append((f"{name}, {one['counts']['sentences']:,} sentences", f"{one['wall']:.0f} s; {each}"))
        alone, added = one["measuring"], one["added"]
        rows.append((f"{name}: measuring alone, with start", f"{alone['cpu']:.1f} s of processor, {alone['megabytes']:,.0f} MB at most"))
        rows.append((f"{name}, and one more into the library alone", f"{one['alone']['wall']:.1f} s"))
        rows.append(
            (f"{name}, and one more with tables and measures of all", f"{added['wall']:.1f} s, {added['megabytes']:,.0f} MB at most")
        )
    return rows


def _size(one: Mapping[str, Any]) -> str:
    return f"{one['bytes'] / 1024 / one['counts']['pages']:.1f}"


def _table(title: str, columns: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [f"| {left} | {right} |" for left, right in (columns, ("---", "--:"), *rows)]
    return f"## {title}\n\n" + "\n".join(lines) + "\n\n"
