"""Short minutes as plain text, for tests of what happens to files: they are read in a moment."""

from collections.abc import Sequence
from pathlib import Path

TRUST = "Tarnbrook and Selby Moor NHS Foundation Trust"
SAID = (
    "The Chief Nurse presented the quality report and falls had risen on three wards since the spring.",
    "Mr Adeyemi asked why the plan for falls had not been tried on the older wards as well.",
    "The Chief Nurse replied that staff had been trained and the wards would follow in the autumn.",
    "The Board was assured that complaints were answered within the time that had been agreed.",
    "The Director of Finance reported a deficit of two million pounds at the end of the month.",
    "The Board approved the plan for the new theatre and asked for a review in six months.",
    "The Chair thanked the volunteers who had given their time over the winter.",
    "Mrs Oyelaran asked what had been learned from the review of waiting lists.",
    "The Chief Operating Officer said that patients were now called a week before their visit.",
    "The Board noted the report on staffing and the risks that went with it.",
)


def minutes(path: Path, day: str, said: Sequence[str] = SAID, mark: str = "", trust: str = TRUST) -> Path:
    """Minutes of a board meeting on this day ("25 July 2024"), with a line that marks them ("DRAFT") if one is given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = [
        trust,
        *([mark] if mark else []),
        "Minutes of the meeting of the Board of Directors",
        f"Held on {day}",
        "Present: A Chair (Chair)",
    ]
    body = ["1. Welcome and apologies", "Apologies were received from nobody.", "2. Quality and finance", *said]
    path.write_text("\n\n".join([*head, *body]) + "\n", encoding="utf-8")
    return path
