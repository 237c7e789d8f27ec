"""Alerts: stories that pass a threshold or answer a saved search are found once, told at a good time, and sent by every channel.

``Alerting`` is the door of a deployment:

    alerting.watching     what readers let be watched
    alerting.hooks        their browsers and webhooks
    alerting.sending(…)   sends what is on its way to them

What they are alerted of is found and told by ``telling.Rounds``; ``carrying.carry`` puts every issue on its way to both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tawatur.alerting.hooks import Hooks
from tawatur.alerting.sending import Sending
from tawatur.alerting.vapid import Vapid
from tawatur.alerting.watching import Watching
from tawatur.alerting.webhook import Signing
from tawatur.fetch.http import Fetcher
from tawatur.store import Store

__all__ = ["Alerting"]


@dataclass(frozen=True)
class Alerting:
    """The alerts of a deployment. ``base`` is where its pages stand, ``contact`` an address of its operator ("mailto:…")."""

    store: Store
    base: str
    contact: str = ""

    @cached_property
    def signing(self) -> Signing:
        """Return what makes the secrets of webhooks."""
        return Signing(self.store)

    @cached_property
    def vapid(self) -> Vapid:
        """Return what says who we are to push services."""
        return Vapid(self.store, self.contact or self.base)

    @cached_property
    def watching(self) -> Watching:
        """Return what readers let be watched."""
        return Watching(self.store)

    @cached_property
    def hooks(self) -> Hooks:
        """Return the browsers and webhooks."""
        return Hooks(self.store, self.signing)

    def sending(self, fetcher: Fetcher) -> Sending:
        """Return what sends issues to browsers and webhooks."""
        return Sending(self.store, fetcher, self.vapid, self.signing, self.base)
