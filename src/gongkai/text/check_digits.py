"""Checks the last character of the codes that organisations carry."""

from __future__ import annotations

import re

_ORG_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUES = {sign: value for value, sign in enumerate(_CREDIT_SIGNS)}
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def valid_org_code(code: str) -> bool:
    """Whether nine characters without hyphen are an organisation code (GB 11714), its check character right."""
    if not _ORG_CODE.fullmatch(code):
        return False
    total = sum(weight * int(sign, 36) for weight, sign in zip(_ORG_WEIGHTS, code, strict=False))
    return "0X987654321"[total % 11] == code[8]


def valid_credit_code(code: str) -> bool:
    """Whether 18 characters are a unified social credit code (GB 32100), its check character right."""
    if len(code) != 18 or any(sign not in _CREDIT_VALUES for sign in code):
        return False
    total = sum(weight * _CREDIT_VALUES[sign] for weight, sign in zip(_CREDIT_WEIGHTS, code, strict=False))
    return _CREDIT_SIGNS[-total % 31] == code[17]
