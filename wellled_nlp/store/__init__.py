"""The store: what was read and labelled, kept on disk a part a document, and found again by content and version."""

from wellled_nlp.store.catalogue import Held
from wellled_nlp.store.library import FOLDER, Library
from wellled_nlp.store.parts import DOUBTS, Unreadable
from wellled_nlp.store.sightings import KIND
from wellled_nlp.store.versions import Versions
from wellled_nlp.store.volumes import Laid

__all__ = ["DOUBTS", "FOLDER", "KIND", "Held", "Laid", "Library", "Unreadable", "Versions"]
