"""Launcher: `python cli.py …` is the same as `wellled …`; the commands are in `wellled_nlp/cli.py`."""

from wellled_nlp.cli import main

if __name__ == "__main__":
    main()
