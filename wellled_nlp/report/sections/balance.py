"""Balance: the language of assurance against that of improvement, by domain and by theme."""

from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import SHARE, TITLE, WHOLE, Column, Figure, Grid, Plot, Section, records
from wellled_nlp.table import Analysis

PARTS = ("assurance", "both", "improvement", "neither")
_HEADING = "Assurance and improvement"
_KEY = "From left to right in the order of the legend."
_PLOT = Plot("stack", (2, 3, 4, 5))
_SHARES = "Shares are of the sentences that speak of one of the four; a sentence on two counts half for each. None is better than another."
_MEANING = "Assurance asks whether care is under control; improvement asks how it gets better. Balance is the aim, not more of either."


def section(analysis: Analysis) -> Section:
    """The balance, with a bar for every domain."""
    by_theme = _grid(analysis, "theme", "Balance by theme")
    held = [row for row in records(analysis.measures["balance"]) if row["by"] != "theme" and row["sentences"]]
    if not held:
        return Section("balance", _HEADING, ("There is no text to weigh.",), grids=(by_theme,))
    rows = [(row["title"], [row[part] / row["sentences"] for part in PARTS]) for row in held]
    drawing = charts.stacks(rows, [part.capitalize() for part in PARTS])
    n = words.counted(sum(row["sentences"] for row in held if row["by"] == "all"), "sentence")
    note = f"n = {n} of all papers. Share of each domain's sentences."
    figure = Figure("balance", finding(analysis), note, drawing, _grid(analysis, "domain", "Balance by domain"), _KEY, _PLOT)
    return Section("balance", _HEADING, (_MEANING,), (figure, *_quality_system(analysis)), (by_theme,))


def finding(analysis: Analysis) -> str:
    """What the chart shows, in words."""
    rows = [row for row in records(analysis.measures["balance"]) if row["sentences"]]
    quality = [row for row in rows if row["by"] == "domain" and row["code"] in headline.group(analysis, "quality")]
    row = quality[0] if len(quality) == 1 else next(row for row in rows if row["by"] == "all")
    where = "On quality" if len(quality) == 1 else "In all papers"
    assurance, improvement = words.percent(row["assurance_share"]), words.percent(row["improvement_share"])
    return f"{where}, {assurance} of sentences speak of assurance and {improvement} of improvement"


def _quality_system(analysis: Analysis) -> tuple[Figure, ...]:
    """The four parts of the National Quality Board, by domain; none where the papers were not labelled with that framework."""
    held = [row for row in records(analysis.measures["quality_system"]) if row["share_of_named"] is not None]
    parts = list({row["part"]: row["part_title"] for row in held}.items())
    if not held:
        return ()
    groups = list({(row["by"], row["code"]): row["title"] for row in held}.items())
    shares = {(row["by"], row["code"], row["part"]): row for row in held}
    rows = [(by, title, [shares[by, code, part] for part, _ in parts]) for (by, code), title in groups]
    columns = (
        Column("Sentences on", TITLE), Column("In all", WHOLE), *(Column(title, SHARE) for _, title in parts),
        *(Column(f"{title}: sentences", WHOLE) for _, title in parts),
    )  # fmt: skip
    cells = tuple(
        (title, of[0]["of_sentences"], *(one["share_of_named"] for one in of), *(one["sentences"] for one in of)) for _, title, of in rows
    )
    grid = Grid("quality-system", "Planning, control, assurance and improvement", columns, cells, _SHARES)
    drawn = [(title, [one["share_of_named"] for one in of]) for by, title, of in rows if by != "theme"]
    whole = rows[0][2]
    most = max(whole, key=lambda one: one["share_of_named"])
    title = (
        f"Of the four parts of a quality system, {words.uncapital(most['part_title'])} has most: {words.percent(most['share_of_named'])}"
    )
    n = sum(one["amount"] for one in whole)
    note = (
        f"n = {words.counted(round(n), 'sentence')} that speak of one of them, of {words.number(whole[0]['of_sentences'])} of all papers."
    )
    drawing = charts.stacks(drawn, [title for _, title in parts])
    plot = Plot("stack", tuple(range(2, 2 + len(parts))))
    return (Figure("quality-system", title, note, drawing, grid, _KEY, plot),)


def _grid(analysis: Analysis, by: str, caption: str) -> Grid:
    columns = (
        Column(by.capitalize(), TITLE), Column("Sentences", WHOLE), *(Column(part.capitalize(), WHOLE) for part in PARTS),
        Column("Assurance share", SHARE), Column("Improvement share", SHARE),
    )  # fmt: skip
    rows = tuple(
        (
            f"{row['code']} {row['title']}" if row["by"] == "theme" else row["title"],
            row["sentences"],
            *(row[part] for part in PARTS),
            row["assurance_share"],
            row["improvement_share"],
        )
        for row in records(analysis.measures["balance"])
        if row["by"] in ("all", by)
    )
    return Grid(f"balance-{by}", caption, columns, rows, "“Both” counts in each of the two shares.")
