-- A call was made: it is over, unless another took its place meanwhile. The desk is told where the route works again.
-- KEYS: calls due called failing meta log
-- ARGV: channel route ticket call back life_ms event author_tag keep keep_ms meta_ms lineage
-- include: clock
-- include: number
redis.call("HSET", called, "sent:" .. route, now, "tries:" .. route, 0)
if back ~= "" then redis.call("HSET", called, "back:" .. route, back) end
redis.call("PEXPIRE", called, life_ms)
if redis.call("HGET", calls, ticket) == call then
  redis.call("HDEL", calls, ticket)
  redis.call("ZREM", due, ticket)
end
if redis.call("HDEL", failing, route) == 1 then number(event, author_tag, "", 0) end
return 1
