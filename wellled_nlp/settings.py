"""The calibrated numbers: `data/defaults.toml`, overlaid by a project's own `wellled.toml`.

A stage gets only its own section. Every value is declared in a dataclass below, so an unknown key or a wrong type is an error that
names the file, the key and what was expected; the values themselves, with their reasons, stand in the data file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from wellled_nlp.errors import SettingsError

ANNOTATE_BY = ("language", "theme")


@dataclass(frozen=True)
class ReadSettings:
    """Limits and tolerances of reading; units are in the names or in `data/defaults.toml`."""

    file_megabytes: float
    unpacked_megabytes: float
    memory_megabytes: int
    pages: int
    page_characters: int
    page_pieces: int
    document_characters: int
    page_objects: int
    page_points: float
    page_cpu_seconds: float
    document_cpu_seconds: float
    restarts: int
    ocr: bool
    ocr_dpi: int
    ocr_megapixels: float
    ocr_page_seconds: float
    ocr_pages: int
    ocr_languages: str
    ocr_jobs: int
    ocr_cache: str


@dataclass(frozen=True)
class Preset:
    """A published threshold for the share of attention: the denominator and source it was stated for, and the unit nearest to that."""

    share: float
    denominator: str
    unit: str
    source: str
    link: str


@dataclass(frozen=True)
class AttentionSettings:
    """How shares of recorded attention are counted and judged."""

    presets: tuple[Preset, ...]
    lead: float
    lead_unit: str
    quality: tuple[str, ...]
    sustainability: tuple[str, ...]
    left_out: tuple[str, ...]
    doc_types: tuple[str, ...]
    words_minimum: int
    carried_overlap: float
    gap_overlap: float
    signals: str
    resamples: int
    level: float


@dataclass(frozen=True)
class CompareSettings:
    """When two groups are held apart, and when there is too little text to say."""

    meetings_minimum: int
    words_minimum: int
    false_discovery: float
    draws: int
    draws_most: int
    pairwise_groups: int
    funnel_groups: int
    funnel_winsorised: float


@dataclass(frozen=True)
class FrameworkSettings:
    """Which frameworks sentences are labelled with, beside those of the models: ids of shipped ones, or paths of own files."""

    labelled: tuple[str, ...]


@dataclass(frozen=True)
class ReportSettings:
    """How reports show what was measured. annotate_by: what the highlights of annotated copies tell apart, one of ANNOTATE_BY."""

    annotate_by: str


@dataclass(frozen=True)
class Settings:
    """Every section, and for each dotted key the file that its value came from."""

    read: ReadSettings
    attention: AttentionSettings
    compare: CompareSettings
    frameworks: FrameworkSettings
    report: ReportSettings
    origin: dict[str, str]


def load(path: Path | None = None) -> Settings:
    """The defaults, overlaid by the file at `path`. Raises SettingsError naming the file and the key at fault."""
    shipped = resources.files("wellled_nlp") / "data" / "defaults.toml"
    values = tomllib.loads(shipped.read_text(encoding="utf-8"))
    origin = dict.fromkeys(_dotted(values), "default")
    if path is not None:
        own = _parse(path)
        _overlay(values, own, path, "")
        origin |= {key: str(path) for key in _dotted(own)}
    where = str(path) if path is not None else "data/defaults.toml"
    return Settings(
        read=_section(ReadSettings, values["read"], "read", where),
        attention=_section(AttentionSettings, values["attention"], "attention", where),
        compare=_section(CompareSettings, values["compare"], "compare", where),
        frameworks=_beside(_section(FrameworkSettings, values["frameworks"], "frameworks", where), path),
        report=_sound(_section(ReportSettings, values["report"], "report", where), where),
        origin=origin,
    )


def kept(values: Mapping[str, Any], where: Path) -> AttentionSettings:
    """The settings of attention that a scan kept with its figures in the file `where`. Raises SettingsError where they are not whole."""
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in values["attention"].items()}
    found: AttentionSettings = _section(AttentionSettings, plain, "attention", str(where))
    return found


def restored(values: Mapping[str, Any], where: Path) -> Settings:
    """All settings that a scan kept with its figures in the file `where`. Raises SettingsError where they are not whole."""
    read: ReadSettings = _section(ReadSettings, dict(values.get("read", {})), "read", str(where))
    labelled = FrameworkSettings(tuple(values.get("frameworks", {}).get("labelled", ())))
    return replace(load(), read=read, attention=kept(values, where), frameworks=labelled)


def _beside(chosen: FrameworkSettings, path: Path | None) -> FrameworkSettings:
    """A framework's file is named from the folder that the settings file stands in."""
    if path is None:
        return chosen
    own = {name: path.parent / name for name in chosen.labelled}
    return FrameworkSettings(tuple(str(own[name]) if own[name].is_file() else name for name in chosen.labelled))


def _sound(chosen: ReportSettings, where: str) -> ReportSettings:
    if chosen.annotate_by not in ANNOTATE_BY:
        raise SettingsError(
            f"{where}: setting 'report.annotate_by' is {chosen.annotate_by!r}.", f"Write one of {', '.join(map(repr, ANNOTATE_BY))}."
        )
    return chosen


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error.strerror}.", "Check the path given with --config.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {path} is not valid TOML: {error}.", "Mend that line; docs/settings.md has an example."
        ) from error


def _overlay(values: dict[str, Any], own: dict[str, Any], path: Path, prefix: str) -> None:
    for key, value in own.items():
        name = f"{prefix}{key}"
        if key not in values:
            known = ", ".join(sorted(f"{prefix}{k}" for k in values))
            raise SettingsError(f"{path}{_line_of(path, key)}: unknown setting {name!r}.", f"Known here: {known}.")
        if isinstance(values[key], dict):
            if not isinstance(value, dict):
                raise SettingsError(f"{path}{_line_of(path, key)}: {name!r} is a section.", f"Write it as [{name}].")
            _overlay(values[key], value, path, f"{name}.")
        else:
            values[key] = value


def _line_of(path: Path, key: str) -> str:
    """', line N' for the first line that sets `key`, as far as a plain search can tell."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip().lstrip("[").startswith(key):
            return f", line {number}"
    return ""


def _dotted(values: dict[str, Any], prefix: str = "") -> list[str]:
    keys: list[str] = []
    for key, value in values.items():
        keys += _dotted(value, f"{prefix}{key}.") if isinstance(value, dict) else [f"{prefix}{key}"]
    return keys


def _section(kind: type, values: dict[str, Any], name: str, where: str) -> Any:
    hints = get_type_hints(kind)
    for key in values:
        if key not in hints:
            raise SettingsError(f"{where}: unknown setting '{name}.{key}'.", f"Known here: {', '.join(sorted(hints))}.")
    for field in fields(kind):
        if field.name not in values:
            raise SettingsError(f"{where}: setting '{name}.{field.name}' is missing.", "Give it a value.")
    return kind(**{key: _value(hints[key], value, f"{name}.{key}", where) for key, value in values.items()})


def _value(hint: Any, value: Any, name: str, where: str) -> Any:
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if isinstance(value, list):
            return tuple(_section(inner, v, name, where) if isinstance(v, dict) else _value(inner, v, name, where) for v in value)
    elif hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    elif isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    raise SettingsError(f"{where}: setting {name!r} is {value!r}, but should be {getattr(hint, '__name__', hint)}.", "Mend the value.")
