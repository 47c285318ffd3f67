"""Rich text: cleaning what was pasted, plain text and contents of it, sums in tables, Word files, other channels."""

from gongkai.text.rich.channels import LIMITS, ForWechat, ForWeibo, Limits, for_wechat, for_weibo, weibo_length
from gongkai.text.rich.cleaning import clean, place_images
from gongkai.text.rich.model import Cleaned, Note, PastedPicture
from gongkai.text.rich.reading import Heading, cut, excerpt, outline, plain, with_ids
from gongkai.text.rich.sums import Computed, SumProblem, compute

__all__ = [
    "LIMITS",
    "Cleaned",
    "Computed",
    "ForWechat",
    "ForWeibo",
    "Heading",
    "Limits",
    "Note",
    "PastedPicture",
    "SumProblem",
    "clean",
    "compute",
    "cut",
    "excerpt",
    "for_wechat",
    "for_weibo",
    "outline",
    "place_images",
    "plain",
    "weibo_length",
    "with_ids",
]
