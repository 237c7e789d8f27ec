"""What letters about accounts say: the words of their kind, and where their button leads."""

from __future__ import annotations

from tawatur.mail.message import Mail, isolated
from tawatur.messages import Catalogue, catalogue
from tawatur.store.outbox import Letter

#: The words of a kind: its subject, its paragraphs (parted by an empty line), what its button says, and the small print.
KINDS = ("join", "known", "invited", "reset", "password", "address", "moved", "second", "deleted")


def mail_of(letter: Letter, link: str) -> Mail:
    """Return what a letter says; ``link`` is the address of its button, "" where it has none."""
    messages = catalogue(letter.language)
    product = messages.text("product.name")
    given = {"product": product, "email": isolated(letter.email)}
    given |= {name: isolated(value) for name, value in letter.fields.items()}

    def said(part: str) -> str:
        return _filled(messages, f"mail.{letter.kind}.{part}", given)

    return Mail(
        to=letter.email,
        language=letter.language,
        subject=said("subject"),
        paragraphs=tuple(said("text").split("\n\n")),
        link=link,
        action=said("action") if link else "",
        closing=(said("closing"),),
    )


def _filled(messages: Catalogue, key: str, given: dict[str, str]) -> str:
    return messages.text(key, **given)
