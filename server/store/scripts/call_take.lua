-- Takes some of the calls that are due by one route, for as long as a lease: tickets and their calls, by turns.
-- KEYS: calls due
-- ARGV: most lease_ms
-- include: clock
local taken = {}
for _, ticket in ipairs(redis.call("ZRANGE", due, "-inf", now, "BYSCORE", "LIMIT", 0, most)) do
  local call = redis.call("HGET", calls, ticket)
  if call then
    redis.call("ZADD", due, now + lease_ms, ticket)
    table.insert(taken, ticket)
    table.insert(taken, call)
  else
    redis.call("ZREM", due, ticket)
  end
end
return taken
