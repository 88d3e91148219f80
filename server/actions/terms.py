"""The terms of listening: the operator's times and bounds, as the rules take them."""

from functools import lru_cache

from server.config import Settings
from server.domain.listening import Terms


@lru_cache(4)
def terms_of(settings: Settings) -> Terms:
    """In milliseconds; the settings say why."""
    return Terms(
        offer=settings.offer_ms,
        place=settings.place_ms,
        minute=settings.wait_minute_ms,
        beat=settings.attend_ms,
        lease=settings.attend_lapse_ms,
        nudge=settings.nudge_ms,
        silent=settings.silent_ms,
        checks=(settings.soft_check_ms, settings.second_check_ms, settings.peer_silent_ms),
        again=settings.come_back_ms,
        length=settings.one_length_ms,
        extension=settings.one_extension_ms,
        wrap=settings.wrap_up_ms,
        long_wrap=settings.long_wrap_up_ms,
        shift=settings.shift_ms,
        rest=settings.rest_ms,
        daily=settings.listens_per_day,
        skips=settings.skips_per_hour,
        serious=settings.serious_bonus_ms,
        imminent=settings.imminent_bonus_ms,
        reply=settings.ask_reply_ms,
        consent=settings.consent_ms,
        receive=settings.receive_ms,
        both=settings.both_ms,
        lift=settings.lift_ms,
        second=settings.second_ms,
        pair=settings.pair_per_day,
        gate=settings.training_required,
        training=settings.training_ms,
        watched=settings.watched_first,
    )
