-- Lets go of what a quiet channel has kept for its time; `floor` says up to which number nothing is kept. What was
-- deleted since it was last written anew leaves no bytes behind.
-- KEYS: log meta
-- ARGV: keep_ms
-- include: clock
-- include: rewrite
for _, entry in ipairs(redis.call("XRANGE", log, "-", "+", "COUNT", 100)) do
  if tonumber(entry[2][4]) >= now - keep_ms then break end
  redis.call("XDEL", log, entry[1])
  redis.call("HSET", meta, "floor", string.match(entry[1], "^%d+"))
end
if redis.call("EXISTS", log) == 1 then
  local about = redis.call("XINFO", "STREAM", log)
  for place = 1, #about, 2 do
    if about[place] == "max-deleted-entry-id" and about[place + 1] ~= "0-0" then rewrite() end
  end
end
return 1
