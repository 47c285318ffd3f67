"""Agencies, people and posts as tables: read from CSV and XLSX with a dry run, and written out again."""

from gongkai.agencies.importing.taking_in import Change, Outcome, Problem, check, take_in
from gongkai.agencies.importing.writing import template, to_csv, to_xlsx

__all__ = ["Change", "Outcome", "Problem", "check", "take_in", "template", "to_csv", "to_xlsx"]
