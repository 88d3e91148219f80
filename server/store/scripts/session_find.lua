-- Says whose sign-in this is, keeps both alive, and renews a token that is old; nothing where it is not known.
-- KEYS: person session sessions fresh
-- ARGV: renew age rotate_ms session_ms person_ms grace_ms
-- include: clock
-- include: age
-- include: session
local found = recognise()
if not found then return false end
note_age()
if renew == "0" or not found.is_due then return {found[1], found[2], 0} end
redis.call("HSET", session, "next_at", now)
redis.call("HSET", fresh, "at", now, "before", session)
redis.call("SADD", sessions, fresh)
redis.call("PEXPIRE", fresh, session_ms)
return {found[1], found[2], 1}
