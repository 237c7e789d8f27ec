"""Mail: letters in Arabic or English as messages (``message``), and the way to a relay (``smtp``)."""

from __future__ import annotations

from tawatur.mail.message import Mail, Sender, message
from tawatur.mail.smtp import Failure, deliver

__all__ = ["Failure", "Mail", "Sender", "deliver", "message"]
