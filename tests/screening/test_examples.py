"""What docs/screening-files.md shows is what works."""

import pytest

from server.actions.screening import Pipeline
from server.config import Settings
from server.domain.folding import Span
from server.domain.hooks import Sign
from server.domain.screening import Policy, Runs, Screened, Verdict
from server.files import read
from tests.screening.examples import PAGE, example

POLICY = read("policy.toml", Policy, Settings())


@pytest.mark.parametrize("runs", [Runs.INLINE, Runs.THREAD])
async def test_the_class_of_ones_own_is_a_screener_in_the_loop_and_in_a_thread(runs: Runs) -> None:
    street = example("Holds what names the street").Street
    street.runs = runs
    pipeline = Pipeline(POLICY, [street("street")], Settings(screening_ms=2_000))
    ruling = await pipeline.screen(Screened.of("I live in Elm Street 7, you know"))
    assert (ruling.verdict, ruling.why, ruling.rule) == (Verdict.HOLD, "contact", "street.street")
    assert ruling.spans == (Span(10, 22),)
    assert (await pipeline.screen(Screened.of("I live in the hills"))).verdict is Verdict.ALLOW
    pipeline.close()


async def test_it_is_one_outside_where_it_is_async() -> None:
    within = example("Holds what names the street").Street("street")

    class Outside:
        name, runs = "street", Runs.REMOTE

        async def screen(self, screened: Screened) -> object:
            return within.screen(screened)

    pipeline = Pipeline(POLICY, [Outside()], Settings())  # type: ignore[list-item]
    assert (await pipeline.screen(Screened.of("elm street 7"))).why == "contact"


def test_every_sign_of_a_hook_is_named() -> None:
    page = PAGE.read_text()
    assert not [sign for sign in Sign if f"`{sign.value}`" not in page]
