from server.protocol.people import CARERS, EVERYONE, MODERATORS, STAFF, Role, Voice


def test_a_peer_is_not_staff() -> None:
    assert {Role.PEER} == EVERYONE - STAFF


def test_who_moderates_also_cares_and_is_staff() -> None:
    assert MODERATORS < CARERS < STAFF


def test_every_role_has_a_voice_and_two_voices_are_no_person() -> None:
    assert {voice.value for voice in Voice} - {role.value for role in Role} == {"automatic", "practice"}
