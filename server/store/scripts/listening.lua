-- Changes records of who waits, who listens and what they share, if nobody changed one of them meanwhile.
-- KEYS: records looks apart out
-- ARGV: changes pair pair_ms errands
-- include: clock
-- include: errands
local at, wanted = 1, {}
while at <= #changes do
  local id, expected, record
  id, expected, record, at = struct.unpack(">I4c0I4c0I4c0", changes, at)
  local current = redis.call("HGET", records, id) or ""
  if current ~= expected then
    -- Written again: where copies must confirm, they confirm what the asker is about to read.
    if current ~= "" then redis.call("HSET", records, id, current) end
    return 0
  end
  table.insert(wanted, {id, record})
end
for _, change in ipairs(wanted) do
  if change[2] == "" then
    redis.call("HDEL", records, change[1])
    redis.call("ZREM", looks, change[1])
  else
    redis.call("HSET", records, change[1], change[2])
    redis.call("ZADD", looks, "NX", now, change[1])
  end
end
if pair ~= "" then
  redis.call("ZADD", apart, now, pair)
  redis.call("ZREMRANGEBYSCORE", apart, "-inf", now - pair_ms)
  redis.call("PEXPIRE", apart, pair_ms)
end
leave_errands()
return 1
