"""Writes the model's figures on real text into the README, from the committed `wellled_nlp/data/figures.json`: `make scores`."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")
PEOPLE = {"themes micro": 0.89, "themes macro": 0.87, "assurance": 0.92, "improvement": 0.83, "domain macro": 0.93, "act macro": 0.95}


def table() -> str:
    """The Markdown between the marks: each figure with its interval, and how well two careful readers agree."""
    facets = json.loads((ROOT / "wellled_nlp" / "data" / "figures.json").read_text(encoding="utf-8"))["facets"]
    language, themes, act = facets["language"], facets["themes"], facets["act"]
    rows = [
        ("Key lines of enquiry (themes), micro F1", themes, "micro_f1", "themes micro"),
        ("Key lines of enquiry (themes), macro F1", themes, "macro_f1", "themes macro"),
        ("Right prompt among the first three of 48", facets["prompts"], "top3_recall", ""),
        ("Language of assurance, F1", language["flags"], "assurance", "assurance"),
        ("Language of improvement, F1", language["flags"], "improvement", "improvement"),
        ("Domain, macro F1", facets["domain"], "macro_f1", "domain macro"),
        ("Act in minutes, macro F1", act, "macro_f1", "act macro"),
    ]
    half = f"{themes['cross_fitted']['micro_f1']:.2f} and macro F1 {themes['cross_fitted']['macro_f1']:.2f}"
    flags = f"assurance {language['cross_fitted']['assurance_f1']:.2f}, improvement {language['cross_fitted']['improvement_f1']:.2f}"
    lines = [
        f"Measured on {themes['date']} on real sentences that nobody in the project wrote and no model was trained on:",
        f"{themes['n']} from NHS annual reports, quality accounts and board papers, and {act['n']} from a public body's minutes for acts.",
        f"Thresholds were chosen on the same {themes['n']}; chosen on the other half instead, themes have micro F1",
        f"{half}, {flags}.",
        "",
        "| what | F1 or recall | 95 % interval | two careful readers |",
        "|---|--:|--:|--:|",
    ]
    for name, held, key, people in rows:
        low, high = held[f"{key}_ci"]
        lines.append(f"| {name} | {held[key]:.2f} | {low:.2f} to {high:.2f} | {PEOPLE.get(people, '')} |")
    return "\n".join(lines)


def main() -> None:
    """Puts the table between the marks."""
    head, _, rest = README.read_text(encoding="utf-8").partition(MARKS[0])
    README.write_text(f"{head}{MARKS[0]}\n\n{table()}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
