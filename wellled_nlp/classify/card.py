"""Model cards: what a head is, what it was made from and how well it does, written by code so that they cannot fall behind."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_WHAT = {
    "themes": "the key lines of enquiry W1 to W8 (and environmental sustainability), a yes-or-no question each",
    "prompts": "the 47 prompts of the well-led key lines of enquiry, `ES` and `none`, as rivals",
    "language": "assurance and improvement, two flags; both, or neither, are possible",
    "stance": "assurance, improvement, both and neither, as rivals; joined with the flags of `language`, and measured with them",
    "domain": "the seven domains of the board's attention, as rivals",
    "act": "the five acts, as rivals; it decides where no rule of `lexicons/act.csv` matches",
}
_USE = "To help people who read board papers, quality accounts and annual reports of NHS organisations find and count evidence."
_MADE = "the cues of `wellled_nlp/data/lexicons/`, and logistic regression (`wellled_nlp/train.py`). Weights are plain arrays."
_THRESHOLDS = "Thresholds were chosen on the same sentences; `cross-fitted` figures choose them on the other half and are the honest ones."
_FRESH = "No threshold and no cue was taken from them: expect figures like these, not like those above, on your own papers."
_LIMITS = """- Documentary evidence only; not a rating. It says what a sentence is about and how it speaks, not whether it is true.
- Labels of single sentences are indicative. Read counts over a document, and the evidence sentences behind them.
- Weak on: sentences that carry their meaning without any cue; tables torn out of two columns; biographies and lists of names; what only
  the page before makes clear. Rare prompts have few sentences behind them: see the support below.
- Learned from sentences that we wrote ourselves; wording of other sectors or of years to come may be missed."""


def write_card(folder: Path, facet: str, config: Mapping[str, Any], figures: Mapping[str, Any], fresh: Mapping[str, Any]) -> None:
    """Writes README.md of one head.

    `figures` are those of `evaluate` for this facet, with `file` and `date`; empty where not measured. `fresh`: the same on sentences from
    which no threshold was taken.
    """
    lines = [f"# {facet}", "", f"Scores {_WHAT[facet]}.", "", "## Intended use", "", _USE, "", "## Made from", ""]
    lines += [f"{config['sentences']:,} sentences that we wrote ourselves and labelled by the codebook (`corpora/labelled/`),", _MADE, ""]
    lines += _own(config["own"]) if "own" in config else []
    lines += ["## How well", "", *(_measured(figures, _THRESHOLDS) if figures else ["Not measured since it was last built."]), ""]
    lines += ["## How well on fresh text", "", *_measured(fresh, _FRESH), ""] if fresh else []
    lines += ["## Known failures and limits", "", _LIMITS, "", "## Sentences learned from", "", "| code | sentences |", "|---|---|"]
    lines += [f"| {code} | {count:,} |" for code, count in config["support"].items()]
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _own(about: Mapping[str, Any]) -> list[str]:
    """What a local model learned from besides, and what follows for its figures."""
    return [
        "## Local data",
        "",
        f"{about['sentences']:,} sentences of the user's own, labelled by {', '.join(about['coders'])}, are counted above {about['times']} "
        f"times each ({about['stale']:,} more were stale and left out). Their text is not in this folder, but words of it are in the "
        "vocabulary: share it with the care that the papers need.",
        f"Taken in as {', '.join(about['imports'])}.",
        "",
        "**Measure this model on labelled sentences that it did not learn from** (`wellled evaluate`): on those above it looks",
        "better than it is. Its labels must not be corrected by the same sample either: draw a new one for figures with intervals.",
        "",
    ]


def _measured(figures: Mapping[str, Any], thresholds: str) -> list[str]:
    source = f"{figures['file']}, {figures['date']}"
    lines = [f"On {figures['n']} real sentences that it was not trained on ({source}; intervals are 95 % bootstrap).", thresholds, ""]
    lines += ["| figure | value | interval |", "|---|---|---|"]
    for name, value in figures.items():
        if f"{name}_ci" in figures:
            lines.append(_line(name.replace("_", " "), value, figures[f"{name}_ci"]))
    for name, value in figures.get("flags", {}).items():
        if f"{name}_ci" in figures["flags"]:
            lines.append(_line(f"{name} F1", value, figures["flags"][f"{name}_ci"]))
    lines += [f"| {name.replace('_', ' ')}, cross-fitted | {value:.2f} | |" for name, value in figures.get("cross_fitted", {}).items()]
    lines += ["", "| code | precision | recall | F1 | interval | support |", "|---|---|---|---|---|---|"]
    for code, one in figures["per_code"].items():
        low, high = one["f1_ci"]
        figures_of = f"{one['precision']:.2f} | {one['recall']:.2f} | {one['f1']:.2f}"
        lines.append(f"| {code} | {figures_of} | {low:.2f} to {high:.2f} | {one['support']} |")
    return lines


def _line(name: str, value: float, interval: tuple[float, float]) -> str:
    return f"| {name} | {value:.2f} | {interval[0]:.2f} to {interval[1]:.2f} |"
