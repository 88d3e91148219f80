-- Notes who came and went in a room, and says who is here where that changed.
-- KEYS: here meta
-- ARGV: channel id came went lapse_ms shown
-- include: clock
redis.call("ZREMRANGEBYSCORE", here, "-inf", now)
for _, member in ipairs(cmsgpack.unpack(came)) do redis.call("ZADD", here, now + lapse_ms, member) end
for _, member in ipairs(cmsgpack.unpack(went)) do redis.call("ZREM", here, member) end
redis.call("PEXPIRE", here, lapse_ms)
local peers, staff, known = {}, {}, {}
for _, member in ipairs(redis.call("ZRANGE", here, 0, -1)) do
  local kind, called = string.match(member, "^[^\t]*\t(%a)\t(.*)$")
  if called and not known[kind .. called] then
    known[kind .. called] = true
    table.insert(kind == "s" and staff or peers, called)
  end
end
table.sort(peers)
table.sort(staff)
local people = #peers
if people > tonumber(shown) then
  peers = {}
  people = people - people % 10
end
redis.call("HSET", meta, "people", people)
local event = cmsgpack.pack({type = "here", channel = id, people = people, handles = peers, staff = staff})
redis.call("SPUBLISH", channel, string.rep("\0", 40) .. "\146\207" .. string.rep("\0", 8) .. event)
return people
