"""One section a measure: a chart of each quantity that is always drawn or in which groups differ, and the shares of every group."""

from collections.abc import Mapping, Sequence

from wellled_nlp.compare import wording
from wellled_nlp.compare.differences import NONE_SHOWN, TOO_LITTLE
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import charts, words
from wellled_nlp.report.contents import ESTIMATE, RATE, SHARE, TITLE, WHOLE, Column, Estimate, Figure, Grid, Plot, Section, records
from wellled_nlp.report.drawing import BLUE, GREY, ORANGE, PLUM, Drawing

_DRAWN_UP_TO = 15  # groups; more are a funnel plot and a table
_COLUMNS_UP_TO = 5  # groups side by side in a table
_FOLD_FROM = 24  # rows of a table
_SCALED = ("share", "low", "high", "corrected", "label_low", "label_high")
_NOTE = "First range: over {unit}. Second: label error, as measured on other text; the correction is the same for every group."
Rows = Mapping[tuple[str, str], list[wording.Row]]


def sections(found: Comparison) -> list[Section]:
    """The measures in the order of the quantities."""
    shares = records(found.tables["shares"])
    by_key = {q.key: [row for row in shares if (row["measure"], row["code"]) == q.key] for q in found.quantities}
    names = list(dict.fromkeys(quantity.measure for quantity in found.quantities))
    return [_section(found, [q for q in found.quantities if q.measure == name], by_key) for name in names]


def _section(found: Comparison, quantities: Sequence[Quantity], by_key: Rows) -> Section:
    apart = [row for row in wording.standing_out(found) if row["measure"] == quantities[0].measure]
    differ = {row["code"] for row in apart}
    drawn = [q for q in quantities if q.drawn or q.code in differ] if len(found.groups) <= _DRAWN_UP_TO else []
    shown = f"{words.capital(words.spelled_out(len(apart), 'difference'))} {words.verb(len(apart), 'is', 'are')} shown"
    lead = f"{shown}: {_called(found, apart)}." if apart else "No difference is shown."
    grids = [_matrix(found, quantities, by_key)] if len(quantities) > 1 else []
    grids += [_shares(found, q, by_key[q.key]) for q in quantities if q not in drawn]
    figures = tuple(_figure(found, q, by_key[q.key]) for q in drawn)
    return Section(quantities[0].measure, quantities[0].measure_title, (lead,), figures, tuple(grids))


def _called(found: Comparison, apart: Sequence[wording.Row]) -> str:
    """Each quantity with the groups that differ in it."""
    said = []
    for quantity in found.quantities:
        held = [wording.difference(quantity, row) for row in apart if (row["measure"], row["code"]) == quantity.key]
        said += [f"{wording.within(quantity)} ({wording.some(held)})"] if held else []
    return "; ".join(said)


def _figure(found: Comparison, quantity: Quantity, rows: Sequence[wording.Row]) -> Figure:
    units = words.counted(sum(row["units"] for row in rows), found.unit.removesuffix("s"))
    note = f"n = {words.number(sum(row['n'] for row in rows))} {quantity.unit} of {units}, {found.basis}."
    title, key = wording.title(found, quantity, rows), f"Lines: intervals over {found.unit}."
    plot = Plot("bars", (3,), counts=quantity.per != 1)
    grid = _shares(found, quantity, rows)
    return Figure(f"{quantity.measure}-{quantity.code}", title, note, _drawing(quantity, rows), grid, key, plot)


def _drawing(quantity: Quantity, rows: Sequence[wording.Row]) -> Drawing:
    """Points for shares, bars for what is counted in every hundred; the label of a group that differs says so."""
    marks = []
    for row in rows:
        share, low, high = (None if row[name] is None else row[name] * quantity.per for name in ("share", "low", "high"))
        if share is not None:
            label = str(row["group"]) if row["verdict"] == NONE_SHOWN else f"{row['group']} ({row['verdict']})"
            marks.append(charts.Mark(label, share, low, high, _tone(quantity, row["verdict"])))
    if quantity.per == 1:
        return charts.dots(marks, [])
    return charts.bars(marks, [f"{mark.share:.1f}" for mark in marks], f"In {quantity.per} {quantity.unit}", shares=False)


def _tone(quantity: Quantity, verdict: str) -> str:
    """On bars the tones are those that the line of the interval can be seen on."""
    plain, apart = (BLUE, PLUM) if quantity.per == 1 else (GREY, ORANGE)
    return GREY if verdict == TOO_LITTLE else plain if verdict == NONE_SHOWN else apart


def _shares(found: Comparison, quantity: Quantity, rows: Sequence[wording.Row]) -> Grid:
    kind = SHARE if quantity.per == 1 else RATE
    columns = (
        Column("Group", TITLE), Column(words.capital(found.unit), WHOLE), Column(words.capital(quantity.unit), WHOLE),
        Column("Share" if quantity.per == 1 else f"In {quantity.per}", kind), Column("From", kind), Column("To", kind),
        Column("Corrected for label error", kind), Column("Corrected from", kind), Column("Corrected to", kind), Column("Against the rest"),
    )  # fmt: skip
    cells = tuple(
        (row["group"], row["units"], int(row["n"]), *(None if row[k] is None else row[k] * quantity.per for k in _SCALED), row["verdict"])
        for row in rows
    )
    name = f"{quantity.measure}-{quantity.code}"
    folded = "" if quantity.drawn and len(rows) <= _DRAWN_UP_TO else quantity.title
    return Grid(name, wording.named(quantity), columns, cells, _NOTE.format(unit=found.unit), folded=folded)


def _matrix(found: Comparison, quantities: Sequence[Quantity], by_key: Rows) -> Grid:
    """Every group and quantity; the groups are the columns where they are few, for names of quantities are long."""
    cells = [[Estimate(row["share"], row["low"], row["high"]) for row in by_key[q.key]] for q in quantities]
    names, titles = [str(row["group"]) for row in by_key[quantities[0].key]], [q.title for q in quantities]
    corner, heads, firsts = "Quantity", names, titles
    if len(names) > _COLUMNS_UP_TO:
        corner, heads, firsts, cells = "Group", titles, names, [list(column) for column in zip(*cells, strict=True)]
    columns = (Column(corner, TITLE), *(Column(head, ESTIMATE) for head in heads))
    rows = tuple((first, *row) for first, row in zip(firsts, cells, strict=True))
    caption = f"{quantities[0].measure_title}: every group"
    folded = "Every group" if len(rows) > _FOLD_FROM else ""
    return Grid(f"{quantities[0].measure}-all", caption, columns, rows, f"Ranges: over {found.unit}.", folded=folded)
