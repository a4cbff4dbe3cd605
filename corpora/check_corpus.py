"""Checks of the labelled corpus that stay with it: `make check-corpus`.

Fails on illegal rows, duplicates, near duplicates past one in a hundred, American spelling, and runs of words shared with the real
sentences. Prints counts and, where the real sentences are at hand, how broad the corpus is against them; `--write` puts the figures
into the datasheet.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from datasketch import MinHash, MinHashLSH
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from wellled_nlp.codebook import load_facet

HERE = Path(__file__).resolve().parent
REAL = HERE.parents[1] / "shared"
COLUMNS = ["id", "source", "kind", "heading", "previous", "text", "prompts", "language", "domain", "act"]
KINDS = ("minutes", "board_paper", "quality_account")
SHARED_RUN = 8  # words in a row that no sentence of ours may share with a real one
NEAR = 0.8  # Jaccard similarity of word triples from which two sentences are near duplicates
NEAR_SHARE = 0.01
FEWEST = 120  # sentences of every prompt
AMERICAN = re.compile(
    r"\b(?:(?:organi|prioriti|utili|recogni|reali|minimi|maximi|standardi|hospitali|characteri|summari|emphasi|normali|finali|optimi)z(?:e[ds]?|ing|ation\w*)"
    r"|analyz\w+|center(?:s|ed)?|behavior\w*|favor\w*|labor(?!atory|ator|ious)\w*|neighbor\w*|pediatric\w*|anesthe\w+|hemorrh\w+|orthopedic\w*|gynecolog\w+|color)\b",
    re.IGNORECASE,
)
MARK = ("<!-- figures -->", "<!-- end of figures -->")
Row = dict[str, str]


def main() -> int:
    """Prints what was found; 1 where something must be mended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into labelled/README.md")
    options = parser.parse_args()
    rows = read(sorted((HERE / "labelled").glob("*.csv")))
    faults = [*illegal(rows), *repeated(rows), *american(rows)]
    lines = counts(rows)
    near = near_duplicates(rows)
    lines.append(f"Near duplicates (Jaccard of word triples from {NEAR}): {len(near)} of {len(rows):,} rows, {len(near) / len(rows):.2%}.")
    if len(near) > NEAR_SHARE * len(rows):
        faults.append(f"near duplicates: {len(near)} rows, for example {near[:3]}")
    sets = [REAL / name for name in ("dev_sentences.csv", "dev_acts.csv")]
    if all(path.is_file() for path in sets):
        real = read(sets)
        faults += shared_runs(rows, real)
        lines += breadth(rows, [row for row in real if row["language"]])
    else:
        lines.append("The real sentences are not on this machine (../shared): shared runs and breadth were not checked.")
    print("\n".join(lines))
    print(f"{len(faults)} faults", *faults[:40], sep="\n")
    if options.write:
        write(lines)
    return 1 if faults else 0


def read(paths: Iterable[Path]) -> list[Row]:
    """The rows of labelled files, with the file's stem as `voice`."""
    rows = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows += [{**row, "voice": path.stem} for row in csv.DictReader(file)]
    return rows


def illegal(rows: Sequence[Row]) -> list[str]:
    """Rows with a code, kind or column that the codebook does not know."""
    known = {name: set(load_facet(name).code_ids) for name in ("language", "domain", "act")}
    prompts = set(load_facet("kloe-2017").code_ids)
    faults = []
    for row in rows:
        codes = [code for code in row["prompts"].split(";") if code]
        wrong = [f"{name} {row[name]!r}" for name in known if row[name] not in known[name]]
        wrong += [f"prompt {code!r}" for code in codes if code not in prompts]
        wrong += [f"{len(codes)} prompts"] if len(codes) > 2 or len(set(codes)) < len(codes) else []
        wrong += [f"kind {row['kind']!r}"] if row["kind"] not in KINDS else []
        wrong += ["no text"] if not row["text"].strip() else []
        faults += [f"{row['voice']} {row['id']}: {', '.join(wrong)}"] if wrong else []
    return faults


def repeated(rows: Sequence[Row]) -> list[str]:
    """Ids that stand twice, and texts of more than four words that do."""
    ids = Counter(row["id"] for row in rows)
    texts = Counter(" ".join(words(row["text"])) for row in rows if len(words(row["text"])) > 4)
    return [f"id {key} stands {n} times" for key, n in ids.items() if n > 1] + [
        f"text stands {n} times: {key[:80]}" for key, n in texts.items() if n > 1
    ]


def american(rows: Sequence[Row]) -> list[str]:
    """Rows with American spelling."""
    return [f"{row['voice']} {row['id']}: American spelling {match.group()!r}" for row in rows if (match := AMERICAN.search(row["text"]))]


def near_duplicates(rows: Sequence[Row]) -> list[str]:
    """Ids of the rows that have a near duplicate, among sentences of at least six words."""
    index = MinHashLSH(threshold=NEAR, num_perm=64)
    near: set[str] = set()
    for row in rows:
        found = words(row["text"])
        if len(found) < 6:
            continue
        sketch = MinHash(num_perm=64, seed=1)
        sketch.update_batch([" ".join(found[at : at + 3]).encode() for at in range(len(found) - 2)])
        others = index.query(sketch)
        near |= {row["id"], *others} if others else set()
        index.insert(row["id"], sketch)
    return sorted(near)


def shared_runs(rows: Sequence[Row], real: Sequence[Row]) -> list[str]:
    """Rows that share a run of words with a real sentence."""
    runs = {run for row in real for run in _runs(row["text"])}
    return [
        f"{row['voice']} {row['id']}: {SHARED_RUN} words in a row as in a real sentence"
        for row in rows
        if any(run in runs for run in _runs(row["text"]))
    ]


