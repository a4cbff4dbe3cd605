"""wellled reads what an NHS board writes down and shows what the board gave its attention to."""

__version__ = "0.1.0"
