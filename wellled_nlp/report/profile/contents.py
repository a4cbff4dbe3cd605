"""What a profile holds before it has a format: the front page, and for each code its evidence, quotations, signals and what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wellled_nlp.codebook import Facet, Sector, sectors
from wellled_nlp.codebook.enquiries import load_interviews
from wellled_nlp.report import papers, words
from wellled_nlp.report.contents import records
from wellled_nlp.report.papers import Paper
from wellled_nlp.table import Analysis

# What a state of evidence is called, and in which words a table says it.
STATES = {
    "none": "not found",
    "thin": "little",
    "one_sided": "assurance only",
    "stale": "not lately",
    "enough": "found",
    "not asked": "not asked",
}
NOT_FOUND = "Not found in the papers supplied"
LIMITS = "Documentary evidence only; not a rating."
_REFERENCE_LETTERS = 70
_SIGNALS_NAMED = 8
_FEW = 10  # sentences, of which a percentage says less than the number


@dataclass(frozen=True)
class Profile:
    """Everything that the writers may see.

    tables: those of `table.PROFILED`; framework: the id or path of `facet`; organisation: "" where no paper names one; sector: None where
    it was not given; headlines: the findings that stand for the whole analysis.
    """

    analysis: Analysis
    tables: Mapping[str, pd.DataFrame]
    facet: Facet
    framework: str
    organisation: str
    sector: Sector | None
    headlines: tuple[str, ...]

    @property
    def subject(self) -> str:
        """Whose papers these are, for titles."""
        return words.clean(self.organisation) or "Board papers"

    @property
    def noun(self) -> str:
        """What the framework's codes are called, of several."""
        return "prompts" if self.facet.parents else "parts"

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """The rows of one of the profile's tables as plain values."""
        return records(self.tables[name])

    def measured(self, name: str) -> list[Mapping[str, Any]]:
        """The rows of one of the scan's measures as plain values."""
        return records(self.analysis.measures[name])


@dataclass(frozen=True)
class Quoted:
    """A sentence word for word, where it stands, and the address that opens it there ("" where there is none)."""

    text: str
    reference: str
    address: str


@dataclass(frozen=True)
class Enquiry:
    """What to ask where evidence is missing, thin, one-sided or old."""

    code: str
    title: str
    state: str
    question: str
    whom: str
    documents: str


@dataclass(frozen=True)
class Prompt:
    """One code: a line that says how much evidence there is, the best quotations, and what else the papers show or do not."""

    code: str
    title: str
    state: str
    evidence: str
    quotations: tuple[Quoted, ...]
    shown: str
    not_found: str
    enquiry: Enquiry | None


@dataclass(frozen=True)
class Theme:
    """A key line of enquiry, or all codes of a framework without any: what it has, its codes, and what papers cannot show of it."""

    code: str
    title: str
    lead: str
    prompts: tuple[Prompt, ...]
    cannot_show: str
    additions: tuple[tuple[str, str], ...]


def themes(profile: Profile) -> tuple[Theme, ...]:
    """The parts of the profile in the framework's order."""
    enquiries = {one.code: one for one in all_enquiries(profile)}
    quotations = _quotations(profile)
    signals = profile.tables["prompt_signals"]
    made: dict[str, list[Prompt]] = {}
    for row in profile.rows("prompts"):
        own = signals[signals["code"] == row["code"]]
        prompt = Prompt(
            row["code"],
            row["title"],
            row["state"],
            evidence_line(row, _asked_of(profile, row["code"])),
            quotations.get(row["code"], ()) if row["state"] != "not asked" else (),
            _shown(own),
            "; ".join(words.clean(title) for title in own.loc[own["status"] == "not found", "title"]),
            enquiries.get(row["code"]),
        )
        made.setdefault(row["parent"] or "", []).append(prompt)
    return tuple(_theme(profile, parent, tuple(prompts)) for parent, prompts in made.items())


def all_enquiries(profile: Profile) -> tuple[Enquiry, ...]:
    """Every line of enquiry, the most pressing first."""
    keys = ("code", "title", "state", "question", "whom", "documents")
    return tuple(Enquiry(*(row[key] for key in keys)) for row in profile.rows("enquiries"))


def evidence_line(row: Mapping[str, Any], asked_of: str) -> str:
    """ "23 sentences in papers of 5 of 7 dates, last 29 May 2025; 40% speak of assurance, 5% of improvement." """
    said = _counted(row) if row["sentences"] else "No sentence was found in the papers supplied."
    return f"Asked only of {asked_of}. {said}" if row["state"] == "not asked" else said


