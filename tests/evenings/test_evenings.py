"""Whatever an evening brings: nobody is left in limbo, overtaken for long, or brought together with the wrong one."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server.actions.terms import terms_of
from server.config import Settings
from server.domain.ages import Band
from tests.evenings.evening import Evening, Turn
from tests.evenings.planted import PLANTED
from tests.evenings.world import LISTENERS, PEERS
from tests.faults.figures import of

EVENINGS = of(25, 2_000)
TRIED = 600  # evenings within which a broken rule must show
AS_SHIPPED = terms_of(Settings())
WHAT = (  # as often as it stands here
    ["meets", "answers"] * 5
    + ["queues", "listens", "accepts", "speaks", "listener_drops", "falters", "ends"] * 2
    + ["drafts", "leaves", "skips", "worries", "slows", "blocks", "tells", "drops", "returns", "kill"]
)
SECONDS = st.one_of(st.integers(1, 10), st.integers(1, 60), st.integers(1, 320))
TURNS = st.lists(
    st.builds(Turn, SECONDS, st.sampled_from(WHAT), st.integers(0, 11), st.integers(0, 719)), min_size=30, max_size=50
)
BANDS = st.lists(
    st.sampled_from([Band.ADULT, Band.ADULT, Band.UNTOLD, Band.MINOR]),
    min_size=PEERS + LISTENERS,
    max_size=PEERS + LISTENERS,
)


@settings(max_examples=EVENINGS, suppress_health_check=list(HealthCheck))
@given(BANDS, TURNS)
def test_what_must_never_be_is_in_no_evening(bands: list[Band], turns: list[Turn]) -> None:
    Evening(bands, AS_SHIPPED).passes(turns)


@pytest.mark.parametrize("broken", PLANTED)
def test_a_broken_rule_shows(broken: str) -> None:
    @settings(
        max_examples=TRIED,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(BANDS, TURNS)
    def pass_by(bands: list[Band], turns: list[Turn]) -> None:
        Evening(bands, AS_SHIPPED, PLANTED[broken]).passes(turns)

    with pytest.raises(AssertionError):
        pass_by()
