"""`python -m wellled_nlp` is the same as `wellled`."""

from wellled_nlp.cli import main

main()