def state_line(profile: Profile) -> str:
    """How many codes have evidence, and how many have none, little, one side only, or none lately."""
    counts = {state: int(count) for state, count in profile.tables["prompts"]["state"].value_counts().items()}
    asked = sum(count for state, count in counts.items() if state != "not asked")
    said = {
        "none": ("has none", "have none"),
        "thin": ("has little", "have little"),
        "one_sided": ("speaks of assurance only", "speak of assurance only"),
        "stale": ("has none of late", "have none of late"),
    }
    parts = [f"{words.spelled(counts[state])} {says[counts[state] > 1]}" for state, says in said.items() if counts.get(state, 0)]
    enough = counts.get("enough", 0)
    return f"Of {asked} {profile.noun} asked about, {enough} {'has' if enough == 1 else 'have'} evidence from several dates" + (
        f"; {words.listed(parts)}." if parts else "."
    )


def paper_of(profile: Profile) -> Mapping[str, Paper]:
    """The papers by id."""
    return papers.of(profile.analysis)


def _asked_of(profile: Profile, code: str) -> str:
    """The sectors that a code is asked of: "mental health trusts"."""
    applies_to = next(one.applies_to for one in profile.facet.codes if one.id == code)
    return words.listed([f"{words.uncapital(one.title)}s" for one in sectors() if one.id in applies_to])


def _counted(row: Mapping[str, Any]) -> str:
    n = row["sentences"]
    last = f", last {words.day(row['last_seen'])}" if row["last_seen"] else ""
    dates = f" in papers of {row['meetings']} of {row['of_meetings']} dates" if row["of_meetings"] else ""
    counts = [row[name] + row["both"] for name in ("assurance", "improvement")]
    assurance, improvement = (words.spelled(count) if n < _FEW else f"{words.percent(count / n)}" for count in counts)
    speak = "" if n < _FEW else "speak "
    return f"{words.counted(n, 'sentence')}{dates}{last}; {assurance} {speak}of assurance, {improvement} of improvement."


def _quotations(profile: Profile) -> dict[str, tuple[Quoted, ...]]:
    known = paper_of(profile)
    sentences = profile.analysis.facts["sentences"].set_index("sentence_id")["item_id"]
    items = profile.analysis.facts["items"].set_index("item_id")
    found: dict[str, list[Quoted]] = {}
    for row in profile.rows("quotations"):
        paper, item = known[row["document_id"]], items.loc[sentences[row["sentence_id"]]]
        name = words.clean(
            f"{'' if words.absent(item['number']) else item['number']} {'' if words.absent(item['title']) else item['title']}"
        )
        page = f"page {row['page']}" if row["page"] and paper.paged else ""
        reference = ", ".join(part for part in (paper.label, words.shortened(name, _REFERENCE_LETTERS), page) if part)
        found.setdefault(row["code"], []).append(Quoted(row["text"], reference, paper.address_of(row["page"])))
    return {code: tuple(quoted) for code, quoted in found.items()}


def _shown(own: pd.DataFrame) -> str:
    """ "Internal audit plan (29 May 2025); Clinical audit (27 Mar 2025)", the most often shown first, with the latest date."""
    held = own[own["status"] != "not found"].sort_values(["meetings", "last_seen"], ascending=False, kind="stable", na_position="last")
    said = []
    for row in records(held)[:_SIGNALS_NAMED]:
        last = f" ({words.short_day(row['last_seen'])})" if row["last_seen"] else ""
        status = "" if row["status"] == "present" else f", {_STATUS[row['status']]}"
        said.append(f"{words.clean(row['title'])}{last}{status}")
    more = len(held) - len(said)
    return "; ".join([*said, *([f"{more} more"] if more > 0 else [])])


_STATUS = {"planned": "planned", "absent said": "said to be missing"}


def _theme(profile: Profile, parent: str, prompts: tuple[Prompt, ...]) -> Theme:
    facet = profile.facet
    known = {one.id: one for one in facet.parents}.get(parent)
    sector = profile.sector.id if profile.sector else ""
    additions = tuple((one.title, one.text) for one in facet.additions if one.parent == parent and sector in one.applies_to)
    cannot = load_interviews(profile.framework).get(parent, "interviews and focus groups, which head the inspectors' lists of evidence")
    return Theme(parent, known.title if known else facet.title, _lead(profile, parent), prompts, words.capital(cannot), additions)


def _lead(profile: Profile, parent: str) -> str:
    coverage = [row for row in profile.measured("coverage") if row["facet"] == profile.facet.parent_name and row["code"] == parent]
    balance = [row for row in profile.measured("balance") if row["by"] == "theme" and row["code"] == parent]
    if not coverage or not coverage[0]["sentences"]:
        return ""
    row = coverage[0]
    last = f", the last from {words.day(row['last_seen'])}" if row["last_seen"] else ""
    count = f"{words.counted(row['sentences'], 'sentence')} {'is' if row['sentences'] == 1 else 'are'}"
    said = f"{count} evidence for {parent}, {words.percent(row['share'])} of all that are not procedural{last}."
    if not balance:
        return said
    shares = (words.percent(balance[0][f"{name}_share"]) for name in ("assurance", "improvement"))
    return "{} {} of them speak of assurance, {} of improvement.".format(said, *shares)
