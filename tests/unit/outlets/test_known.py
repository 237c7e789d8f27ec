"""The nouns: joining, families' names, look-ups that stay fast however many outlets there are."""

import time

from tawatur.model import Family, Outlet, OutletKey, Outlets


def outlet(key: str, **fields: object) -> Outlet:
    return Outlet(key=OutletKey(key), name=key.upper(), **fields)  # type: ignore[arg-type]


def test_what_is_joined_takes_the_place_of_its_key() -> None:
    known = Outlets((outlet("a", hosts=("a.example",)), outlet("b")), (Family(key="f", name="F"),))
    joined = known.joined([outlet("a", hosts=("a.test",)), outlet("c")], [Family(key="f", name="G")])
    assert [one.key for one in joined.known] == ["a", "b", "c"]
    assert joined.of_url("https://a.example/") is None
    assert joined.of_url("https://www.a.test/") == joined.get("a")
    assert joined.family_name("f") == "G"
    assert joined.family_name("unknown") == "unknown"


def test_an_index_is_made_once() -> None:
    calls = []

    def names(outlets: Outlets) -> frozenset[str]:
        calls.append(outlets)
        return frozenset(one.name for one in outlets.known)

    known = Outlets((outlet("a"),))
    assert known.index(names) is known.index(names)
    assert len(calls) == 1
    assert Outlets((outlet("b"),)).index(names) == {"B"}


def test_looking_up_does_not_slow_down_with_the_number_of_outlets() -> None:
    def cost(count: int) -> float:
        known = Outlets(tuple(outlet(f"o{n}", hosts=(f"o{n}.example",), credits=(f"c{n}",)) for n in range(count)))
        spelled = lambda found: {credit for one in found.known for credit in one.credits}  # noqa: E731
        known.get("o0"), known.of_url("https://o0.example/"), known.index(spelled)
        start = time.perf_counter()
        for _ in range(2000):
            known.get("o1"), known.of_url("https://sub.o1.example/a/b"), "c1" in known.index(spelled)
        return time.perf_counter() - start

    assert min(cost(5000) for _ in range(3)) < 5 * min(cost(50) for _ in range(3))
