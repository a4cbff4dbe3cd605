"""The commands: options in, one call, a sentence out, an exit code.

Heavy libraries load inside the commands, so that `wellled --help` answers in the time that Python and click take. Exit codes: 0 done,
1 failed, 2 usage, 3 done but something could not be read.
"""

import sys

import click

from wellled_nlp import __version__
from wellled_nlp.commands import COMMANDS
from wellled_nlp.errors import WellledError


class _Commands(click.Group):
    """Shows our own errors as a sentence; anything else is a bug and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except WellledError as error:
            click.echo(f"Error: {error.message}", err=True)
            if error.hint:
                click.echo(error.hint, err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Stopped. Nothing half-written was left behind; run the same command to start again.", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="wellled")
def main() -> None:
    """Reads NHS board papers and shows what the board gave its attention to.

    Everything runs on this machine; nothing is sent anywhere.
    """
    for stream in (sys.stdout, sys.stderr):
        # Windows terminals and pipes default to code pages that cannot print a pound sign or a dash.
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="replace")


for command in COMMANDS:
    main.add_command(command)
