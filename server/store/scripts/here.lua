-- Notes who came and went in a room, and says who is here where that changed.
-- KEYS: here meta
-- ARGV: channel id came went lapse_ms shown
-- include: clock
-- include: passing
redis.call("ZREMRANGEBYSCORE", here, "-inf", now)
for _, member in ipairs(cmsgpack.unpack(came)) do redis.call("ZADD", here, now + lapse_ms, member) end
for _, member in ipairs(cmsgpack.unpack(went)) do redis.call("ZREM", here, member) end
redis.call("PEXPIRE", here, lapse_ms)
local peers, staff, known = {}, {}, {}
for _, member in ipairs(redis.call("ZRANGE", here, 0, -1)) do
  local kind, tag, called = string.match(member, "^[^\t]*\t(%a)(%x*)\t(.*)$")
  if called and not known[kind .. called] then
    known[kind .. called] = tag
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
local tags = {}
for place, called in ipairs(peers) do tags[place] = string.match(known["p" .. called], ".+") or "-" end
redis.call("HSET", meta, "people", people)
pass({type = "here", channel = id, people = people, handles = peers, staff = staff}, tags)
return people
