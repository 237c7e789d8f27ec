"""Mail: letters in Arabic or English as messages, signed (``dkim``), on their way to a relay (``smtp``) and back (``bounce``)."""

from __future__ import annotations

from tawatur.mail.dkim import Signer
from tawatur.mail.envelope import Envelope, enveloped
from tawatur.mail.issue import Forms, issue_mail
from tawatur.mail.message import Mail, Sender, composed, message
from tawatur.mail.returns import Returns
from tawatur.mail.smtp import Failure, Line, deliver

__all__ = [
    "Envelope",
    "Failure",
    "Forms",
    "Line",
    "Mail",
    "Returns",
    "Sender",
    "Signer",
    "composed",
    "deliver",
    "enveloped",
    "issue_mail",
    "message",
]
