"""What is said of a share beside a line: below, near, above, or that there is too little text. Measures and reports judge by this alone."""

BELOW, NEAR, ABOVE, TOO_LITTLE = "below", "near", "above", "too little text"


def verdict(share: float | None, low: float | None, high: float | None, line: float) -> str:
    """Near where the interval reaches over the line (where there is none: where the share is on it); too little text without a share."""
    if share is None:
        return TOO_LITTLE
    low, high = (share, share) if low is None or high is None else (low, high)
    return ABOVE if low > line else BELOW if high < line else NEAR
