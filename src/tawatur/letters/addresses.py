"""Where an issue stands on the web: under its id for whoever may see it, and under a secret address for whoever was sent it."""

from __future__ import annotations

import hmac

from tawatur.accounts.signatures import Signer
from tawatur.newsletter import IssueId
from tawatur.store import Store

#: How many hexadecimal digits of a signature stand in an address: 128 bits.
DIGITS = 32


def page_path(store: Store, issue: IssueId) -> str:
    """Return the secret address of an issue's page, without the language: whoever has it may read this issue, and no other."""
    return f"/letter/{issue}/{_proof(store, issue)}"


def is_proved(store: Store, issue: IssueId, proof: str) -> bool:
    """Say whether an address of an issue is the secret one."""
    return hmac.compare_digest(proof.encode(), _proof(store, issue).encode())


def _proof(store: Store, issue: IssueId) -> str:
    return Signer(store).sign("issue", issue)[:DIGITS]
