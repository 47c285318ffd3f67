"""What may be done with agencies, their posts and their people: each a function that checks, changes and records."""

from gongkai.agencies.actions.details import correct_name, found, rename, set_leading_group, set_staff, update_details
from gongkai.agencies.actions.office import update_office
from gongkai.agencies.actions.posts import announce_absence, appoint, end_absence, end_post, open_account
from gongkai.agencies.actions.tree import abolish, merge, move, reinstate

__all__ = [
    "abolish",
    "announce_absence",
    "appoint",
    "correct_name",
    "end_absence",
    "end_post",
    "found",
    "merge",
    "move",
    "open_account",
    "reinstate",
    "rename",
    "set_leading_group",
    "set_staff",
    "update_details",
    "update_office",
]
