-- Keeps the roster by heartbeat: notes who is on, drops who left or lapsed, and says so where that changed.
-- KEYS: roster said
-- ARGV: channel on off lapse_ms
-- include: clock
for _, member in ipairs(cmsgpack.unpack(on)) do redis.call("ZADD", roster, now + lapse_ms, member) end
for _, member in ipairs(cmsgpack.unpack(off)) do redis.call("ZREM", roster, member) end
redis.call("ZREMRANGEBYSCORE", roster, "-inf", now)
local staff, known = {}, {}
for _, member in ipairs(redis.call("ZRANGE", roster, 0, -1)) do
  local called = string.match(member, "^[^\t]*\t(.*)$")
  if called and not known[called] then
    known[called] = true
    table.insert(staff, called)
  end
end
table.sort(staff)
local names = table.concat(staff, "\t")
if redis.call("GET", said) ~= names then
  redis.call("SET", said, names)
  local event = cmsgpack.pack({type = "on_duty", staff = staff})
  redis.call("PUBLISH", channel, string.rep("\0", 40) .. "\146\207" .. string.rep("\0", 8) .. event)
end
return names
