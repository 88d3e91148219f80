-- Ends a sign-in, and the one it took the place of; says the role it had, nothing where there was none.
-- KEYS: person session
local before = redis.call("HGET", session, "before")
if before then redis.call("DEL", before) end
if redis.call("DEL", session) == 0 then return false end
return redis.call("HGET", person, "role")
