"""The codes of organisations: the nine-character organisation code and the unified social credit code around it."""

from __future__ import annotations

from gongkai.text.check_digits import valid_credit_code, valid_org_code

__all__ = ["org_code_of_uscc", "valid_org_code", "valid_uscc"]

valid_uscc = valid_credit_code


def org_code_of_uscc(code: str) -> str:
    """The organisation code inside a unified social credit code: its 9th to 17th characters.

    Refuses a code whose own check character is wrong (ValueError).
    """
    if not valid_uscc(code):
        raise ValueError(f"{code!r} is no unified social credit code: its length, a character or its check is wrong")
    return code[8:17]
