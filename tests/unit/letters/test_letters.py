"""Newsletters at work, over a store with real stories: what is due is made once, and nothing is told twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from tests.unit.letters.conftest import NOW, SALMA

from tawatur.digest.interests import Choice, Stance, Subject, SubjectKind
from tawatur.letters import Letters
from tawatur.newsletter import About, Channel, Content, Length, Newsletter, NewsletterId, NewsletterKind, Rhythm
from tawatur.reader import LOCAL, Reader
from tawatur.saved import Saved, SavedKind
from tawatur.store import Store
from tawatur.store.reads import Read
from tawatur.store.subscribers import Consent, Subscriber, SubscriberId
from tawatur.stories.naming import NameKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = Newsletter(
    id=NewsletterId("morning"),
    owner=SALMA.id,
    kind=NewsletterKind.MORNING,
    made=NOW - 9 * DAY,
    rhythm=Rhythm(at=time(8), zone="Africa/Cairo"),  # 06:00 by UTC in March
)
WEEKLY = replace(MORNING, id=NewsletterId("weekly"), kind=NewsletterKind.WEEKLY)
SHORT = replace(MORNING, id=NewsletterId("short"), length=Length.SHORT)
PUBLIC = replace(MORNING, id=NewsletterId("public"), owner=None, slug="morning")


def made(letters: Letters, newsletter: Newsletter, now: datetime = NOW) -> Content:
    issue = letters.preview(newsletter, now)
    assert issue is not None
    return issue.content


def of(newsletter: Newsletter, kind: NewsletterKind, about: About | None = None) -> Newsletter:
    return replace(newsletter, id=NewsletterId(kind.value), kind=kind, subject=about)


def test_what_is_due_is_made_with_its_letter_and_the_next_time(letters: Letters, store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    assert letters.make_due(NOW - HOUR) == 0
    assert letters.make_due(NOW) == 1
    found = store.newsletter(MORNING.id)
    assert (found.due, found.slot, found.told, found.issues) == (NOW + DAY, NOW, NOW, 1)
    (head,) = store.issues(MORNING.id, limit=9)
    issue = store.issue(head.id)
    assert (issue.number, issue.slot, issue.made) == (1, NOW, NOW)
    (queued,) = store.waiting_letters()
    assert (queued.letter.kind, queued.letter.email, queued.letter.bulk) == ("issue", SALMA.email, True)
    assert queued.letter.fields["issue"] == issue.id
    assert queued.letter.once == f"{issue.id}:{SALMA.id}"


def test_an_issue_tells_stories_by_sentences_that_stand_in_their_reports(letters: Letters, store: Store) -> None:
    content = made(letters, MORNING)
    assert len(content.stories) >= 3
    for story in content.stories:
        assert 1 <= len(story.sentences) <= 3
        assert story.reasons
        for sentence in story.sentences:
            first = story.sources[sentence.sources[0]]
            assert sentence.text in store.article(first.article).text
            assert len({story.sources[one].outlet for one in sentence.sources}) == len(sentence.sources)
        assert len(story.sources) == len({one.article for one in story.sources})


def test_the_chosen_length_is_kept(letters: Letters) -> None:
    short, medium = made(letters, SHORT), made(letters, MORNING)
    long = made(letters, replace(MORNING, id=NewsletterId("long"), length=Length.LONG))
    assert all(len(one.sentences) == 1 for one in short.stories)
    assert max(len(one.sentences) for one in medium.stories) == 3
    assert max(len(one.sentences) for one in long.stories) > 3
    assert [one.id for one in short.stories] == [one.id for one in long.stories]


def test_what_was_told_is_not_told_again_and_nothing_new_is_no_letter(letters: Letters, store: Store) -> None:
    store.put_newsletter(replace(MORNING, most=3), due=NOW)
    told: set[str] = set()
    for day in range(9):
        letters.make_due(NOW + day * DAY)
    issues = [store.issue(one.id) for one in store.issues(MORNING.id, limit=9)]
    for issue in reversed(issues):
        shown = {one.id for one in issue.content.stories} | {one.id for one in issue.content.headlines}
        assert not shown & told
        told |= shown
    found = store.newsletter(MORNING.id)
    assert found.due == NOW + 9 * DAY
    assert 1 <= found.issues < 9
    assert len(store.waiting_letters()) == found.issues


def test_a_long_pause_leaves_one_letter_for_the_latest_time(letters: Letters, store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW - 5 * DAY)
    late = NOW + 3 * HOUR
    assert letters.make_due(late) == 1
    assert letters.make_due(late) == 0
    (head,) = store.issues(MORNING.id, limit=9)
    assert (head.slot, head.made) == (NOW, late)
    assert store.newsletter(MORNING.id).due == NOW + DAY


def test_two_makers_at_once_make_one_issue(letters: Letters, store: Store) -> None:
    for number in range(6):
        store.put_newsletter(replace(WEEKLY, id=NewsletterId(f"n{number}")), due=NOW)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: letters.make_due(NOW), range(4)))
    assert sum(done) == 6
    assert [len(store.issues(NewsletterId(f"n{number}"), limit=9)) for number in range(6)] == [1] * 6
    assert len(store.waiting_letters()) == 6


def test_a_lease_that_ran_out_makes_no_second_issue(letters: Letters, store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    (slow,) = store.claim_newsletters(now=NOW, lease=HOUR, limit=9)
    letters.make_due(NOW + HOUR)
    assert letters._settle(slow, NOW + HOUR) is None
    assert len(store.waiting_letters()) == len(store.issues(MORNING.id, limit=9)) == 1


def test_one_that_cannot_be_made_stops_no_other(letters: Letters, store: Store) -> None:
    odd = replace(MORNING, id=NewsletterId("odd"), kind=NewsletterKind.NAME, subject=About(kind="nothing", key="x"))
    store.put_newsletter(odd, due=NOW - HOUR)
    store.put_newsletter(MORNING, due=NOW)
    assert letters.make_due(NOW) == 2
    assert store.newsletter(MORNING.id).issues == 1
    assert store.newsletter(odd.id).due == NOW - HOUR
    assert letters.make_due(NOW) == 0


def test_a_preview_keeps_nothing_and_sending_leaves_what_is_due(letters: Letters, store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW + DAY)
    assert letters.preview(replace(MORNING, length=Length.SHORT), NOW)
    assert store.newsletter(MORNING.id).issues == 0
    sent = letters.send(MORNING.id, NOW)
    assert sent
    assert sent.slot is None
    assert store.newsletter(MORNING.id).due == NOW + DAY
    assert letters.send(MORNING.id, NOW) is None or store.newsletter(MORNING.id).issues == 2


def test_less_than_is_wanted_waits_for_the_next_issue(letters: Letters, store: Store) -> None:
    store.put_newsletter(replace(MORNING, least=99), due=NOW)
    letters.make_due(NOW)
    assert store.newsletter(MORNING.id).issues == 0
    store.put_newsletter(MORNING, due=NOW + DAY)
    letters.make_due(NOW + DAY)
    assert store.newsletter(MORNING.id).issues == 1


def test_what_is_muted_or_read_is_not_told(letters: Letters, store: Store) -> None:
    first, second = made(letters, MORNING).stories[:2]
    reports = frozenset(one.article for one in store.standing(first.id))
    store.put_read(SALMA.id, Read(story=first.id, at=NOW, reports=reports))
    names = [one.head for one in store.names_in(second.id) if one.head.kind is NameKind.PLACE]
    outlet = Choice(subject=Subject(SubjectKind.PLACE, names[0].key), name=names[0].name, stance=Stance.MUTE, at=NOW)
    store.put_choice(SALMA.id, outlet)
    content = made(letters, MORNING)
    shown = {one.id for one in content.stories} | {one.id for one in content.headlines}
    assert not shown & {first.id, second.id}


def test_what_is_followed_is_told_with_that_as_the_reason(letters: Letters, store: Store) -> None:
    content = made(letters, replace(MORNING, most=4))
    named = (one.head for story in content.headlines for one in store.names_in(story.id))
    name = next(one for one in named if one.kind in (NameKind.PLACE, NameKind.PERSON, NameKind.ORGANIZATION))
    chosen = Choice(subject=Subject(SubjectKind(name.kind.value), name.key), name="X", stance=Stance.FOLLOW, at=NOW)
    store.put_choice(SALMA.id, chosen)
    reasons = [one for story in made(letters, replace(MORNING, most=4)).stories for one in story.reasons]
    assert any(one.key == "you_follow" and one.subjects[0].name == "X" for one in reasons)


def test_an_outlet_that_is_followed_is_named_in_the_reason(letters: Letters, store: Store) -> None:
    outlet = letters.all_outlets().known[0]
    chosen = Choice(subject=Subject(SubjectKind.OUTLET, outlet.key), name=outlet.key, stance=Stance.FOLLOW, at=NOW)
    store.put_choice(SALMA.id, chosen)
    reasons = [one for story in made(letters, MORNING).stories for one in story.reasons]
    named = {about.name for one in reasons for about in one.subjects if about.kind == "outlet"}
    assert named == {outlet.name}


def test_morning_and_evening_of_one_reader_tell_each_other_nothing_twice(letters: Letters, store: Store) -> None:
    evening = replace(MORNING, id=NewsletterId("evening"), kind=NewsletterKind.EVENING)
    store.put_newsletter(MORNING, due=NOW)
    store.put_newsletter(evening, due=NOW + HOUR)
    letters.make_due(NOW)
    morning = {one.story for one in store.told_by(MORNING.id, since=NOW)}
    issue = letters.preview(evening, NOW + HOUR)
    assert issue is None or not morning & {one.id for one in issue.content.stories}


def test_a_week_is_told_by_what_most_sources_told(letters: Letters) -> None:
    content = made(letters, WEEKLY)
    widest = max(content.stories, key=lambda one: one.independent)
    assert widest in content.stories[:3]
    assert content.timeline == ()
    ids = [one.id for one in content.stories]
    assert len(set(ids)) == len(ids)
    others = {moment.story for one in content.stories for moment in (*one.before, *one.after)}
    assert not others & set(ids)


def test_a_topic_a_name_and_a_search_tell_what_they_are_about(letters: Letters, store: Store) -> None:
    now = NOW + DAY
    topic = made(letters, of(MORNING, NewsletterKind.TOPIC, About(kind="topic", key="sport", name="")), now)
    assert {one.section for one in topic.stories} == {"sport"}
    place = max(store.listed(NameKind.PLACE, limit=200), key=lambda one: (one.stories, one.key))
    name = made(letters, of(MORNING, NewsletterKind.NAME, About(kind="place", key=place.key, name=place.name)), now)
    assert all(any(one.head.key == place.key for one in store.names_in(story.id)) for story in name.stories)
    word = topic.stories[0].title.split()[0]
    search = of(MORNING, NewsletterKind.SEARCH, About(kind="search", key=word))
    assert topic.stories[0].id in {one.id for one in made(letters, search, now).stories}
    gone = of(MORNING, NewsletterKind.NAME, About(kind="person", key="nobody-of-this-name"))
    assert letters.preview(gone, now) is None


def test_what_was_saved_is_told_once_with_the_time_that_it_takes(letters: Letters, store: Store) -> None:
    saved = [
        Saved(reader=SALMA.id, kind=SavedKind.PAGE, of=f"https://a.example/{n}", title=f"P{n}", at=NOW - n * HOUR)
        for n in range(4)
    ]
    for one in saved:
        store.put_saved(replace(one, lead="one " * 300, read=one.title == "P3"), words=())
    shelf = replace(of(MORNING, NewsletterKind.SAVED), most=2)
    store.put_newsletter(shelf, due=NOW)
    content = made(letters, shelf)
    assert [(one.title, one.minutes) for one in content.saved] == [("P0", 2), ("P1", 2)]
    assert content.counts.others == 1
    letters.make_due(NOW)
    assert [one.title for one in made(letters, shelf, NOW + DAY).saved] == ["P2"]
    letters.make_due(NOW + DAY)
    assert letters.preview(shelf, NOW + 2 * DAY) is None


@pytest.mark.parametrize("readers", [3, 1200])
def test_a_public_newsletter_is_made_once_for_all(letters: Letters, store: Store, readers: int) -> None:
    store.put_newsletter(PUBLIC, due=NOW)
    with store.together():
        for number in range(readers):
            store.add_subscriber(
                Subscriber(
                    id=SubscriberId(f"s{number:05}"),
                    newsletter=PUBLIC.id,
                    email=f"{number}@nabd.example",
                    consent=Consent(how="link", at=NOW),
                )
            )
    letters.make_due(NOW)
    waiting = store.waiting_letters()
    assert len({one.letter.email for one in waiting}) == len(waiting) == readers
    assert len({one.letter.fields["issue"] for one in waiting}) == 1
    assert len(store.issues(PUBLIC.id, limit=9)) == 1


def test_whoever_has_no_address_or_wants_no_mail_has_his_issues_on_the_web(letters: Letters, store: Store) -> None:
    store.add_reader(Reader(id=LOCAL, email="", made=NOW))
    store.put_newsletter(replace(MORNING, id=NewsletterId("own"), owner=LOCAL), due=NOW)
    store.put_newsletter(replace(MORNING, channels=frozenset({Channel.PUSH})), due=NOW)
    carried: list[str] = []
    carrying = Letters(store, letters.outlets, (lambda newsletter, issue: carried.append(newsletter.id),))
    carrying.make_due(NOW)
    assert store.waiting_letters() == ()
    assert sorted(carried) == ["morning", "own"]
    assert store.newsletter(NewsletterId("own")).issues == 1


def test_a_carrier_that_fails_takes_the_issue_with_it(letters: Letters, store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)

    def broken(newsletter: Newsletter, issue: object) -> None:
        raise OSError("no")

    Letters(store, letters.outlets, (broken,)).make_due(NOW)
    assert store.issues(MORNING.id, limit=9) == ()
    assert store.waiting_letters() == ()
    assert letters.make_due(NOW + DAY) == 1
    assert store.newsletter(MORNING.id).issues == 1
