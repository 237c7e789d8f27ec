"""Every reason of a refusal has its line in both languages."""

import pytest

from tawatur.fetch.answers import LASTING, TROUBLE, Reason
from tawatur.messages import LANGUAGES, catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_message_and_every_message_a_reason(language: str) -> None:
    said = {key.removeprefix("fetch.") for key in catalogue(language).texts if key.startswith("fetch.")}
    assert said == {reason.value for reason in Reason}


def test_what_never_changes_is_no_trouble_of_the_host() -> None:
    assert not LASTING & TROUBLE
