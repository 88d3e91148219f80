-- Counts one use of an allowance; says how long until the next where it is used up.
-- KEYS: count
-- ARGV: allowed window_ms
local used = redis.call("INCR", count)
if used == 1 then redis.call("PEXPIRE", count, window_ms) end
if used > tonumber(allowed) then return redis.call("PTTL", count) end
return 0
