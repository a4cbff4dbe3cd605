"""Where `wellled profile` goes on: how many named documents and practices the papers show, and how many risks can be followed."""

from wellled_nlp.report import words
from wellled_nlp.report.contents import TITLE, WHOLE, Column, Grid, Section
from wellled_nlp.table import Analysis

_HEADING = "Signals and risks"
_POINTER = (
    "The profile says which, prompt by prompt, with quotations, risks that never move and what to ask: run “wellled profile” with the "
    "folder of this report."
)
_STATUSES = {
    "present": "Present",
    "planned": "Planned",
    "absent said": "Said to be absent",
    "not found": "Not found in the papers supplied",
}
# Standings of `risk_history` below the line of 15, or without a score.
_NOT_HIGH = ("below 15", "no score")


def section(analysis: Analysis) -> Section:
    """Counts of signals by status and of risks by standing, and the command that tells of each."""
    found = analysis.measures["signals"]["status"].value_counts()
    signals = tuple((title, int(found.get(status, 0))) for status, title in _STATUSES.items())
    risks = _risks(analysis)
    grids = (
        Grid("signals", "Named documents and practices", (Column("In the papers", TITLE), Column("Signals", WHOLE)), signals),
        Grid(
            "risks",
            "Risks at their latest meeting",
            (Column("Standing", TITLE), Column("Risks", WHOLE)),
            risks,
            empty="No risk with a dated meeting was found in the papers supplied.",
        ),
    )
    return Section("planning", _HEADING, (finding(analysis), _POINTER), grids=grids)


def finding(analysis: Analysis) -> str:
    """How many signals of those looked for are there, and how many risks stand at 15 or more."""
    statuses, risks = analysis.measures["signals"]["status"], dict(_risks(analysis))
    present, total = int((statuses == "present").sum()), sum(risks.values())
    high = sum(count for standing, count in risks.items() if standing.lower() not in _NOT_HIGH)
    said = f"The papers show {words.number(present)} of {words.number(len(statuses))} named documents and practices"
    if not total:
        return f"{said}; no risk could be followed over meetings."
    return f"{said}; of {words.counted(total, 'risk')} in them, {words.number(high)} {words.verb(high, 'stands', 'stand')} at 15 or more."


def _risks(analysis: Analysis) -> tuple[tuple[str, int], ...]:
    """For each standing how many risks have it at the latest of their meetings."""
    latest = analysis.measures["risk_history"].sort_values("meeting_date", kind="stable").groupby("risk").tail(1)
    return tuple((words.capital(str(name)), int(count)) for name, count in latest["standing"].value_counts().sort_index().items())
