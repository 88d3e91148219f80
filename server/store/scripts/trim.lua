-- Lets go of what a quiet channel has kept for its time; `floor` says up to which number nothing is kept.
-- KEYS: log meta
-- ARGV: keep_ms
-- include: clock
for _, entry in ipairs(redis.call("XRANGE", log, "-", "+", "COUNT", 100)) do
  if tonumber(entry[2][4]) >= now - keep_ms then break end
  redis.call("XDEL", log, entry[1])
  redis.call("HSET", meta, "floor", string.match(entry[1], "^%d+"))
end
return 1
