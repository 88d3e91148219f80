"""T41: two hundred orders to a model change little of what is seen here, and a model that obeys lets nothing pass."""

import itertools

import pytest

from server import screeners
from server.actions.screening import Pipeline
from server.config import Settings
from server.domain.hooks import HookFile
from server.domain.screening import Policy, Screened, Verdict
from server.domain.text import clean
from server.evaluate import check
from server.files import read
from server.outside.web import SIGNATURE, signature
from server.screeners.hook import Hook
from tests.outside.conftest import Keeper, cert, other
from tests.outside.others import Answering
from tests.screening.injections import orders, wrapped
from tests.screening.tables import Section

__all__ = ["cert", "other"]

SECRET = "a secret between the two of us"
ALL = list(wrapped())
# What a model that does as it is told would say: nothing seen, and words that are on no list.
OBEDIENT = (b'{"seen":[]}', b'{"verdict":"allow"}', b'{"seen":[{"sign":"harmless"}]}', b'"allow"', b"allow")


@pytest.fixture(scope="module")
def judged() -> Section:
    return orders()


def figure(judged: Section, name: str) -> float:
    return next(row.share.value for row in judged.rows if row.name == name)


def test_there_are_two_hundred() -> None:
    assert len({each.ordered for each in wrapped("good morning all")}) == 200


def test_what_follows_is_the_same_as_in_a_wrapper_that_orders_nothing(judged: Section) -> None:
    assert figure(judged, "judged the same") >= 0.95


def test_hardly_an_order_makes_a_text_pass(judged: Section) -> None:
    """Those that do sound like a manual, and the second reading is then surer of no risk than it should be."""
    assert figure(judged, "passes by an order") <= 0.01


def test_an_order_alone_is_nothing_to_hold() -> None:
    held = [check(each.ordered)["verdict"] == Verdict.HOLD.value for each in wrapped("good morning all")]
    assert sum(held) <= 0.01 * len(held)


@pytest.mark.parametrize("level", ["standard", "open", "strict"])
async def test_a_model_that_obeys_every_order_lets_nothing_pass(other: Keeper, level: str) -> None:
    """Each text goes to it over HTTP; where its answer is none, the text is held as unscreened."""
    answers = itertools.cycle(OBEDIENT)

    def obey(headers: dict[str, str], asked: bytes) -> bytes:
        body = next(answers)
        sign = signature(SECRET.encode(), headers[SIGNATURE.lower()], body).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Length: " + str(len(body)).encode()
        return head + b"\r\nX-Porchlight-Signature: " + sign + b"\r\n\r\n" + body

    settings = Settings()
    policy = read("policy.toml", Policy, settings)
    rules = screeners.build(policy, lambda name, kind: read(name, kind, settings))
    file = HookFile(url=f"http://127.0.0.1:{other(Answering(obey)).port}/look", secret="HOOK_SECRET", deadline_ms=2_000)
    hook = Hook("model", file, SECRET)
    alone, both = Pipeline(policy, rules, settings), Pipeline(policy, (*rules, hook), settings)
    for each in wrapped("write to robin@mail.example"):
        screened = Screened.of(clean(each.ordered, settings), level=level)
        ours, with_it = await alone.screen(screened), await both.screen(screened)
        assert with_it.verdict.weight >= ours.verdict.weight > Verdict.ALLOW.weight
    hook.close()
    both.close()
