"""The command that writes a profile for a planning meeting."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATHS…|SCAN_DIR")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder for the profile and its tables.")
@click.option("--organisation", default="", metavar="NAME", help="Whose papers, where those of several stand together.")
@click.option(
    "--sector",
    default="",
    metavar="SECTOR",
    help="acute, mental-health, community, ambulance, specialist, icb or combined: which prompts are asked.",
)
@click.option("--framework", default="kloe-2017", metavar="ID|FILE", help="The framework that the profile follows (default: kloe-2017).")
@click.option("--report", "formats", multiple=True, metavar="FORMAT", help="docx or html; repeatable (default: both).")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="A wellled.toml with settings of your own, for a scan.")
@click.option("--jobs", default=0, type=click.IntRange(0, 256), metavar="N", help="Documents read side by side, for a scan.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def profile(
    paths: tuple[Path, ...],
    out: Path,
    organisation: str,
    sector: str,
    framework: str,
    formats: tuple[str, ...],
    config: Path | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Write what papers show of each prompt, what they do not, and what to ask.

    PATHS are papers or folders of them, which are scanned first; or SCAN_DIR, the folder of an earlier scan, whose tables are used.
    """
    from wellled_nlp import profile as profiling
    from wellled_nlp.report.profile import FORMATS, contents

    request = profiling.Request(
        paths, out, organisation, sector, framework, formats or FORMATS, config, jobs, not quiet and sys.stderr.isatty()
    )
    found = profiling.write(request)
    click.echo(f"{found.subject}. {contents.state_line(found)}")
    skipped = len(found.analysis.facts["skipped"])
    if skipped:
        click.echo(f"Not read: {skipped} files or pages; the profile lists them.")
    click.echo(f"Profile: {', '.join(str(out / f'profile.{name}') for name in request.formats)}")
    if skipped:
        sys.exit(3)


COMMANDS = (profile,)
