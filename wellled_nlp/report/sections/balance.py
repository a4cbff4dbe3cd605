"""Balance: the language of assurance against that of improvement, by domain and by theme."""

from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import SHARE, TITLE, WHOLE, Column, Figure, Grid, Section
from wellled_nlp.table import Analysis

PARTS = ("assurance", "both", "improvement", "neither")


def section(analysis: Analysis) -> Section:
    """The balance, with a bar for every domain."""
    frame = analysis.measures["balance"]
    domains = frame[(frame["by"] != "theme") & (frame["sentences"] > 0)]
    grids = (_grid(analysis, "theme", "Balance by theme"),)
    if domains.empty:
        return Section("balance", "Assurance and improvement", ("There is no text to weigh.",), grids=grids)
    rows = [(str(row["title"]), [int(row[part]) / int(row["sentences"]) for part in PARTS]) for _, row in domains.iterrows()]
    drawing = charts.stacks(rows, [part.capitalize() for part in PARTS])
    title = finding(analysis)
    n = int(frame.loc[frame["by"] == "all", "sentences"].sum())
    note = f"n = {words.counted(n, 'sentence')} of all papers. Share of each domain's sentences, in the order of the legend from left to right."
    figure = Figure("balance", title, note, drawing, _grid(analysis, "domain", "Balance by domain"))
    said = "Assurance asks whether care is under control; improvement asks how it gets better. Balance is the aim, not more of either."
    return Section("balance", "Assurance and improvement", (said,), (figure,), grids)


def finding(analysis: Analysis) -> str:
    """What the chart shows, in words."""
    frame = analysis.measures["balance"]
    quality = frame[(frame["by"] == "domain") & frame["code"].isin(headline.group(analysis, "quality")) & (frame["sentences"] > 0)]
    if not int(frame.loc[frame["by"] == "all", "sentences"].sum()):
        return "There is no text to weigh"
    row = quality.iloc[0] if len(quality) == 1 else frame[frame["by"] == "all"].iloc[0]
    where = "On quality" if len(quality) == 1 else "In all papers"
    assurance, improvement = float(row["assurance_share"]), float(row["improvement_share"])
    return f"{where}, {words.percent(assurance)} of sentences speak of assurance and {words.percent(improvement)} of improvement"


def _grid(analysis: Analysis, by: str, caption: str) -> Grid:
    frame = analysis.measures["balance"]
    held = frame[frame["by"].isin(["all", by])]
    columns = (
        Column("Domain" if by == "domain" else "Theme", TITLE), Column("Sentences", WHOLE), *(Column(part.capitalize(), WHOLE) for part in PARTS),
        Column("Assurance share", SHARE), Column("Improvement share", SHARE),
    )  # fmt: skip
    rows = tuple(
        (
            row["title"] if by == "domain" or row["code"] == "all" else f"{row['code']} {row['title']}",
            int(row["sentences"]),
            *(int(row[part]) for part in PARTS),
            None if words.absent(row["assurance_share"]) else float(row["assurance_share"]),
            None if words.absent(row["improvement_share"]) else float(row["improvement_share"]),
        )
        for _, row in held.iterrows()
    )
    return Grid(f"balance-{by}", caption, columns, rows, "“Both” counts in each of the two shares.")
