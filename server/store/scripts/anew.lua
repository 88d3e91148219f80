-- Begins a channel's numbers anew where it has forgotten one that someone has heard: an older copy was put back.
-- KEYS: meta
-- ARGV: epoch seq
-- include: clock
local at = redis.call("HMGET", meta, "epoch", "seq")
if at[1] ~= epoch or tonumber(at[2] or 0) >= tonumber(seq) then return 0 end
redis.call("HSET", meta, "epoch", string.format("%.0f", math.max(now, tonumber(epoch) + 1)))
return 1
