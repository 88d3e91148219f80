-- Claims the tickets whose clock has struck, for a moment: who claims one and dies leaves it to the next who asks.
-- Says the time, and each ticket with how long ago it was due.
-- KEYS: due records
-- ARGV: most claim_ms
-- include: clock
local struck = redis.call("ZRANGEBYSCORE", due, "-inf", now, "WITHSCORES", "LIMIT", 0, most)
local claimed = {}
for place = 1, #struck, 2 do
  local id = struck[place]
  if redis.call("HEXISTS", records, id) == 1 then
    redis.call("ZADD", due, now + claim_ms, id)
    table.insert(claimed, {id, now - tonumber(struck[place + 1])})
  else
    redis.call("ZREM", due, id)
  end
end
return {now, claimed}
