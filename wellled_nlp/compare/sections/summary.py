"""The first screen: what stands out, what was compared, and the groups with what was and was not read."""

from wellled_nlp.compare import wording
from wellled_nlp.compare.differences import THE_REST, TOO_LITTLE
from wellled_nlp.compare.result import Comparison
from wellled_nlp.compare.sections.tested import figures
from wellled_nlp.report import words
from wellled_nlp.report.contents import RATE, SHARE, TITLE, WHOLE, Absent, Column, Grid, Section, records

_FOLD_FROM = 24  # rows; more would hide what comes after them
NO_ORDER = "Groups stand in the order of their names. No group is ranked: a figure alone makes no paper trail good or bad."


def section(found: Comparison) -> Section:
    """The summary. Its lead is the finding, then what was compared, then what was not made alike."""
    thin = int((~found.tables["groups"]["enough"].astype(bool)).sum())
    judged = words.verb(thin, "is", "are")
    little = f" {words.capital(words.spelled(thin))} with too little text {judged} shown and not judged." if thin else ""
    lead = (wording.finding(found), _compared(found), *(f"Not made alike: {warning}." for warning in found.warnings))
    return Section("summary", "What stands out", lead, grids=(_standing(found), _groups(found)), notes=(NO_ORDER + little,))


def _compared(found: Comparison) -> str:
    groups = found.tables["groups"]
    held = f"{words.number(groups['words'].sum())} words of {words.counted(int(groups['documents'].sum()), 'paper')}"
    failed = int(groups["pages_failed"].sum())
    read = f"{words.spelled_out(failed, 'page')} of them could not be read" if failed else "every page of them was read"
    said = f"Compared: {wording.noun(found, len(groups))}, by {held} ({found.basis}); {read}."
    return f"{said} Shares are of substantive text; they are recorded attention, never time."


def _standing(found: Comparison) -> Grid:
    rate = words.percent(found.chosen.compare.false_discovery)
    tests = words.counted(len(found.tables["differences"]), "test")
    note = f"{tests} made; of the differences that are called, at most {rate} should be chance (Benjamini and Hochberg)."
    columns = (
        Column("Group", TITLE), Column("Quantity"), Column("Verdict"), Column("Share", SHARE), Column("Theirs", SHARE),
        Column("Points apart", RATE), Column("From", RATE), Column("To", RATE), Column("Adjusted chance (q)"),
    )  # fmt: skip
    rows = []
    for row in wording.standing_out(found):
        quantity = wording.quantity_of(found, row)
        verdict = row["verdict"] if row["versus"] == THE_REST else f"{row['verdict']} than {row['versus']}"
        rows.append((row["group"], wording.named(quantity), verdict, *figures(quantity, row), wording.chance(row["q"])))
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    folded = f"All {words.number(len(rows))} of them" if len(rows) > _FOLD_FROM else ""
    return Grid("standing-out", "Differences that are more than chance", columns, tuple(rows), note, folded=folded, empty=f"None. {note}")


def _groups(found: Comparison) -> Grid:
    columns = (
        Column("Group", TITLE), Column("ODS code"), Column("Organisations", WHOLE), Column("Meetings", WHOLE), Column("Papers", WHOLE),
        Column("Words", WHOLE), Column("Procedural words left out", WHOLE), Column("Pages", WHOLE), Column("Pages not read", WHOLE),
        Column("Text"),
    )  # fmt: skip
    counted = ("organisations", "meetings", "documents", "words", "words_left_out", "pages", "pages_failed")
    rows = tuple(
        (
            row["group"],
            row["ods_code"] or "",
            *(row[name] for name in counted),
            "enough" if row["enough"] else Absent(f"{TOO_LITTLE}: {row['reason']}"),
        )
        for row in records(found.tables["groups"])
    )
    return Grid("groups", "The groups, by name", columns, rows, folded="All groups" if len(rows) > _FOLD_FROM else "")
