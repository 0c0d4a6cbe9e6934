"""The credit code of employers: the same check as for every organisation (``zzdesk.people.credit_code``)."""

from zzdesk.people.credit_code import ALPHABET, KINDS, CreditCode, check_character, parse_credit_code

__all__ = ["ALPHABET", "KINDS", "CreditCode", "check_character", "parse_credit_code"]
