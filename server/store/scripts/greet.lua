-- Greets a connection: whose sign-in it comes with, what is remembered of them, which sockets they have where those
-- are too many, and where their inbox stands, with what was last told in it. Nothing where the sign-in is not known.
-- KEYS: person session sockets meta log
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
local epoch, seq, floor = standing()
local recent = redis.call("XREVRANGE", log, "+", "-", "COUNT", shown)
return {found[1], found[2], found.rules, found.rest_until, found.rest_urgency, open, epoch, seq, floor, recent}
