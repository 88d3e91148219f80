-- A call could not be made: it is due again after a while that doubles. Where another route has reached someone, it is
-- given up after some tries, else never. The desk is told where the route begins to fail. Says how often it has failed.
-- KEYS: calls due called failing meta log
-- ARGV: channel route ticket call first_ms most_ms tries_most life_ms event author_tag keep keep_ms meta_ms lineage
-- include: clock
-- include: number
local tries = redis.call("HINCRBY", called, "tries:" .. route, 1)
redis.call("PEXPIRE", called, life_ms)
if redis.call("HGET", calls, ticket) == call then
  local was_made = false
  for _, field in ipairs(redis.call("HKEYS", called)) do
    was_made = was_made or string.sub(field, 1, 5) == "sent:"
  end
  if was_made and tries >= tonumber(tries_most) then
    redis.call("HDEL", calls, ticket)
    redis.call("ZREM", due, ticket)
  else
    redis.call("ZADD", due, now + math.min(first_ms * 2 ^ (tries - 1), tonumber(most_ms)), ticket)
    redis.call("PEXPIRE", calls, life_ms)
    redis.call("PEXPIRE", due, life_ms)
  end
end
if redis.call("HSETNX", failing, route, now) == 1 then number(event, author_tag, "", 0) end
return tries
