from tests.screening.frames import FILES, framed


def test_every_gap_is_filled_and_the_same_way_each_time() -> None:
    lines = framed(20)
    assert len(lines) > 300
    assert not [line.kind for line in lines if "{" in line.text or "  " in line.text]
    assert lines == framed(20)


def test_nothing_comes_out_twice() -> None:
    lines = framed(20)
    assert len(set(lines)) == len(lines)
    assert FILES
