-- Greets a connection: whose sign-in it comes with, what is remembered of them, which sockets they have where those
-- are too many, from whom they are kept apart, and where their inbox stands, with what was last told in it. Nothing where the sign-in is not known.
-- KEYS: person session sessions sockets meta log blocks blocked_by
-- ARGV: socket allowed lapse_ms shown rotate_ms session_ms person_ms grace_ms meta_ms lineage
-- include: clock
-- include: session
-- include: standing
local found = recognise()
if not found then return false end
redis.call("ZADD", sockets, now, socket)
redis.call("PEXPIRE", sockets, lapse_ms)
local open = {}
if redis.call("ZCARD", sockets) > tonumber(allowed) then open = redis.call("ZRANGE", sockets, 0, -1) end
local apart = {}
for place, key in ipairs({blocks, blocked_by}) do
  apart[place] = redis.call("HVALS", key)
  if #apart[place] > 0 then redis.call("PEXPIRE", key, person_ms) end
end
local epoch, seq, floor = standing()
local recent = redis.call("XREVRANGE", log, "+", "-", "COUNT", shown)
return {found[1], found[2], found.rules, found.rest_until, found.rest_urgency, open, apart[1], apart[2], epoch, seq, floor, recent}
