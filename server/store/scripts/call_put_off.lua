-- A call waits until a moment, or is over where none is given; nothing where another took its place meanwhile.
-- KEYS: calls due
-- ARGV: ticket call at
if redis.call("HGET", calls, ticket) ~= call then return 0 end
if tonumber(at) > 0 then
  redis.call("ZADD", due, at, ticket)
else
  redis.call("HDEL", calls, ticket)
  redis.call("ZREM", due, ticket)
end
return 1
