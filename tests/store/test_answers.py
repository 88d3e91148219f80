"""An absent store is one refusal."""

import pytest
from redis.exceptions import ConnectionError as Away

from server.protocol.refusals import Code, Refused
from server.store.answers import guarded


@pytest.mark.parametrize("fault", [Away(), OSError(), TimeoutError()])
async def test_whatever_went_wrong_below_the_caller_hears_unavailable(fault: Exception) -> None:
    @guarded
    async def fails() -> None:
        raise fault

    with pytest.raises(Refused) as refused:
        await fails()
    assert refused.value.code is Code.UNAVAILABLE


async def test_a_bug_is_not_dressed_as_an_absent_store() -> None:
    @guarded
    async def buggy() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        await buggy()
