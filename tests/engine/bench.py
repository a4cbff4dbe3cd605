"""What a library costs: `python -m tests.engine.bench` measures on generated papers and writes docs/performance.md (a quarter of an hour).

Every scan runs in a process of its own, without reports, and says its wall time, processor time (with children) and peak memory. Ratios are
of one run on one machine, so they carry over to another; the seconds do not.
"""

import json
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pdfplumber
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from tests.engine.performance import write
from wellled_nlp import query

ROOT = Path(__file__).parents[2]
SIZES = (10, 100, 1000)
TRUSTS = tuple(f"{first}{last}" for last in ("wick", "marsh", "combe", "thorpe") for first in ("Alder", "Bracken", "Corn", "Dun", "Elm"))
SENTENCES, DOCUMENTS = 5_000_000, 20_000
QUESTION = (
    "SELECT d.organisation, left(d.meeting_date, 7) AS month, l.code, count(*) AS sentences, sum(s.words) AS words "
    "FROM sentences AS s JOIN documents AS d USING (document_id) JOIN labels AS l USING (sentence_id) "
    "WHERE l.facet = 'themes' AND l.assigned GROUP BY ALL ORDER BY ALL"
)
SCRIPT = """
import json, resource, sys, time
from pathlib import Path
from wellled_nlp import pipeline
papers, out, jobs, scheduler, alone = sys.argv[1:]
began = time.perf_counter()
engine = "dask" if scheduler else "local"
where = {"formats": (), "jobs": int(jobs), "engine_name": engine, "scheduler": scheduler, "library_only": bool(alone)}
done = pipeline.scan([Path(papers)], Path(out), **where)
wall = time.perf_counter() - began
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = sum(one.ru_utime + one.ru_stime for one in used)
counts = done.provenance and done.provenance["counts"]
print(json.dumps({"wall": wall, "cpu": cpu, "megabytes": used[0].ru_maxrss / 1024, "counts": counts}))
"""
MEASURING = """
import json, resource, sys, time
from pathlib import Path
from wellled_nlp import measures, output, settings
from wellled_nlp.store import superseded
began = time.perf_counter()
for _ in measures.each(superseded.counted(output.load_facts(Path(sys.argv[1]), measures.columns())), settings.load().attention):
    pass
wall = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}))
"""


