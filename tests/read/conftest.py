"""Fixtures for the tests of reading."""

import dataclasses

import pytest

from wellled_nlp.settings import ReadSettings, load


@pytest.fixture(scope="session")
def settings() -> ReadSettings:
    """The shipped settings, without OCR: the tests of scans switch it on."""
    return dataclasses.replace(load().read, ocr=False)
