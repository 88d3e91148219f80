-- Says whose sign-in this is, keeps both alive, and renews a token that is old; nothing where it is not known.
-- KEYS: person session fresh
-- ARGV: renew age rotate_ms session_ms person_ms grace_ms
-- include: clock
local at, ends, next_at, before, used, replaced =
  unpack(redis.call("HMGET", session, "at", "ends", "next_at", "before", "used", "replaced"))
local role, name = unpack(redis.call("HMGET", person, "role", "name"))
if not at or not role then return false end
redis.call("HSET", person, "seen", now)
if age ~= "" then redis.call("HSET", person, "age", age) end
redis.call("PEXPIRE", person, person_ms)
-- The old token lives until the new one is used, for the answer that carried it may have been lost on the way;
-- then a little longer, for another tab's request may be under way. `before` is of the same tag.
if before and not used then
  if redis.call("EXISTS", before) == 1 then
    redis.call("HSET", before, "replaced", "1")
    redis.call("PEXPIRE", before, grace_ms)
  end
  redis.call("HSET", session, "used", "1")
end
if ends or replaced then return {role, name, 0} end
redis.call("PEXPIRE", session, session_ms)
local due = now - at >= tonumber(rotate_ms) and now - (tonumber(next_at) or 0) >= tonumber(grace_ms)
if renew == "0" or not due then return {role, name, 0} end
redis.call("HSET", session, "next_at", now)
redis.call("HSET", fresh, "at", now, "before", session)
redis.call("PEXPIRE", fresh, session_ms)
return {role, name, 1}