def words() -> list[str]:
    """The sentences of the sample papers' sources, with their words to be exchanged for one another."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpora" / "samples" / "source").glob("*.md")))
    return [one for one in re.findall(r"[A-Z][a-z][^.|#*\n]{30,200}\.", text) if "  " not in one]


def papers(folder: Path, documents: int, pages: int, seed: int) -> Path:
    """Minutes of twenty invented trusts with so many pages each, dated a day apart; no two sentences in a hundred are the same."""
    folder.mkdir(parents=True)
    draw, said, style = random.Random(seed), words(), getSampleStyleSheet()
    known = sorted({word for one in said for word in re.findall(r"\b[a-z]{6,}\b", one)})
    for number in range(documents):
        day = date(2001, 1, 1) + timedelta(days=number)
        held: list[object] = [
            Paragraph(text, style["Heading2"])
            for text in (
                f"{TRUSTS[number % len(TRUSTS)]} NHS Foundation Trust",
                "Minutes of the meeting of the Board of Directors",
                f"Held on {day:%d %B %Y}",
            )
        ]
        for page in range(pages):
            held.append(Paragraph(f"{page + 1}. Report {page + 1}", style["Heading3"]))
            for _ in range(6):
                chosen = " ".join(draw.choice(said) for _ in range(4))
                varied = re.sub(r"\b[a-z]{6,}\b", lambda found: draw.choice(known) if draw.random() < 0.3 else found.group(), chosen)
                held.append(Paragraph(varied, style["BodyText"]))
            held.append(PageBreak())
        SimpleDocTemplate(str(folder / f"minutes {number:04d}.pdf"), invariant=1).build(held[:-1])
    return folder


def scan(folder: Path, out: Path, jobs: int = 1, scheduler: str = "", alone: str = "") -> dict[str, object]:
    """alone: not empty where only the library is to be filled."""
    return run(f"scan of {folder.name}, jobs {jobs} {scheduler and 'dask'}", SCRIPT, str(folder), str(out), str(jobs), scheduler, alone)


def run(name: str, script: str, *values: str) -> dict[str, object]:
    """What a script says that runs in a process of its own: wall and processor seconds, megabytes at most."""
    done = subprocess.run([sys.executable, "-c", script, *values], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout)
    sys.stderr.write(f"{name}: {found['wall']:.1f} s, {found['cpu']:.1f} CPU s, {found['megabytes']:.0f} MB\n")
    return found


@contextmanager
def workers() -> Iterator[str]:
    """The address of a cluster of two processes on this machine."""
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50) as running:
        yield running.scheduler_address


def speed(folder: Path) -> dict[str, object]:
    """Scans of the same pages by one process, two, and two workers; again with nothing new; with pdfplumber alone."""
    packs = papers(folder / "packs", 24, 15, 1)
    found: dict[str, object] = {"one": scan(packs, folder / "one"), "two": scan(packs, folder / "two", 2)}
    with workers() as scheduler:
        warming = papers(folder / "warming", 2, 1, 2)
        scan(warming, folder / "warmed", 1, scheduler)
        found["dask"] = scan(packs, folder / "dask", 1, scheduler)
    found["warm"] = scan(packs, folder / "one")
    papers(packs / "more", 1, 15, 3)
    found["added"] = scan(packs, folder / "one")
    began = time.process_time()
    for path in sorted(packs.glob("*.pdf")):
        with pdfplumber.open(path) as held:
            for page in held.pages:
                page.extract_text()
                page.extract_tables()
                page.close()
    found["pdfplumber"] = time.process_time() - began
    found["reading"] = reading(packs)
    return found


def reading(packs: Path) -> float:
    """Processor seconds of reading alone, children with it."""
    script = (
        "import resource, sys; from pathlib import Path; from wellled_nlp import read, settings\n"
        "began = resource.getrusage(resource.RUSAGE_SELF)\n"
        "for path in sorted(Path(sys.argv[1]).glob('*.pdf')): read.read(path, settings.load().read)\n"
        "used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "print(sum(one.ru_utime + one.ru_stime for one in used) - began.ru_utime - began.ru_stime)"
    )
    return float(subprocess.run([sys.executable, "-c", script, str(packs)], capture_output=True, text=True, check=True, cwd=ROOT).stdout)


def cost(folder: Path) -> dict[int, dict[str, object]]:
    """Scans of more and more papers of two pages, measuring alone, and one paper added."""
    found = {}
    for size in SIZES:
        held, out = papers(folder / f"{size} papers", size, 2, size), folder / f"out {size}"
        found[size] = scan(held, out)
        parts = [path for path in (out / "library").rglob("*") if path.is_file()]
        found[size]["bytes"] = sum(path.stat().st_size for path in parts)
        found[size]["measuring"] = run(f"measuring {size}", MEASURING, str(out))
        papers(held / "more", 1, 2, size + 1)
        found[size]["alone"] = scan(held, out, alone="yes")
        papers(held / "again", 1, 2, size + 2)
        found[size]["added"] = scan(held, out)
    return found


def sample_year(folder: Path) -> float:
    """Seconds of a scan of the sample year with nothing new, by the command with its start."""
    command = [sys.executable, "-m", "wellled_nlp", "scan", str(ROOT / "corpora" / "samples"), "--out", str(folder / "year"), "--quiet"]
    subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
        times.append(time.perf_counter() - began)
    return sorted(times)[1]


def question(folder: Path) -> dict[str, float]:
    """Seconds of a query over many sentences, whose tables DuckDB makes from the columns of a real scan."""
    place = folder / "many"
    shutil.copytree(folder / "out 10", place)
    tables = place / "tables"
    with duckdb.connect(config={"threads": "2"}) as made:
        made.execute(f"CREATE TABLE d AS SELECT * FROM '{tables}/documents.parquet' LIMIT 1")
        made.execute(
            f"COPY (SELECT * REPLACE (printf('%012x', n) AS document_id, 'Trust ' || n % 200 AS organisation, "
            f"strftime(DATE '2015-01-01' + (n // 200 * 36)::INTEGER, '%Y-%m-%d') AS meeting_date) FROM d, range({DOCUMENTS}) AS r(n)) "
            f"TO '{tables}/documents.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )
        made.execute(f"CREATE TABLE s AS SELECT * FROM '{tables}/sentences.parquet' LIMIT 1")
        each = SENTENCES // DOCUMENTS
        name = f"printf('%012x-%05d', n // {each}, n % {each})"
        made.execute(
            f"COPY (SELECT * REPLACE ({name} AS sentence_id, printf('%012x', n // {each}) AS document_id, n % {each} AS position, "
            f"'The board heard of matter ' || n AS text, 5 + hash(n) % 30 AS words) FROM s, range({SENTENCES}) AS r(n)) "
            f"TO '{tables}/sentences.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )
        made.execute(
            f"COPY (SELECT {name} AS sentence_id, 'themes' AS facet, 'W' || 1 + hash(n) % 8 AS code, 'model' AS scorer, 0.5 AS score, "
            f"true AS assigned FROM range({SENTENCES}) AS r(n)) TO '{tables}/labels.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )
    times = []
    for _ in range(3):
        began = time.perf_counter()
        rows, _ = query.run(place, QUESTION, 0)
        times.append(time.perf_counter() - began)
    return {"seconds": sorted(times)[1], "rows": len(rows), "megabytes": sum(p.stat().st_size for p in tables.glob("*.parquet")) / 2**20}


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        found: dict[str, object] = {"machine": f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"}
        found["cost"] = cost(folder)
        found["question"] = question(folder)
        found["year"] = sample_year(folder)
        found["speed"] = speed(folder)
        sys.stderr.write(json.dumps(found) + "\n")
        write(found, ROOT / "docs" / "performance.md")


if __name__ == "__main__":
    main()
