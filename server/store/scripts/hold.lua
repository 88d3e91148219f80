-- Holds a message for a moderator: the same guards as a post, and the same turn is used.
-- KEYS: meta seen seen_before mute ban spared turn rate name held out
-- ARGV: person field digest handle exempt replaces burst each_us seen_ms name_ms hold record errands
-- include: clock
-- include: guards
-- include: remember
-- include: errands
local no, turn_ms = refusal()
if no then return no end
redis.call("HSET", held, hold, record)
remember("H" .. digest)
leave_errands()
return {"held", turn_ms}
