"""How highlights look: a fill under dark letters, and lines beneath that say the same to those who see no colour and in grey prints.

Letters in black stand out from every fill by more than 14 to 1, lines from white paper by 3 to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from wellled_nlp.report.drawing import BLUE, GREY, ORANGE, PLUM
from wellled_nlp.report.facets import Asked

THEME_ONLY = "theme only"

Plain = dict[str, object]
# Each line under the text as its distance below in points, and its dashes.
_Strokes = tuple[tuple[float, tuple[float, ...]], ...]
_DASHED, _DOTTED = (4.0, 2.0), (0.8, 1.8)


@dataclass(frozen=True)
class Look:
    """One kind of highlight. meaning: what it is given to; said: its colour and line in words; fill, line: red, green, blue in hex."""

    meaning: str
    said: str
    fill: str
    line: str
    strokes: _Strokes

    @property
    def style(self) -> Plain:
        """As the process that draws it takes it: colours from 0 to 1."""
        return {"fill": _tone(self.fill), "line": _tone(self.line), "strokes": self.strokes}


_BLUE = ("blue, solid line", "#CCE3F7", BLUE, ((0.0, ()),))
_ORANGE = ("orange, dashed line", "#FFE3B8", ORANGE, ((0.0, _DASHED),))
_PLUM = ("plum, double line", "#EDD4EB", PLUM, ((-0.8, ()), (1.0, ())))
_GREY = ("grey, dotted line", "#EBEDF0", GREY, ((0.0, _DOTTED),))
_LANGUAGES = {
    "assurance": Look("Language of assurance", *_BLUE),
    "improvement": Look("Language of improvement", *_ORANGE),
    "both": Look("Language of both", *_PLUM),
    THEME_ONLY: Look("A theme, and neither language", *_GREY),
}
# As many as the well-led framework has themes, with environmental sustainability beside them; none is red or green, which board papers
# keep for ratings.
_PALETTE: tuple[tuple[str, str, str, _Strokes], ...] = (
    _BLUE,
    _ORANGE,
    _PLUM,
    _GREY,
    ("teal, line of dashes and dots", "#CDEEEE", "#1E6E75", ((0.0, (5.0, 1.5, 0.8, 1.5)),)),
    ("brown, solid line over a dashed one", "#EFDFD0", "#6F4A1F", ((-0.8, ()), (1.0, _DASHED))),
    ("violet, two dashed lines", "#DDD6F5", "#4C2C92", ((-0.8, _DASHED), (1.0, _DASHED))),
    ("yellow, two dotted lines", "#FBF3A8", "#7A6A00", ((-0.8, _DOTTED), (1.0, _DOTTED))),
    ("olive, dashed line over a solid one", "#E3EBC8", "#4F5D0A", ((-0.8, _DASHED), (1.0, ()))),
)


def by_language() -> Mapping[str, Look]:
    """A look for each language that is marked, and one for a theme without either."""
    return _LANGUAGES


def by_theme(themes: Asked | None) -> Mapping[str, Look]:
    """A look for each theme; a framework with more than nine begins again, and the notes tell those apart."""
    codes: Sequence[str] = tuple(themes.codes) if themes else ()
    return {code: Look(themes.shown(code), *look) for code, look in zip(codes, cycle(_PALETTE), strict=False) if themes}


def _tone(colour: str) -> tuple[float, ...]:
    return tuple(round(int(colour[at : at + 2], 16) / 255, 3) for at in (1, 3, 5))
