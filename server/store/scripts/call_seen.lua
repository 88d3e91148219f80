-- Someone has seen a call by phone, once for each link: it is told at the desk, and the same call comes again in a
-- while, to be made if nobody has taken the ticket by then. 0 where the link was used before.
-- KEYS: seen calls due called meta log
-- ARGV: channel route ticket call gravity quiet_ms life_ms link_ms event author_tag keep keep_ms meta_ms lineage
-- include: clock
-- include: number
if not redis.call("SET", seen, 1, "NX", "PX", link_ms) then
  redis.call("SET", seen, 1, "KEEPTTL", "XX") -- copies then confirm what another process wrote
  return 0
end
local quiet = now + quiet_ms
redis.call("HSET", called, "quiet", quiet, "gravity", gravity)
redis.call("PEXPIRE", called, life_ms)
if redis.call("HEXISTS", calls, ticket) == 0 then redis.call("HSET", calls, ticket, call) end
redis.call("ZADD", due, quiet, ticket)
redis.call("PEXPIRE", calls, life_ms)
redis.call("PEXPIRE", due, life_ms)
number(event, author_tag, "", 0)
return 1
