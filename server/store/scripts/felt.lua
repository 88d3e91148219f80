-- Counts how one one-to-one felt. What its listener may see moves on only when a few more have answered.
-- KEYS: given counts
-- ARGV: felt few given_ms counts_ms
local before = redis.call("HGET", given, "felt")
if before == felt then return 0 end
redis.call("HSET", given, "felt", felt)
redis.call("PEXPIRE", given, given_ms)
if before then redis.call("HINCRBY", counts, before, -1) end
redis.call("HINCRBY", counts, felt, 1)
redis.call("PEXPIRE", counts, counts_ms)
local kinds, all = {"yes", "partly", "no"}, 0
local at = redis.call("HMGET", counts, unpack(kinds))
for place = 1, #kinds do all = all + tonumber(at[place] or 0) end
if not before and all % few == 0 then
  for place, kind in ipairs(kinds) do redis.call("HSET", counts, "shown:" .. kind, at[place] or 0) end
end
return 1
