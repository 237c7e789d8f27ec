"""What is learned from what was opened, saved and asked for: how strongly, for how long, and how it is taken back."""

import pytest
from tests.unit.digest.making import DAY, NOW, facet, person, taught, topic

from tawatur.digest.interests import (
    HALF_LIFE,
    MOST_FACETS,
    Act,
    Choice,
    Lesson,
    Stance,
    Subject,
    SubjectKind,
    interests,
    learned,
    rarity,
    without,
)
from tawatur.ids import StoryId

WAFA, OMAR = person("wafa"), person("omar")


def strength(*lessons: Lesson, of: Subject = WAFA) -> float:
    return {one.subject: one.strength for one in learned(lessons, now=NOW)}.get(of, 0.0)


def opened(count: int, *, days: float = 0) -> list[Lesson]:
    return [taught(Act.OPENED, facet(WAFA), story=f"s{number}", days=days) for number in range(count)]


def test_what_is_opened_more_often_weighs_more_and_never_as_much_as_what_is_followed() -> None:
    once, thrice, always = strength(*opened(1)), strength(*opened(3)), strength(*opened(400))
    assert 0.2 < once < thrice < always < 1
    assert thrice == pytest.approx(0.5)


def test_saving_says_more_than_opening_and_asking_more_than_either() -> None:
    by_act = {act: strength(taught(act, facet(WAFA))) for act in Act}
    assert by_act[Act.OPENED] < by_act[Act.SAVED] < by_act[Act.MORE] == -by_act[Act.LESS]


def test_a_lesson_fades_to_half_and_is_forgotten() -> None:
    half = HALF_LIFE / DAY
    fresh, old = strength(*opened(6)), strength(*opened(6, days=half))
    assert fresh == pytest.approx(6 / 9, abs=0.001)
    assert old == pytest.approx(3 / 6, abs=0.001)
    assert learned(opened(6, days=8 * half), now=NOW) == ()


def test_less_of_this_takes_back_what_opening_taught() -> None:
    assert strength(*opened(3), taught(Act.LESS, facet(WAFA))) < 0


def test_what_all_the_news_names_tells_little_of_a_taste() -> None:
    rare, usual = facet(WAFA, stories=2), facet(WAFA, stories=5000)
    assert strength(taught(Act.OPENED, rare)) > 3 * strength(taught(Act.OPENED, usual))
    assert 0 < rarity(facet(topic("sport"), stories=9999)) == rarity(facet(topic("sport")))


def test_outlets_and_words_teach_nothing_for_a_story_has_many() -> None:
    outlet, word = Subject(SubjectKind.OUTLET, "o1"), Subject(SubjectKind.WORD, "w")
    assert taught(Act.SAVED, facet(outlet), facet(word), facet(WAFA)).facets == (facet(WAFA),)


def test_a_lesson_is_about_what_is_most_central() -> None:
    many = [facet(person(f"p{number:02}"), share=number / 40) for number in range(40)]
    kept = taught(Act.OPENED, *many).facets
    assert [one.subject.key for one in kept] == [f"p{39 - number}" for number in range(MOST_FACETS)]


def test_what_was_learned_names_the_lessons_that_it_came_from() -> None:
    old, new = taught(Act.OPENED, facet(WAFA), story="old", days=30), taught(Act.SAVED, facet(WAFA), story="new")
    (found,) = learned([old, new], now=NOW)
    assert [one.story for one in found.lessons] == ["new", "old"]
    assert (found.name, found.asked) == ("Wafa", False)
    assert learned([taught(Act.MORE, facet(WAFA))], now=NOW)[0].asked


def test_without_leave_only_what_was_asked_for_is_learned() -> None:
    lessons = [*opened(5), taught(Act.MORE, facet(OMAR))]
    assert set(interests((), lessons, now=NOW).learned) == {OMAR}
    assert set(interests((), lessons, now=NOW, learn=True).learned) == {OMAR, WAFA}


def test_nothing_is_learned_of_what_is_muted_and_what_is_followed_counts_whole() -> None:
    chosen = [
        Choice(subject=WAFA, name="Wafa", stance=Stance.MUTE, at=NOW),
        Choice(subject=OMAR, name="Omar", stance=Stance.FOLLOW, at=NOW),
    ]
    found = interests(chosen, [*opened(5), taught(Act.LESS, facet(OMAR))], now=NOW, learn=True)
    assert (found.muted, found.followed) == ({WAFA: "Wafa"}, {OMAR: "Omar"})
    assert WAFA not in found.learned
    assert (found.strength(WAFA), found.strength(OMAR)) == (0.0, 1.0)
    assert found
    assert not interests((), now=NOW)


def test_a_lesson_taken_apart_teaches_nothing_of_that_subject_any_more() -> None:
    both = taught(Act.SAVED, facet(WAFA), facet(OMAR))
    rest = without(both, WAFA)
    assert (rest.story, rest.act) == (StoryId("s"), Act.SAVED)
    assert {one.subject for one in learned([rest], now=NOW)} == {OMAR}
