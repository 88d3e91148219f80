from server.protocol.refusals import STAY_AWAY, Close, Code, Refused

# Clients in the world know these. Add new ones; never rename or renumber one that is here.
CODES = """
bad_frame already forbidden no_room no_message not_joined limit empty too_long bad_chars bad_handle passphrase rules
blocked muted removed closed slow_mode rate conflict care_first training contact_first attempts_first gone unavailable
overloaded internal
""".split()
CLOSES = {
    "NORMAL": 1000,
    "GOING_AWAY": 1001,
    "PROTOCOL": 1002,
    "BINARY_ONLY": 1003,
    "BAD_TEXT": 1007,
    "SIGNED_OUT": 1008,
    "TOO_BIG": 1009,
    "FAULT": 1011,
    "RESTART": 1012,
    "OVERLOADED": 1013,
    "BAD_FRAME": 4400,
    "NO_SESSION": 4401,
    "BANNED": 4403,
    "NO_HELLO": 4408,
    "REPLACED": 4409,
    "TOO_SLOW": 4410,
    "VERSION": 4412,
    "FLOOD": 4429,
    "STATE_LOST": 4440,
}


def test_no_refusal_was_renamed() -> None:
    assert [code.value for code in Code] == CODES


def test_no_close_code_was_renumbered() -> None:
    assert {close.name: close.value for close in Close} == CLOSES


def test_the_bands_of_the_close_codes_stand() -> None:
    assert {int(close) for close in STAY_AWAY} == {1008, 4400, 4401, 4403, 4409, 4412}


def test_a_refusal_carries_its_code_and_nothing_of_what_was_asked() -> None:
    refused = Refused(Code.SLOW_MODE, retry_ms=4_000)
    assert (str(refused), refused.code, refused.retry_ms, refused.offers) == ("slow_mode", Code.SLOW_MODE, 4_000, ())