def counts(rows: Sequence[Row]) -> list[str]:
    """Lines of counts, Markdown tables among them."""
    lines = [
        f"{len(rows):,} sentences in {len({row['voice'] for row in rows})} voices.",
        "",
        "| voice | " + " | ".join(KINDS) + " |",
        "|---|--:|--:|--:|",
    ]
    voices = Counter((row["voice"], row["kind"]) for row in rows)
    lines += [
        f"| {voice} | " + " | ".join(str(voices[(voice, kind)]) for kind in KINDS) + " |"
        for voice in sorted({row["voice"] for row in rows})
    ]
    for name in ("language", "domain", "act"):
        held = Counter(row[name] for row in rows)
        lines += ["", f"{name}: " + ", ".join(f"{code} {held[code]:,}" for code in load_facet(name).code_ids)]
    minutes = Counter(row["act"] for row in rows if row["kind"] == "minutes")
    lines += ["", "act in minutes: " + ", ".join(f"{code} {minutes[code]:,}" for code in load_facet("act").code_ids)]
    found = Counter(code for row in rows for code in (row["prompts"].split(";") if row["prompts"] else ["none"]))
    codes = load_facet("kloe-2017").code_ids
    lines += [
        "",
        f"prompts: none {found['none']:,} ({found['none'] / len(rows):.0%}), " + ", ".join(f"{code} {found[code]}" for code in codes),
    ]
    thin = [code for code in codes if found[code] < FEWEST]
    return [*lines, "", f"Prompts under {FEWEST} sentences: {', '.join(thin) or 'none'}.", ""]


def breadth(rows: Sequence[Row], real: Sequence[Row]) -> list[str]:
    """How much of the real wording the corpus knows, and how easily a simple classifier tells the two apart."""
    ours = [row["text"] for row in rows]
    known_words = {word for text in ours for word in words(text)}
    known_pairs = {pair for text in ours for pair in _pairs(text)}
    tokens = [word for row in real for word in words(row["text"])]
    pairs = [pair for row in real for pair in _pairs(row["text"])]
    auc, telling = tell_apart(rows, real)
    return [
        f"Share of the real sentences' word tokens that the corpus knows: {sum(word in known_words for word in tokens) / len(tokens):.3f}.",
        f"Share of their bigrams: {sum(pair in known_pairs for pair in pairs) / len(pairs):.3f}.",
        f"AUC of a classifier that tells ours from real, names and digits masked, kinds in proportion: {auc:.3f} (0.5: cannot tell).",
        f"Words that give ours away: {', '.join(telling[0])}; words that give the real away: {', '.join(telling[1])}.",
    ]


def tell_apart(ours: Sequence[Row], real: Sequence[Row]) -> tuple[float, tuple[list[str], list[str]]]:
    """Cross-validated AUC of logistic regression on word TF-IDF, and each side's most telling words.

    Ours are drawn in the proportion of kinds that the real have, four to one, so that minutes are not told from annual reports.
    """
    random = np.random.default_rng(1)
    drawn: list[int] = []
    for kind, count in sorted(Counter(row["kind"] for row in real).items()):
        held = [at for at, row in enumerate(ours) if row["kind"] == kind]
        drawn += [int(at) for at in random.choice(held, size=min(len(held), 4 * count), replace=False)]
    texts = [masked(ours[at]["text"]) for at in drawn] + [masked(row["text"]) for row in real]
    labels = np.array([1] * len(drawn) + [0] * len(real))
    vectorizer = TfidfVectorizer(token_pattern=r"[a-z#]+", min_df=2, sublinear_tf=True)
    features = vectorizer.fit_transform(texts)
    model = LogisticRegression(class_weight="balanced", max_iter=1000)
    scores = cross_val_predict(model, features, labels, cv=StratifiedKFold(5, shuffle=True, random_state=1), method="decision_function")
    order = np.argsort(model.fit(features, labels).coef_[0])
    names = vectorizer.get_feature_names_out()
    return float(roc_auc_score(labels, scores)), ([str(names[at]) for at in order[::-1][:20]], [str(names[at]) for at in order[:20]])


def masked(text: str) -> str:
    """Lower case, with names (capitals within a sentence) and digits replaced."""
    without = re.sub(r"(?<=[a-z,] )[A-Z][\w’'-]*", "#", re.sub(r"\d+", "#", text))
    return re.sub(r"^[A-Z][\w’'-]* (?=#)", "# ", without).lower()


def words(text: str) -> list[str]:
    """Lower-case words and numbers."""
    return re.findall(r"[a-z']+|\d+", text.lower().replace("’", "'"))


def write(lines: Sequence[str]) -> None:
    """Puts the figures between the marks of the datasheet."""
    path = HERE / "labelled" / "README.md"
    head, _, rest = path.read_text(encoding="utf-8").partition(MARK[0])
    path.write_text(f"{head}{MARK[0]}\n\n" + "\n".join(lines) + f"\n\n{MARK[1]}{rest.partition(MARK[1])[2]}", encoding="utf-8")


def _pairs(text: str) -> list[tuple[str, str]]:
    found = words(text)
    return list(zip(found, found[1:], strict=False))


def _runs(text: str) -> list[str]:
    found = words(text)
    return [" ".join(found[at : at + SHARED_RUN]) for at in range(len(found) - SHARED_RUN + 1)]


if __name__ == "__main__":
    sys.exit(main())
