"""Letters arrive exactly once however often their sender is killed, but for those that the store names."""

import random
from pathlib import Path

import pytest
from tests.acceptance.letter_kills import run


@pytest.mark.slow
@pytest.mark.parametrize(("letters", "kills", "senders", "connections"), [(300, 4, 1, 1), (500, 5, 2, 3)])
def test_a_killed_sender_loses_nothing_and_sends_nothing_twice_but_what_is_named(
    letters: int, kills: int, senders: int, connections: int, tmp_path: Path
) -> None:
    """Ten thousand letters and thirty kills are the business of ``make bench NAME=letters``."""
    seed = random.randrange(1 << 32)
    found = run(
        tmp_path / "store.sqlite3",
        letters=letters,
        kills=kills,
        connections=connections,
        senders=senders,
        lease=2,
        seed=seed,
    )
    assert found.kills >= kills // 2, f"seed {seed}"
    assert found.missing == [], f"seed {seed}"
    assert found.unnamed == set(), f"seed {seed}"
    assert len(found.doubtful) <= found.kills * connections, f"seed {seed}"
    assert max(found.twice.values(), default=1) <= 1 + found.kills, f"seed {seed}"
    assert found.ids == 1, f"seed {seed}: copies are known for one letter"
