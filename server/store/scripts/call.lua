-- Leaves a call for one route of the pager, once; where the ticket was seen by phone it waits, unless it is graver now.
-- KEYS: calls due called
-- ARGV: route ticket call_id call gravity life_ms
-- include: clock
if redis.call("HGET", called, "asked:" .. route) == call_id then return 0 end
redis.call("HSET", called, "asked:" .. route, call_id, "tries:" .. route, 0)
redis.call("PEXPIRE", called, life_ms)
local quiet, seen = unpack(redis.call("HMGET", called, "quiet", "gravity"))
local at = now
if quiet and tonumber(quiet) > now and tonumber(gravity) <= tonumber(seen) then at = quiet end
redis.call("HSET", calls, ticket, call)
redis.call("ZADD", due, at, ticket)
redis.call("PEXPIRE", calls, life_ms)
redis.call("PEXPIRE", due, life_ms)
return 1
