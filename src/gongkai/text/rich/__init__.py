"""Rich text: cleaning what was pasted, plain text and contents of it, sums in tables, Word files, other channels."""

from gongkai.text.rich.cleaning import clean, place_images
from gongkai.text.rich.model import Cleaned, Note, PastedPicture

__all__ = ["Cleaned", "Note", "PastedPicture", "clean", "place_images"]
