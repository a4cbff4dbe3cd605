"""Makes the pictures of the documentation: scans the sample papers and takes the first screen of the page in a Chromium.

`make images`, or `python docs/make_images.py`. Needs a Chromium on this machine; nothing is sent anywhere.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from wellled_nlp import pipeline

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
WIDTH, HEIGHT = 1280, 880
MOST_BYTES = 300_000


def main() -> None:
    """Writes docs/images/report.png."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"No Chromium on this machine; looked for {', '.join(BROWSERS)}.")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pipeline.scan([ROOT / "corpora" / "samples"], Path(folder) / "report", formats=["html"])
        picture = take(Path(folder) / "report" / "report.html", browser, IMAGES / "report.png")
    size = picture.stat().st_size
    print(f"{picture.relative_to(ROOT)}: {size // 1000} kB")
    if size > MOST_BYTES:
        sys.exit(f"{picture.name} is larger than {MOST_BYTES // 1000} kB: take a smaller part of the page.")


def take(page_file: Path, browser: str, to: Path) -> Path:
    """The first screen of the page as PNG."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
        page = chromium.new_context(offline=True, viewport={"width": WIDTH, "height": HEIGHT}).new_page()
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        page.screenshot(path=str(to))
        chromium.close()
    return to


if __name__ == "__main__":
    main()
