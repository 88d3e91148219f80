from server.domain.policies import STARTED, VERSIONS_KEPT, PolicyBook, Version


def book(*names: str) -> PolicyBook:
    """Each was put in force after the other."""
    found = PolicyBook().started(Version(STARTED, "start", "", since=1))
    for at, name in enumerate(names, start=2):
        found = found.with_proposed(Version(0, name, name))
        found = found.put_in_force(found.proposed, at)
    return found


def names(found: PolicyBook) -> list[str]:
    return [version.name for version in found.versions]


def test_nothing_leads_until_a_version_was_put_in_force() -> None:
    fresh = book()
    assert not fresh.leads
    assert names(fresh.started(Version(0, "another start", "", since=2))) == ["another start"]
    assert not fresh.with_proposed(Version(0, "one", "")).leads
    assert book("one").leads


def test_what_is_proposed_waits_and_changes_nothing() -> None:
    found = book("one").with_proposed(Version(0, "two", ""))
    assert (found.present.name, found.waits and found.waits.name) == ("one", "two")
    assert book("one").waits is None


def test_what_takes_the_place_of_a_proposal_gets_a_number_of_its_own() -> None:
    found = book("one").with_proposed(Version(0, "two", "")).with_proposed(Version(0, "three", ""))
    assert names(found) == ["start", "one", "three"]
    assert found.proposed == 3
    assert names(found.withdrawn()) == ["start", "one"]
    assert found.withdrawn().waits is None


def test_back_is_to_what_was_in_force_before_and_from_there_further_back() -> None:
    found = book("one", "two")
    assert found.before is not None
    back = found.put_in_force(found.before.number, 9)
    assert (back.present.name, back.present.since) == ("one", 9)
    assert back.before is not None
    further = back.put_in_force(back.before.number, 10)
    assert (further.in_force, further.before, further.leads) == (STARTED, None, True)


def test_what_waits_still_waits_when_an_earlier_one_comes_back() -> None:
    found = book("one").with_proposed(Version(0, "two", "")).put_in_force(STARTED, 9)
    assert (found.present.name, found.waits and found.waits.name) == ("start", "two")


def test_only_so_many_are_kept_and_always_the_one_in_force() -> None:
    found = book("one", *(str(place) for place in range(VERSIONS_KEPT + 5))).put_in_force(1, 99)
    assert len(found.with_proposed(Version(0, "new", "")).versions) <= VERSIONS_KEPT + 2
    many = book(*(str(place) for place in range(VERSIONS_KEPT + 5)))
    assert len(many.versions) == VERSIONS_KEPT + 1
    assert many.present.name == str(VERSIONS_KEPT + 4)
