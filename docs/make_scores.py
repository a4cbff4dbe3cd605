"""Writes the model's figures on real text into the README, from the committed `wellled_nlp/data/figures.json`: `make scores`."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")
PEOPLE = {"themes micro": 0.89, "themes macro": 0.87, "assurance": 0.92, "improvement": 0.83, "domain macro": 0.93, "act macro": 0.95}
# (what, facet, key, key under flags, which agreement of people)
ROWS = (
    ("Key lines of enquiry (themes), micro F1", "themes", "micro_f1", "", "themes micro"),
    ("Key lines of enquiry (themes), macro F1", "themes", "macro_f1", "", "themes macro"),
    ("Right prompt among the first three of 48", "prompts", "top3_recall", "", ""),
    ("Language of assurance, F1", "language", "assurance", "flags", "assurance"),
    ("Language of improvement, F1", "language", "improvement", "flags", "improvement"),
    ("Domain, macro F1", "domain", "macro_f1", "", "domain macro"),
    ("Act in minutes, macro F1", "act", "macro_f1", "", "act macro"),
)


def table() -> str:
    """The Markdown between the marks: each figure with its interval, on fresh text first, and how well two careful readers agree."""
    stored = json.loads((ROOT / "wellled_nlp" / "data" / "figures.json").read_text(encoding="utf-8"))
    facets, fresh = stored["facets"], stored["fresh"]
    themes, language, act = facets["themes"], facets["language"], facets["act"]
    half = f"{themes['cross_fitted']['micro_f1']:.2f} and macro F1 {themes['cross_fitted']['macro_f1']:.2f}"
    flags = f"assurance {language['cross_fitted']['assurance_f1']:.2f}, improvement {language['cross_fitted']['improvement_f1']:.2f}"
    domain = f"domain macro F1 {facets['domain']['cross_fitted']['macro_f1']:.2f}"
    lines = [
        f"Measured on {themes['date']} on real sentences that nobody in the project wrote and no model was trained on. **Expect the first",
        f"column on your own papers**: {fresh['themes']['n']} sentences of an acute trust's annual report, drawn at random, from",
        "which nothing was taken but the choice between variants ([how](docs/method.md#labels)). The second column is kinder: on",
        f"those {themes['n']} sentences thresholds were chosen and cues checked (for acts {act['n']} of a public body's minutes); with",
        f"thresholds of the other half, themes have micro F1 {half}, {flags}, {domain}.",
        "",
        "| what | fresh text | where thresholds were chosen | two careful readers |",
        "|---|--:|--:|--:|",
    ]
    for name, facet, key, under, people in ROWS:
        shown = "" if facet == "act" else _estimate(fresh[facet], key, under)
        lines.append(f"| {name} | {shown} | {_estimate(facets[facet], key, under)} | {PEOPLE.get(people, '')} |")
    return "\n".join(lines)


def _estimate(figures: dict[str, object], key: str, under: str) -> str:
    held = figures[under] if under else figures
    low, high = held[f"{key}_ci"]
    return f"{held[key]:.2f} ({low:.2f} to {high:.2f})"


def main() -> None:
    """Puts the table between the marks."""
    head, _, rest = README.read_text(encoding="utf-8").partition(MARKS[0])
    README.write_text(f"{head}{MARKS[0]}\n\n{table()}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
