import os
from pathlib import Path

import pytest

from server.data_folder import DataFolder, NoStore, Record, make_of

VALKEY = make_of("Valkey server v=9.1.2 sha=00000000:0 malloc=libc bits=64")
REDIS = make_of("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc bits=64")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(str(tmp_path))
    made.create()
    return made


def test_a_make_is_read_from_the_program_and_from_our_record_alike() -> None:
    assert make_of(str(VALKEY)) == VALKEY
    assert str(REDIS) == "Redis 7.0.15"


def test_files_go_forward_but_not_back() -> None:
    assert make_of("Valkey 9.1.3").reads(VALKEY)
    assert make_of("Valkey 10.0.0").reads(VALKEY)
    assert not make_of("Valkey 9.1.1").reads(VALKEY)


def test_files_go_from_redis_to_valkey_until_their_ways_parted() -> None:
    assert VALKEY.reads(REDIS)
    assert not VALKEY.reads(make_of("Redis 7.4.0"))
    assert not REDIS.reads(VALKEY)


def test_a_new_folder_has_no_record(folder: DataFolder) -> None:
    assert folder.record() is None


def test_a_record_is_read_as_it_was_written(folder: DataFolder) -> None:
    folder.write(Record(VALKEY, "/run/store.sock"))
    assert folder.record() == Record(VALKEY, "/run/store.sock")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"written_by": "a cat 1.0.0", "socket": ""}'])
def test_a_record_that_is_not_ours_is_refused_in_a_sentence(folder: DataFolder, text: str) -> None:
    (folder.path / "record.json").write_text(text)
    with pytest.raises(NoStore, match="is not one of ours"):
        folder.record()


def test_a_lock_is_held_once(folder: DataFolder) -> None:
    held = folder.lock("program")
    assert held is not None
    assert folder.lock("program") is None
    os.close(held)
    again = folder.lock("program")
    assert again is not None
    os.close(again)


def test_nobody_else_may_look_into_the_folder(folder: DataFolder) -> None:
    assert folder.path.stat().st_mode & 0o777 == 0o700


def test_a_socket_of_a_deep_folder_is_short_and_goes_with_its_folder(tmp_path: Path) -> None:
    deep = DataFolder(str(tmp_path / ("d" * 120)))
    socket = deep.new_socket()
    assert len(socket) < 100
    deep.remove_socket(socket)
    assert not Path(socket).parent.exists()
